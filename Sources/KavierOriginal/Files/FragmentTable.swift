import Parquet

/// The file `fragments.parquet`: a row a snapshot of a request. A request is a handful of runs of
/// equal rows, whatever the export rate.
package struct FragmentTable: ~Copyable {
  private let settings: OriginalSettings
  private let split: FragmentSplit
  private let isForToday: Bool
  private var table: RunTableWriter
  private let edgeUse: Double
  private let middleUse: Double
  private(set) package var rows = 0
  /// More fragments than any file system holds, and hours of writing.
  private static let mostRows = 100_000_000_000
  /// Row groups as pandas and Arrow write them by default.
  private static let rowsPerGroup = 1 << 20

  package init(
    _ settings: OriginalSettings, to sink: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    self.settings = settings
    split = FragmentSplit(settings)
    isForToday = settings.behaviour.corrects(.files)
    edgeUse = Self.use(GPUUse.edge, settings)
    middleUse = Self.use(GPUUse.middle, settings)
    table = try RunTableWriter(
      isForToday ? Self.fieldsToday : Self.fields,
      arrowSchema: isForToday ? Self.arrowSchema : nil, to: sink)
  }

  /// In the order of each release's products.
  private static func use(_ share: Double, _ settings: OriginalSettings) -> Double {
    let gpu = settings.gpu
    return settings.behaviour.release == .v0_1_0
      ? share * Double(gpu.megahertz) * Double(gpu.cores) : share * gpu.capacity
  }

  package mutating func append(_ request: ServedRequest) throws {
    let parts = split.parts(request.total)
    let use = split.use(request.total, snapshots: parts.count)
    guard parts.count <= Self.mostRows - rows else {
      throw OriginalProblems([
        """
        --export_rate: a fragment each \(settings.exportRate) s makes more than \(Self.mostRows) of \
        them up to request \(request.index); a larger one makes fewer
        """
      ])
    }
    rows += parts.count
    var at = 0
    while at < parts.count {
      let end = min(parts.count, at + Self.rowsPerGroup - table.pendingRows)
      append(request, at..<end, parts, use)
      at = end
      if table.pendingRows == Self.rowsPerGroup { try table.endGroup() }
    }
  }

  package mutating func finish() throws { try table.finish() }

  private mutating func append(
    _ request: ServedRequest, _ part: Range<Int>, _ parts: FragmentSplit.Parts, _ use: GPUUse
  ) {
    let hasLast = part.upperBound == parts.count
    if isForToday {
      table.columns[0].append(Int64(request.index), rows: part.count)
    } else {
      table.columns[0].append(id: request.index, rows: part.count)
    }
    table.columns[1].append(Int64(parts.milliseconds), rows: part.count - (hasLast ? 1 : 0))
    if hasLast { table.columns[1].append(Int64(parts.lastMilliseconds), rows: 1) }
    table.columns[2].append(Int64(1), rows: part.count)
    table.columns[3].append(0.0, rows: part.count)
    table.columns[4].append(Int64(1), rows: part.count)
    table.columns[5].append(edgeUse, rows: part.clamped(to: 0..<use.rise).count)
    table.columns[5].append(middleUse, rows: part.clamped(to: use.rise..<use.fall).count)
    table.columns[5].append(edgeUse, rows: part.clamped(to: use.fall..<parts.count).count)
  }

  private static let fields: [ParquetField] = [
    ParquetField("id", .text), ParquetField("duration", .int64), ParquetField("cpu_count", .int32),
    ParquetField("cpu_usage", .double), ParquetField("gpu_count", .int32),
    ParquetField("gpu_usage", .double),
  ]

  private static let fieldsToday: [ParquetField] = [
    ParquetField("id", .int32), ParquetField("duration", .int64),
    ParquetField("cpu_count", .int32), ParquetField("cpu_usage", .double),
    ParquetField("gpu_count", .int32, isOptional: true),
    ParquetField("gpu_usage", .double, isOptional: true),
  ]

  /// The same columns to Arrow, where durations are of the type duration[ms]: what pyarrow's
  /// `Schema.serialize` gives for them.
  private static let arrowSchema = """
    /////5gBAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAYAAAA0AQAA8AAA\
    ALgAAACAAAAASAAAAAQAAADQ////AAABAxAAAAAcAAAABAAAAAAAAAAJAAAAZ3B1X3VzYWdlAAAAjv///wAA\
    AgAQABQACAAGAAcADAAAABAAEAAAAAAAAQIQAAAAHAAAAAQAAAAAAAAACQAAAGdwdV9jb3VudAAAACz///8A\
    AAABIAAAAGj///8AAAADEAAAACAAAAAEAAAAAAAAAAkAAABjcHVfdXNhZ2UABgAIAAYABgAAAAAAAgCc////\
    AAAAAhAAAAAcAAAABAAAAAAAAAAJAAAAY3B1X2NvdW50AAAAlP///wAAAAEgAAAA0P///wAAABIQAAAAIAAA\
    AAQAAAAAAAAACAAAAGR1cmF0aW9uAAAAAAQABAAEAAAAEAAUAAgAAAAHAAwAAAAQABAAAAAAAAACEAAAABwA\
    AAAEAAAAAAAAAAIAAABpZAAACAAMAAgABwAIAAAAAAAAASAAAAA=
    """
}
