/// A trace as the Workflow Trace Archive has workloads: each request is a task, each session a
/// workflow (https://wta.atlarge-research.com). -1 is unknown there.
enum WTAWriter {
  static func run(
    path: String, options: TraceReadOptions, to out: String
  ) throws(TraceProblems) -> ExportResult {
    let tasks = WTATasks()
    let reading = try TraceReading.read(path: path, options: options, into: tasks)
    do throws(TraceProblem) {
      for folder in ["tasks", "workload"] {
        try FileSystem.makeDirectory("\(out)/\(folder)/schema-1.0")
      }
      try write(ParquetWriter.bytes(tasks.columns), to: "\(out)/tasks/schema-1.0/part.0.parquet")
      try write(
        Array(information(reading, tasks).document.utf8),
        to: "\(out)/workload/schema-1.0/generic_information.json")
    } catch {
      throw TraceProblems(error)
    }
    return ExportResult(reading: reading, lost: TraceExport.lost(tasks.seen, .wta))
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(TraceProblem) {
    let file = try StagedFile(path: path)
    try file.append { $0 += bytes }
    try file.commit()
  }

  private static func information(_ reading: TraceReading, _ tasks: WTATasks) -> JSON {
    var json = JSON.object([
      .init("total_workflows", .integer(Int64(tasks.workflows))),
      .init("total_tasks", .integer(Int64(tasks.count))),
      .init("domain", .string("LLM serving")),
    ])
    json["workload_description"] = reading.header["description"] ?? reading.header["name"]
    json["authors"] = reading.header["licence", "attribution"]
    return json
  }
}

/// Collects requests as tasks.
private final class WTATasks: TraceSink {
  private(set) var seen: UInt64 = 0
  private var ids: [Int64] = []
  private var submitted: [Int64] = []
  private var runtimes: [Int64] = []
  private var waits: [Int64] = []
  private var tokens: [Double] = []
  private var parents: [[Int64]] = []
  private var children: [[Int64]] = []
  private var users = Names()
  private var tenants = Names()
  private var sessions = Names()
  private var userIDs: [Int32] = []
  private var groupIDs: [Int32] = []
  private var workflowIDs: [Int64] = []
  private var params: [String] = []
  private var rows = RowsByID()

  var count: Int { ids.count }
  var workflows: Int { Set(workflowIDs).count }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(TraceProblem) {}

  func take(_ record: TraceRecord) throws(TraceProblem) {
    seen |= record.present
    let waited = record.dependsOn.isEmpty ? [record[.parentID]].compactMap { $0 } : record.dependsOn
    for parent in waited { if let row = rows[parent] { children[Int(row)].append(record.id) } }
    parents.append(waited)
    children.append([])
    ids.append(record.id)
    submitted.append(record[.arrival].map { $0 / 1000 } ?? -1)
    runtimes.append(record[.endToEnd].map { $0 / 1000 } ?? -1)
    waits.append(record[.queueing].map { $0 / 1000 } ?? -1)
    tokens.append(Double(record.inputTokens + record.outputTokens))
    userIDs.append(record[text: .userID].map { users.number(of: $0) } ?? -1)
    groupIDs.append(record[text: .tenantID].map { tenants.number(of: $0) } ?? -1)
    workflowIDs.append(record.session.map { Int64(sessions.number(of: $0)) } ?? record.id)
    params.append(
      #"{"input_tokens":\#(record.inputTokens),"output_tokens":\#(record.outputTokens)}"#)
    rows.append(record.id)
  }

  var columns: [ParquetColumn] {
    let unknown = [Int64](repeating: -1, count: count)
    let unknownAmounts = [Double](repeating: -1, count: count)
    let empty = [String](repeating: "", count: count)
    return [
      ParquetColumn("id", .int64(ids)),
      ParquetColumn("type", .text([String](repeating: "llm-request", count: count))),
      ParquetColumn("ts_submit", .int64(submitted)),
      ParquetColumn("submission_site", .int32([Int32](repeating: -1, count: count))),
      ParquetColumn("runtime", .int64(runtimes)),
      ParquetColumn("resource_type", .text([String](repeating: "token", count: count))),
      ParquetColumn("resource_amount_requested", .double(tokens)),
      ParquetColumn("parents", .int64Lists(parents)),
      ParquetColumn("children", .int64Lists(children)),
      ParquetColumn("user_id", .int32(userIDs)),
      ParquetColumn("group_id", .int32(groupIDs)),
      ParquetColumn("nfrs", .text(empty)),
      ParquetColumn("workflow_id", .int64(workflowIDs)),
      ParquetColumn("wait_time", .int64(waits)),
      ParquetColumn("params", .text(params)),
      ParquetColumn("memory_requested", .double(unknownAmounts)),
      ParquetColumn("network_io_time", .int64(unknown)),
      ParquetColumn("disk_io_time", .int64(unknown)),
      ParquetColumn("disk_space_requested", .double(unknownAmounts)),
      ParquetColumn("energy_consumption", .int64(unknown)),
      ParquetColumn("resource_used", .text(empty)),
    ]
  }
}
