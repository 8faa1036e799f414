import Foundation
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private let rows = """
  request_id,arrival_us,input_tokens,output_tokens,session_id,parent_id,depends_on,think_us,tenant_id,extra
  0,0,8,1,a,,,,t,"{""x"":1}"
  1,,12,2,a,0,,5,t,
  2,1000000,9,3,b,,,,u,
  3,,15,4,b,2,1;2,5,u,
  """

private func changed(
  by transform: any RecordTransform, _ text: String = rows
) throws -> (trace: Collected, header: TraceHeader) {
  let folder = try TemporaryFolder()
  try FileManager.default.createDirectory(
    atPath: folder.path + "/a", withIntermediateDirectories: true)
  _ = try folder.file("a/trace.json", #"{"time":{"origin":"2024-01-01T00:00:00Z"}}"#)
  _ = try folder.file("a/requests.csv", text)
  _ = try TraceImport.run(
    path: folder.path + "/a", options: TraceReadOptions(), applying: transform,
    to: folder.path + "/o")
  let trace = try Collected(path: folder.path + "/o")
  return (trace, trace.reading.header)
}

@Test func `a slice keeps what waits for what it keeps, and forgets the rest`() throws {
  let early = try changed(by: SliceTransform(from: nil, to: 500_000, limit: nil))
  #expect(early.trace.column(.requestID) == [0, 1])
  let late = try changed(by: SliceTransform(from: 500_000, to: nil, limit: nil))
  #expect(late.trace.column(.requestID) == [2, 3])
  #expect(late.trace.records[1].dependsOn == [2])
  #expect(late.header["transforms"]?.array?.first?["rows_before"]?.integer == 4)
  #expect(late.header["rows", "dropped"]?["sliced away"]?.integer == 2)
}

@Test func `arrivals are scaled and thinking is not`() throws {
  let (trace, header) = try changed(by: ScaleTransform(rate: 4))
  #expect(trace.column(.arrival) == [0, nil, 250_000, nil])
  #expect(trace.column(.think) == [nil, 5, nil, 5])
  #expect(header["time", "rescaled"]?.double == 0.25)
}

@Test func `spreading keeps requests within their tick and the seed decides`() throws {
  let text =
    "request_id,arrival_us,input_tokens,output_tokens\n"
    + (0..<50).map { "\($0),3000000,5,6" }.joined(separator: "\n")
  let one = try changed(by: ScaleTransform(rate: 1, spreading: 3_000_000, seed: 1), text).trace
  let two = try changed(by: ScaleTransform(rate: 1, spreading: 3_000_000, seed: 1), text).trace
  let times = one.column(.arrival).compactMap { $0 }
  #expect(times.allSatisfy { (3_000_000..<6_000_000).contains($0) } && Set(times).count > 45)
  #expect(two.column(.arrival) == one.column(.arrival))
}

@Test func `a sample keeps whole sessions`() throws {
  let text = csv(sessions: 200)
  let (trace, header) = try changed(by: SampleTransform(fraction: 0.3, seed: 2), text)
  let sessions = Dictionary(grouping: trace.texts(.sessionID)) { $0 }.values.map(\.count)
  #expect(sessions.allSatisfy { $0 == 3 })
  #expect((40...80).contains(sessions.count), "\(sessions.count)")
  #expect(header["sampling", "fraction"]?.double == 0.3)
}

private func csv(sessions: Int) -> String {
  "request_id,arrival_us,input_tokens,output_tokens,session_id\n"
    + (0..<3 * sessions).map { "\($0),\($0),\(5 + $0 % 3),6,s\($0 / 3)" }.joined(separator: "\n")
}

@Test func `copies of sessions are left out`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file("requests.csv", csv(sessions: 3))
  _ = try folder.file("trace.json", "{}")
  let copies = try SampleTransform.copies(path: source, options: TraceReadOptions())
  #expect(copies == ["s1", "s2"])
}

@Test func `an anonymised trace names nobody and keeps its figures`() throws {
  let (trace, header) = try changed(by: AnonymiseTransform())
  #expect(trace.texts(.sessionID) == ["0", "0", "1", "1"])
  #expect(trace.texts(.tenantID) == ["0", "0", "1", "1"])
  #expect(trace.texts(.extra) == [nil, nil, nil, nil])
  #expect(trace.column(.inputTokens) == [8, 12, 9, 15])
  #expect(header["time", "origin"] == nil)
}

/// One row that says something in every text, and in every number that policies see.
private let talkative: String = {
  let texts = TraceField.allCases.filter { $0.kind == .text }.map { ($0.name, "secret-\($0.name)") }
  let numbers: [TraceField] = [
    .priority, .ttftObjective, .tpotObjective, .endToEndObjective, .deadline, .maxOutputTokens,
  ]
  let all =
    [("request_id", "0"), ("arrival_us", "0"), ("input_tokens", "8"), ("output_tokens", "4")]
    + [("slo_class", "batch")] + texts + numbers.enumerated().map { ($1.name, "\(1000 + $0)") }
  return all.map(\.0).joined(separator: ",") + "\n" + all.map(\.1).joined(separator: ",") + "\n"
}()

@Test func `an anonymised trace says no word but the models'`() throws {
  let record = try #require(changed(by: AnonymiseTransform(), talkative).trace.records.first)
  for field in TraceField.allCases where field.kind == .text {
    let isKept = [.model, .responseModel, .finishReason].contains(field)
    #expect((record[text: field]?.contains("secret") ?? false) == isKept, "\(field.name)")
  }
}

@Test func `what a request says survives every other change`() throws {
  let before = try #require(collect(talkative).records.first)
  for transform: any RecordTransform in [
    SliceTransform(from: nil, to: nil, limit: 1), ScaleTransform(rate: 1),
    SampleTransform(fraction: 1, seed: 1),
  ] {
    let after = try #require(changed(by: transform, talkative).trace.records.first)
    for field in TraceField.allCases {
      #expect(after[text: field] == before[text: field], "\(transform.name): \(field.name)")
      #expect(after[field] == before[field], "\(transform.name): \(field.name)")
    }
  }
}

@Test func `merged traces keep their sessions and blocks apart`() throws {
  let folder = try TemporaryFolder()
  let row =
    #"{"timestamp": 5, "input_length": 600, "output_length": 1, "hash_ids": [1, 2], "session_id": "s"}"#
  let a = try folder.file("a.jsonl", row + "\n")
  let b = try folder.file("b.jsonl", row.replacingOccurrences(of: ": 5", with: ": 2") + "\n")
  _ = try TraceMerge.run(paths: [a, b], options: TraceReadOptions(), to: folder.path + "/m")
  let merged = try Collected(path: folder.path + "/m")
  #expect(merged.column(.arrival) == [2000, 5000])
  #expect(merged.texts(.sessionID) == ["1/s", "0/s"])
  #expect(merged.records.map(\.prefixIDs) == [[4, 5], [1, 2]])
}
