import Parquet

/// The file `tasks.parquet`: a row a request.
package struct TaskTable: ~Copyable {
  private let settings: OriginalSettings
  private var table: RunTableWriter
  /// Milliseconds since 1970 of the first arrival.
  private let origin: Int64
  private let isForToday: Bool
  private static let rowsPerGroup = 1 << 16

  /// 2026-01-01 00:00 UTC, the origin of 0.5.3.
  static let fixedOrigin: Int64 = 1_767_225_600_000

  /// `start`: when the run began, in milliseconds since 1970; what 0.1.0 takes for every arrival.
  package init(
    _ settings: OriginalSettings, start: Int64,
    to sink: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    self.settings = settings
    isForToday = settings.behaviour.corrects(.files)
    let isFixed = settings.behaviour.release == .v0_5_3 || settings.behaviour.corrects(.arrivals)
    origin = isFixed ? Self.fixedOrigin : start
    table = try RunTableWriter(isForToday ? Self.fieldsToday : Self.fields, to: sink)
  }

  package mutating func append(_ request: ServedRequest) throws {
    if isForToday { appendToday(request) } else { appendFirst(request) }
    if table.pendingRows == Self.rowsPerGroup { try table.endGroup() }
  }

  package mutating func finish() throws { try table.finish() }

  private func submission(_ request: ServedRequest) -> Int64 {
    guard settings.behaviour.corrects(.arrivals) else { return origin }
    return origin + (request.arrival ?? 0) / 1_000_000
  }

  private func duration(_ request: ServedRequest) -> Int64 {
    guard settings.behaviour.corrects(.durations) else {
      return Int64(min(request.total, 0x1p60))
    }
    return Int64(FragmentSplit.milliseconds(request.total))
  }

  private static let fields: [ParquetField] = [
    ParquetField("id", .text), ParquetField("submission_time", .int64),
    ParquetField("duration", .int64), ParquetField("cpu_count", .int32),
    ParquetField("cpu_capacity", .double), ParquetField("mem_capacity", .int64),
    ParquetField("gpu_count", .int32), ParquetField("gpu_capacity", .double),
    ParquetField("gpu_mem_capacity", .int64), ParquetField("model_name", .text),
    ParquetField("gpu_name", .text), ParquetField("total_tokens", .int64),
  ]

  private mutating func appendFirst(_ request: ServedRequest) {
    table.columns[0].append(id: request.index, rows: 1)
    table.columns[1].append(submission(request), rows: 1)
    table.columns[2].append(duration(request), rows: 1)
    table.columns[3].append(Int64(1), rows: 1)
    table.columns[4].append(0.0, rows: 1)
    table.columns[5].append(Int64(0), rows: 1)
    table.columns[6].append(Int64(1), rows: 1)
    table.columns[7].append(settings.gpu.capacity, rows: 1)
    table.columns[8].append(Int64(settings.gpu.memoryGB * 0x1p30), rows: 1)
    table.columns[9].append(same: settings.model.name, rows: 1)
    table.columns[10].append(same: settings.gpu.name, rows: 1)
    table.columns[11].append(Int64(request.tokens), rows: 1)
  }

  private static let fieldsToday: [ParquetField] = [
    ParquetField("id", .int32), ParquetField("submission_time", .timestamp(.milliseconds)),
    ParquetField("duration", .int64), ParquetField("cpu_count", .int32),
    ParquetField("cpu_capacity", .double), ParquetField("mem_capacity", .int64),
    ParquetField("gpu_count", .int32, isOptional: true),
    ParquetField("gpu_capacity", .double, isOptional: true),
    ParquetField("total_tokens", .int64, isOptional: true),
  ]

  private mutating func appendToday(_ request: ServedRequest) {
    table.columns[0].append(Int64(request.index), rows: 1)
    table.columns[1].append(submission(request), rows: 1)
    table.columns[2].append(duration(request), rows: 1)
    table.columns[3].append(Int64(1), rows: 1)
    table.columns[4].append(1000.0, rows: 1)
    table.columns[5].append(Int64(settings.gpu.memoryGB * 1024), rows: 1)
    table.columns[6].append(Int64(1), rows: 1)
    table.columns[7].append(settings.gpu.capacity, rows: 1)
    table.columns[8].append(Int64(request.tokens), rows: 1)
  }
}
