import Foundation
import ServingTestSupport
import Testing

@testable import TraceArchive

private func exported(
  _ path: String, as format: ExportFormat, name: String, folder: TemporaryFolder
) throws -> Collected {
  let out = "\(folder.path)/\(name)"
  _ = try TraceExport.run(path: path, options: TraceReadOptions(), as: format, to: out)
  return try Collected(path: out)
}

@Test(arguments: [
  (ExportFormat.mooncake, TraceFormat.mooncake, "t.jsonl"), (.azure, .azure, "t.csv.gz"),
  (.kavier, .kavier, "t.csv"), (.blis, .blis, "t.csv"),
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

@Test func `a request that waits cannot be written where everything has a time`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file("t.csv", "input_tokens,output_tokens\n5,6\n")
  let problem = #expect(throws: TraceProblems.self) {
    try TraceExport.run(
      path: source, options: TraceReadOptions(), as: .azure, to: folder.path + "/o.csv")
  }
  #expect(problem?.description.contains("without arrival") == true)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["t.csv"])
}

@Test func `a Parquet file has its two marks and the length of its footer`() {
  let bytes = ParquetWriter.bytes([
    ParquetColumn("a", .int64([1, 2])), ParquetColumn("b", .text(["x", "yy"])),
    ParquetColumn("c", .int64Lists([[], [3, 4]])),
  ])
  #expect(bytes.starts(with: Array("PAR1".utf8)) && bytes.suffix(4).elementsEqual("PAR1".utf8))
  let length = bytes.suffix(8).prefix(4).enumerated().reduce(0) { $0 + Int($1.1) << (8 * $1.0) }
  #expect(length > 50 && length < bytes.count - 12)
}

/// pyarrow, where this machine has it, reads what is written.
@Test(.enabled(if: Python.has("pyarrow"), "python3 has no pyarrow here"))
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

/// The machine's python3, as a second opinion.
enum Python {
  static func has(_ module: String) -> Bool { (try? run("import \(module)")) != nil }

  struct Failure: Error { var text: String }

  static func run(_ program: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    guard process.terminationStatus == 0 else { throw Failure(text: text) }
    return text
  }
}
