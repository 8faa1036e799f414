import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private func findings(
  _ text: String, name: String = "t.csv", beside: [String: String] = [:]
) throws -> [TraceFinding] {
  var files = beside.mapValues { Array($0.utf8) }
  files[name] = Array(text.utf8)
  return try withFiles(files) { directory in
    let isTrace = beside["trace.json"] != nil
    return TraceValidation.run(
      path: isTrace ? directory : "\(directory)/\(name)", options: TraceReadOptions()
    ).findings
  }
}

/// Requests at these times, with lengths that look like users'.
private func trace(_ times: [Double], outputs: [Int]? = nil) -> String {
  var rows: [String] = []
  for (index, time) in times.enumerated() {
    let scatter: Int = index * index * 7919 % 997
    let input: Int = 50 + scatter * (index % 5 + 1)
    let output: Int = outputs?[index] ?? (1 + index * 31 % 401)
    rows.append("\(time),\(input),\(output)")
  }
  return "arrival_s,input_tokens,output_tokens\n" + rows.joined(separator: "\n") + "\n"
}

private let usual: [Double] = (0..<300).map { (index: Int) -> Double in
  let scattered: Int = index * index * 48_611 % 300_007
  return Double(scattered) / 1000
}.sorted()

/// Requests once a minute for 14 hours, then none for 5, then again.
private let gapped: [Double] = (0..<2000).map { (index: Int) -> Double in
  let base = Double(index) * 60
  let pause: Double = index > 1000 ? 20_000 : 0
  return base + pause + Double(index * 7 % 13)
}

private let walled: [Int] = (0..<1000).map { (index: Int) -> Int in min(513, 1 + index * 37 % 560) }

private let counterfeit: String = {
  var text = "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
  for index in 0..<250 {
    let input: Int = 10 + index * 37 % 90
    let output: Int = 10 + index * 53 % 90
    text += "\(index),m,\(input),\(output),\(input + output),x\n"
  }
  return text
}()

private let copied: String = {
  var text = csvHead + ",session_id\n"
  for index in 0..<6 {
    text += "\(index),\(index),\(8 + index % 3 * 9),\(1 + index % 3),\(index / 3)\n"
  }
  return text
}()

@Test func `a sound trace has no finding`() throws {
  #expect(try findings(trace(usual)) == [])
}

private let header =
  #"{"format_version":1,"licence":{"spdx":"MIT"},"hashing":{"kind":"prefix_chain","block_size":4}}"#

private let csvHead = "request_id,arrival_us,input_tokens,output_tokens"

/// One defect each, and the check that has to find it.
private let defects: [(check: String, name: String, text: String, beside: [String: String])] = [
  ("readable", "t.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n", [:]),
  ("readable", "t.csv", "arrival_s,input_tokens,output_tokens\n1,2,3\n4,5", [:]),
  ("readable", "t.csv", "TIMESTAMP,ContextToken,GeneratedTokens\n", [:]),
  (
    "left-out", "t.json",
    """
    {"spans":[{"spanId":"a","start_time":"2026-02-25T10:00:00Z","attributes":{"gen_ai.usage.input_tokens":2,\
    "gen_ai.usage.output_tokens":1}},{"spanId":"b","attributes":{"gen_ai.operation.name":"chat"}}]}
    """, [:]
  ),
  ("requests", "t.json", #"{"spans":[{"spanId":"a","name":"GET /"}]}"#, [:]),
  ("arrivals", "t.csv", "id,input_tokens,output_tokens\n1,2,3\n2,4,5\n", [:]),
  ("fixed-step", "t.csv", trace((0..<300).map { Double($0) * 2 }), [:]),
  ("blank-lines", "t.csv", trace(usual) + "\n\n", [:]),
  (
    "mixed-times", "t.csv",
    "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00.5,1,1\n2024-05-10 00:00:01,1,1\n",
    [:]
  ),
  ("arrival-order", "t.csv", trace([5, 3, 4]), [:]),
  ("clock-ticks", "t.csv", trace((0..<300).map { Double($0 / 10 * 3) }), [:]),
  ("time-unit", "t.csv", trace(usual.map { $0 / 1e6 }), [:]),
  ("time-unit", "t.csv", trace(usual.map { $0 * 1e6 }), [:]),
  ("collection-gaps", "t.csv", trace(gapped), [:]),
  ("empty-prompts", "t.csv", "arrival_s,input_tokens,output_tokens\n1,0,3\n2,1,1\n", [:]),
  ("empty-answers", "t.csv", "arrival_s,input_tokens,output_tokens\n1,2,0\n2,1,1\n", [:]),
  ("clipped", "t.csv", trace((0..<1000).map { Double($0) * 1.7 }, outputs: walled), [:]),
  ("counterfeit", "t.csv", counterfeit, [:]),
  (
    "block-count", "requests.csv", csvHead + ",prefix_ids\n0,0,9,1,1+3\n",
    [
      "trace.json":
        #"{"hashing":{"kind":"prefix_chain","block_size":4,"partial_block":"excluded"}}"#
    ]
  ),
  (
    "prefix-chain", "requests.csv", csvHead + ",prefix_ids\n0,0,8,1,\"[1,2]\"\n1,1,8,1,\"[3,2]\"\n",
    ["trace.json": header]
  ),
  (
    "local-ids", "requests.csv",
    csvHead + ",session_id,prefix_ids\n0,0,8,1,a,\"[1,2]\"\n1,1,8,1,b,\"[3,2]\"\n",
    ["trace.json": header]
  ),
  (
    "turns", "requests.csv", csvHead + ",session_id,turn\n0,0,8,1,a,0\n1,1,9,1,a,2\n",
    ["trace.json": header]
  ),
  (
    "context", "requests.csv", csvHead + ",session_id\n0,0,800,1,a\n1,1,9,1,a\n",
    ["trace.json": header]
  ),
  ("duplicate-sessions", "requests.csv", copied, ["trace.json": header]),
  (
    "part-sums", "requests.csv",
    csvHead + ",segments\n0,0,8,1,\"[{\"\"kind\"\":\"\"a\"\",\"\"id\"\":1,\"\"tokens\"\":9}]\"\n",
    ["trace.json": #"{"licence":{"spdx":"MIT"},"hashing":{"kind":"component"}}"#]
  ),
  (
    "token-totals", "t.csv",
    "Timestamp,Request tokens,Response tokens,Total tokens\n1,5,6,12\n", [:]
  ),
  (
    "token-totals", "requests.csv", csvHead + ",cached_input_tokens\n0,0,8,1,9\n",
    ["trace.json": header]
  ),
  ("licence", "requests.csv", csvHead + "\n0,0,8,1\n", ["trace.json": "{}"]),
  (
    "rows", "requests.csv", csvHead + "\n0,0,8,1\n",
    ["trace.json": #"{"rows":{"read":3,"written":2,"dropped":{"x":1}}}"#]
  ),
  (
    "stats", "requests.csv", csvHead + "\n0,0,8,1\n",
    ["trace.json": #"{"stats":{"input_tokens_sum":9}}"#]
  ),
]

@Test(arguments: defects.indices)
func `each planted defect is found by its check`(index: Int) throws {
  let defect = defects[index]
  let found = try findings(defect.text, name: defect.name, beside: defect.beside)
  #expect(found.contains { $0.check == defect.check }, "\(defect.check): \(found.map(\.check))")
  #expect(found.allSatisfy { !$0.advice.isEmpty })
}

@Test func `every check has a planted defect`() {
  #expect(Set(defects.map(\.check)) == Set(TraceCheck.all.map(\.id)))
}

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct RealDefectTests {
  private func checks(_ name: String) -> Set<String> {
    let path = SharedData.path("traces/\(name)")
    return Set(
      TraceValidation.run(path: path, options: TraceReadOptions()).findings
        .filter { $0.severity > .note }.map(\.check))
  }

  @Test func `the known defects of real traces are found, and no others`() {
    #expect(checks("weka_agentic/originals") == ["duplicate-sessions"])
    #expect(checks("mooncake/conversation_trace.jsonl.gz") == ["clock-ticks"])
    #expect(checks("azure/AzureLLMInferenceTrace_conv.csv.gz") == ["clipped"])
    #expect(checks("vtc_arena/vtc_arena_trace.csv") == ["clipped"])
    #expect(checks("ragpulse/0_trace.jsonl.gz") == ["arrival-order", "collection-gaps"])
    #expect(checks("lengths/etalon_arxiv.csv.gz") == ["arrivals"])
  }
}
