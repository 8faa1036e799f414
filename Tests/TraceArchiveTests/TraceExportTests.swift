import Foundation
import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private func exported(
  _ path: String, as format: ExportFormat, name: String, folder: TemporaryFolder
) throws -> Collected {
  let out = "\(folder.path)/\(name)"
  _ = try TraceExport.run(path: path, options: TraceReadOptions(), as: format, to: out)
  return try Collected(path: out)
}

@Test(arguments: [
  (ExportFormat.mooncake, TraceFormat.mooncake, "t.jsonl"), (.azure, .azure, "t.csv.gz"),
  (.kavier, .kavier, "t.csv"), (.blis, .blis, "t.csv"), (.wta, .wta, "wta"),
])
func `an export reads back what its format can hold`(
  format: ExportFormat, reader: TraceFormat, name: String
) throws {
  let folder = try TemporaryFolder()
  try FileManager.default.createDirectory(
    atPath: folder.path + "/a", withIntermediateDirectories: true)
  _ = try folder.file(
    "a/trace.json",
    #"{"time":{"origin":"2023-11-16T18:15:46.5Z"},"hashing":{"kind":"prefix_chain","block_size":512}}"#
  )
  _ = try folder.file(
    "a/requests.csv",
    """
    request_id,arrival_us,input_tokens,output_tokens,session_id,turn,think_us,tenant_id,priority,streaming,image_count,prefix_ids,ttft_us,e2e_us,slo_class,model
    0,0,513,1,a,0,,t,2,1,0,1+2,5,9,batch,"m,1"
    1,1500001,12,7,b,0,2000,u,,0,3,4,,,,
    """)
  let before = try Collected(path: folder.path + "/a")
  let after = try exported(folder.path + "/a", as: format, name: name, folder: folder)
  #expect(after.reading.format == reader)
  let gone = TraceField.allCases.filter { !format.fields.contains($0) } + [.extra, .requestID]
  #expect(
    after.records.map { facts($0, without: gone) }
      == before.records.map { facts($0, without: gone) })
}

@Test func `what requests wait for reads back from the Workflow Trace Archive`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file(
    "t.jsonl",
    #"{"session_id": "s", "arrival_time_ns": 2000000, "sub_requests": [{"input_toks": 4, "output_toks": 1}, {"input_toks": 9, "output_toks": 1}]}"#
      + "\n")
  let after = try exported(source, as: .wta, name: "w", folder: folder)
  #expect(after.records.map(\.dependsOn) == [[], [0]] && after.texts(.sessionID) == ["s", "s"])
  #expect(after.column(.arrival) == [2000, nil])
}

@Test func `a task without token counts is told`() throws {
  let found = try complaints("id,ts_submit,workflow_id,params\n1,5,2,{}\n")
  #expect(
    found == [
      "t.csv:2: params: found \"{}\"; expected is JSON with input_tokens and output_tokens"
    ])
}

@Test func `a request that waits cannot be written where everything has a time`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file("t.csv", "input_tokens,output_tokens\n5,6\n")
  let problem = #expect(throws: FileProblems.self) {
    try TraceExport.run(
      path: source, options: TraceReadOptions(), as: .azure, to: folder.path + "/o.csv")
  }
  #expect(problem?.description.contains("without arrival") == true)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["t.csv"])
}

/// pyarrow, where this machine has it, reads what is written.
@Test(.enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
func `another reader of Parquet finds the tasks of the Workflow Trace Archive`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file(
    "t.jsonl",
    #"{"session_id": "s", "arrival_time_ns": 2000000, "sub_requests": [{"input_toks": 4, "output_toks": 1}, {"input_toks": 9, "output_toks": 1}]}"#
      + "\n")
  _ = try TraceExport.run(
    path: source, options: TraceReadOptions(), as: .wta, to: folder.path + "/w")
  let printed = try Python.run(
    """
    import pyarrow.parquet as p
    t = p.read_table("\(folder.path)/w/tasks/schema-1.0/part.0.parquet").to_pydict()
    print(t["id"], t["ts_submit"], t["parents"], t["children"], t["type"], t["workflow_id"], t["resource_amount_requested"])
    """)
  #expect(
    printed
      == "[0, 1] [2, -1] [[], [0]] [[1], []] ['llm-request', 'llm-request'] [0, 0] [5.0, 10.0]\n")
}
