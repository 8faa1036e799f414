import Parquet
import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

/// A table of a run: its columns, made for some rows at a time.
struct RunTable {
  var name: String
  var rows: Int
  var columns: [Column]
  var compression = ParquetCompression.uncompressed

  /// What is not packed into few bits takes 8 MiB a group of 16 such columns.
  private static let rowsOfGroup = 1 << 16

  struct Column {
    var field: ParquetField
    var values: (Range<Int>) -> ParquetColumn
  }

  /// Hands the file's bytes to `sink` row group by row group; rethrows its errors.
  func write(to sink: ByteSink) throws -> RunTableSummary {
    var writer = ParquetWriter(
      columns.map(\.field), compression: compression, integers: .differences)
    var sum = SHA256()
    func put(_ bytes: [UInt8]) throws {
      try bytes.withUnsafeBytes {
        sum.update($0)
        try sink($0)
      }
    }
    for start in stride(from: 0, to: rows, by: Self.rowsOfGroup) {
      let group = start..<min(start + Self.rowsOfGroup, rows)
      try put(writer.rowGroup(columns.map { $0.values(group) }))
    }
    try put(writer.finish())
    return RunTableSummary(file: name, rows: rows, sum: sum.finish())
  }
}

extension RunTable.Column {
  static func integer(_ name: String, _ value: @escaping (Int) -> Int64) -> Self {
    Self(field: ParquetField(name, .int64)) { rows in ParquetColumn(.integers(rows.map(value))) }
  }

  static func optional(_ name: String, _ value: @escaping (Int) -> Int64?) -> Self {
    Self(field: ParquetField(name, .int64, isOptional: true)) { rows in
      ParquetColumn(rows.map(value))
    }
  }

  static func double(_ name: String, _ value: @escaping (Int) -> Double) -> Self {
    Self(field: ParquetField(name, .double)) { rows in ParquetColumn(.doubles(rows.map(value))) }
  }

  /// The two columns of an instant; those that are never have no value.
  static func instant(_ name: String, _ value: @escaping (Int) -> SimTime) -> [Self] {
    [
      optional(name + "_s") { RunClock.split(value($0))?.seconds },
      optional(name + "_ps") { RunClock.split(value($0))?.picoseconds },
    ]
  }

  /// The two columns by which tables name an engine.
  static func engine(_ number: @escaping (Int) -> EngineNumber?) -> [Self] {
    [
      optional("replica") { number($0).map { Int64($0.replica) } },
      optional("dp_rank") { number($0)?.rank.map { Int64($0) } },
    ]
  }

  /// A text out of `words` in each row, by its number there.
  static func word(
    _ name: String, of words: [String], _ place: @escaping (Int) -> Int
  ) -> Self {
    Self(field: ParquetField(name, .text)) { rows in
      ParquetColumn(
        .texts(ParquetTexts(words: words, places: rows.map { UInt32(place($0)) })))
    }
  }

  /// Labels of requests. The words that the first group of rows has are all there are, in their
  /// order, so that they read back as they were.
  static func label(_ name: String, _ labels: RequestLabels) -> Self {
    Self(field: ParquetField(name, .text, isOptional: true)) { rows in
      let numbers = labels.ofRequest[rows]
      let isNull = numbers.map { $0 < 0 }
      let used =
        rows.lowerBound == 0
        ? labels.names.indices.map { Int32($0) } : Set(numbers.filter { $0 >= 0 }).sorted()
      var places = [Int32: UInt32](minimumCapacity: used.count)
      for (place, number) in used.enumerated() { places[number] = UInt32(place) }
      return ParquetColumn(
        .texts(
          ParquetTexts(
            words: used.map { labels.names[Int($0)] },
            places: numbers.map { places[$0] ?? ParquetTexts.nowhere })),
        isNull: isNull.contains(true) ? isNull : nil)
    }
  }
}
