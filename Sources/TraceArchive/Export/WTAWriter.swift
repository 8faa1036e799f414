import Parquet
import TextAndBytes

/// A trace as the Workflow Trace Archive has workloads: each request is a task, each session a
/// workflow (https://wta.atlarge-research.com). -1 is unknown there.
enum WTAWriter {
  static func run(
    path: String, options: TraceReadOptions, to out: String
  ) throws(FileProblems) -> ExportResult {
    let tasks = WTATasks()
    let reading = try TraceReading.read(path: path, options: options, into: tasks)
    do throws(FileProblem) {
      for folder in ["tasks", "workload"] {
        try FileSystem.makeDirectory("\(out)/\(folder)/schema-1.0")
      }
      let columns = tasks.columns
      try write(
        ParquetWriter.file(columns.map(\.field), columns.map(\.column)),
        to: "\(out)/tasks/schema-1.0/part.0.parquet")
      try write(
        Array(information(reading, tasks).document.utf8),
        to: "\(out)/workload/schema-1.0/generic_information.json")
    } catch {
      throw FileProblems(error)
    }
    return ExportResult(reading: reading, lost: TraceExport.lost(tasks.seen, .wta))
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
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
  private var userIDs: [Int64] = []
  private var groupIDs: [Int64] = []
  private var workflowIDs: [Int64] = []
  private var params: [String] = []
  private var rows = RowsByID()

  var count: Int { ids.count }
  var workflows: Int { Set(workflowIDs).count }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {}

  func take(_ record: TraceRecord) throws(FileProblem) {
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
    userIDs.append(record[text: .userID].map { Int64(users.number(of: $0)) } ?? -1)
    groupIDs.append(record[text: .tenantID].map { Int64(tenants.number(of: $0)) } ?? -1)
    workflowIDs.append(record.session.map { Int64(sessions.number(of: $0)) } ?? record.id)
    params.append(Self.params(record))
    rows.append(record.id)
  }

  /// What of a request a task has no field for, or only in milliseconds or as a number.
  private static func params(_ record: TraceRecord) -> String {
    var params = JSON.object([])
    for field in WTAReader.params where record.has(field) {
      switch field.kind {
      case .text, .choice: params[field.name] = record[text: field].map { .string($0) }
      default: params[field.name] = record[field].map { .integer($0) }
      }
    }
    return params.compact
  }

  /// The archive's fields of a task, with the values of all.
  var columns: [(field: ParquetField, column: ParquetColumn)] {
    let unknown = ParquetValues.integers([Int64](repeating: -1, count: count))
    let unknownAmounts = ParquetValues.doubles([Double](repeating: -1, count: count))
    let empty = texts([String](repeating: "", count: count))
    func column(
      _ name: String, _ type: ParquetType, _ values: ParquetValues
    ) -> (field: ParquetField, column: ParquetColumn) {
      (ParquetField(name, type), ParquetColumn(values))
    }
    return [
      column("id", .int64, .integers(ids)),
      column("type", .text, texts([String](repeating: "llm-request", count: count))),
      column("ts_submit", .int64, .integers(submitted)),
      column("submission_site", .int32, unknown),
      column("runtime", .int64, .integers(runtimes)),
      column("resource_type", .text, texts([String](repeating: "token", count: count))),
      column("resource_amount_requested", .double, .doubles(tokens)),
      column("parents", .int64List, .lists(ParquetLists(parents))),
      column("children", .int64List, .lists(ParquetLists(children))),
      column("user_id", .int32, .integers(userIDs)),
      column("group_id", .int32, .integers(groupIDs)),
      column("nfrs", .text, empty),
      column("workflow_id", .int64, .integers(workflowIDs)),
      column("wait_time", .int64, .integers(waits)),
      column("params", .text, texts(params)),
      column("memory_requested", .double, unknownAmounts),
      column("network_io_time", .int64, unknown),
      column("disk_io_time", .int64, unknown),
      column("disk_space_requested", .double, unknownAmounts),
      column("energy_consumption", .int64, unknown),
      column("resource_used", .text, empty),
    ]
  }

  private func texts(_ texts: [String]) -> ParquetValues { .texts(ParquetTexts(texts)) }
}
