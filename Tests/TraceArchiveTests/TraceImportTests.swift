import Foundation
import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private let rows = """
  request_id,arrival_us,input_tokens,output_tokens,session_id,turn,parent_id,depends_on,link,agent_id,think_us,trigger,model,streaming,prefix_ids,status,ttft_us,extra
  0,5,8,1,"s,1",0,,,root,,,user,m,1,1+2,ok,9,"{""a"":[1,2]}"
  3,,12,0,"s,1",1,0,,turn,,4,tool,,0,=2|5+1,failed,,
  4,,4,2,"s,1",0,,0;3,spawn,x,0,,,,"[7]",,,
  """

@Test(arguments: LLMTraceWriter.Encoding.allCases)
func `what is written reads back the same`(encoding: LLMTraceWriter.Encoding) throws {
  let folder = try TemporaryFolder()
  let header =
    #"{"hashing": {"kind": "prefix_chain", "block_size": 4, "scope": "session", "partial_block": "excluded"}, "of_mine": [1.50]}"#
  try FileManager.default.createDirectory(
    atPath: folder.path + "/a", withIntermediateDirectories: true)
  _ = try folder.file("a/trace.json", header)
  _ = try folder.file("a/requests.csv", rows)
  _ = try folder.file("a/sessions.csv", "session_id,turns,models\n\"s,1\",3,\"[\"\"m\"\"]\"\n")
  _ = try folder.file(
    "a/tokens.jsonl", #"{"request_id":3,"input_ids":[1,2],"output_ids":[]}"# + "\n")
  _ = try folder.file(
    "a/events.jsonl", #"{"request_id":3,"kind":"tool","at_us":7,"name":"n","is_error":true}"# + "\n"
  )
  let reading = try TraceImport.run(
    path: folder.path + "/a", options: TraceReadOptions(), to: folder.path + "/b",
    encoding: encoding)
  #expect(reading.rowsWritten == 3)
  let before = try Collected(path: folder.path + "/a")
  let after = try Collected(path: folder.path + "/b")
  #expect(after.records.map { facts($0) } == before.records.map { facts($0) })
  #expect(after.sessions == before.sessions)
  #expect(after.reading.header["of_mine"]?.compact == "[1.50]")
  #expect(after.reading.header["rows", "written"]?.integer == 3)
}

@Test func `nanoseconds that microseconds cannot hold are kept beside them`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file(
    "t.jsonl", #"{"input_toks":3,"output_toks":2,"arrival_time_ns":46926808}"# + "\n")
  _ = try TraceImport.run(path: source, options: TraceReadOptions(), to: folder.path + "/o")
  let trace = try Collected(path: folder.path + "/o")
  #expect(trace.column(.arrival) == [46926])
  #expect(trace.texts(.extra) == [#"{"arrival_ns":808}"#])
}

@Test func `a trace that is there is replaced only when that is said`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file("t.csv", "arrival_s,input_tokens,output_tokens\n1,2,3\n")
  let out = folder.path + "/o"
  _ = try TraceImport.run(path: source, options: TraceReadOptions(), to: out)
  #expect(throws: FileProblems.self) {
    try TraceImport.run(path: source, options: TraceReadOptions(), to: out)
  }
  _ = try TraceImport.run(path: source, options: TraceReadOptions(), to: out, replaces: true)
  // Whatever is no trace is never replaced.
  #expect(throws: FileProblems.self) {
    try TraceImport.run(
      path: source, options: TraceReadOptions(), to: folder.path, replaces: true)
  }
  let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  #expect(names == ["o", "t.csv"], "nothing half-done is left")
}

@Test func `an import that fails leaves nothing`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file("t.csv", "arrival_s,input_tokens,output_tokens\n1,2,3\nx,2,3\n")
  #expect(throws: FileProblems.self) {
    try TraceImport.run(path: source, options: TraceReadOptions(), to: folder.path + "/o")
  }
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["t.csv"])
}

@Test func `rows are sorted when that is asked for, those that wait behind what they wait for`()
  throws
{
  let folder = try TemporaryFolder()
  let source = try folder.file(
    "t.csv", "arrival_s,input_tokens,output_tokens\n5,1,1\n3,2,1\n4,3,1\n")
  let plain = try TraceImport.run(
    path: source, options: TraceReadOptions(), to: folder.path + "/p")
  #expect(plain.disordered == 2)
  _ = try TraceImport.run(
    path: source, options: TraceReadOptions(sort: true), to: folder.path + "/s")
  let sorted = try Collected(path: folder.path + "/s")
  #expect(sorted.column(.inputTokens) == [2, 3, 1])
  #expect(sorted.column(.requestID) == [1, 2, 0])
}

@Test func `a full disk is said to be one`() throws {
  let sink = try FileWriter(path: "/dev/full")
  let problem = #expect(throws: FileProblem.self) {
    try sink.append(String(repeating: "x", count: 1 << 20))
    try sink.finish()
  }
  #expect(problem?.output == .write)
  #expect(problem?.message.contains("No space left") == true)
}

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct RealImportTests {
  static let files: [(name: String, format: TraceFormat, rows: Int)] = [
    ("azure/AzureLLMInferenceTrace_conv.csv.gz", .azure, 19_366),
    ("burstgpt/burstgpt3_first91_transcribed.csv", .csv, 91),
    ("kavier/input_example.csv", .kavier, 6),
    ("lengths/etalon_arxiv.csv.gz", .lengths, 28_257),
    ("llmservingsim/example_trace.jsonl", .llmServingSim, 10),
    ("llmservingsim/sharegpt-llama-3.1-8b-300-sps10.jsonl.gz", .llmServingSim, 300),
    ("llmservingsim/workload_me2_01_mixed.jsonl", .llmServingSim, 608),
    ("lmcache_agent/lmcache_agent_hashed.jsonl.gz", .lmCache, 1619),
    ("mooncake/conversation_trace.jsonl.gz", .mooncake, 12_031),
    ("ragpulse/0_trace.jsonl.gz", .ragPulse, 7106),
    ("tracelab/round_trace.jsonl", .traceLab, 19),
    ("tracelab/replay_multi_session_large.csv", .traceLabReplay, 303),
    ("vtc_arena/vtc_arena_trace.csv", .vtc, 1500),
    ("otel_examples/code_review_workflow.json", .openTelemetry, 15),
    ("otel_examples/fan_in_dependencies.json", .openTelemetry, 4),
    ("weka_agentic/originals", .weka, 208),
  ]

  @Test(arguments: files)
  func `a real file is imported whole and reads back the same`(
    name: String, format: TraceFormat, rows: Int
  ) throws {
    let folder = try TemporaryFolder()
    let source = SharedData.path("traces/\(name)")
    let reading = try TraceImport.run(
      path: source, options: TraceReadOptions(), to: folder.path + "/o")
    #expect(reading.format == format && reading.rowsWritten == rows)
    #expect(reading.rowsRead == reading.rowsWritten + reading.dropped.values.reduce(0, +))
    let before = try Collected(path: source)
    let after = try Collected(path: folder.path + "/o")
    // What is beyond microseconds moves to extra.
    let all = zip(before.records.prefix(300), after.records).allSatisfy { a, b in
      a.arrivalNanoseconds > 0 || facts(a) == facts(b)
    }
    #expect(all && after.records.count == rows)
  }
}
