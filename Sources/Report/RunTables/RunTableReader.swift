import Parquet
import SimKernel
import TextAndBytes

/// Reads a table of a run some rows at a time, once its bytes are known to be those that were written.
struct RunTableReader {
  let name: String
  let rows: Int
  private let reader: ParquetReader
  /// Where each column is in a batch.
  private let places: [String: Int]
  private var nextRow = 0

  private static let rowsOfBatch = 1 << 16
  /// Every row that is written takes more than an eighth of a byte.
  private static let rowsOfByte = 8

  /// `columns` has every column that the table can have. Those it has not are absent from the rows:
  /// whoever needs one is told.
  init(
    _ summary: RunTableSummary, _ file: FileBytes, columns: [ParquetField]
  ) throws(RunTablesError) {
    name = summary.file
    rows = summary.rows
    guard try Self.sum(of: file, named: name) == summary.sum else { throw .changed(name) }
    do throws(ParquetProblem) {
      let found = try ParquetReader(file)
      let known = columns.filter { column in found.fields.contains { $0.name == column.name } }
      for field in found.fields {
        guard let column = known.first(where: { $0.name == field.name }) else { continue }
        guard column.type == field.type else {
          throw ParquetProblem("column \(field.name) has values of another type")
        }
      }
      guard found.rowCount == Int64(rows), rows / Self.rowsOfByte <= file.size else {
        throw ParquetProblem("it has not the rows that \(RunTables.documentName) says")
      }
      reader = try ParquetReader(file, columns: known.map(\.name))
      places = Dictionary(
        known.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    } catch {
      throw RunTablesError(file: name, message: error.message)
    }
  }

  private static func sum(
    of file: FileBytes, named name: String
  ) throws(RunTablesError) -> String {
    var sum = SHA256()
    do throws(ParquetProblem) {
      var at: Int64 = 0
      while at < file.size {
        let bytes = try file.read(at: at, count: Int(min(1 << 20, file.size - at)))
        sum.update(bytes[...])
        at += Int64(bytes.count)
      }
    } catch {
      throw RunTablesError(file: name, message: error.message)
    }
    return sum.finish()
  }

  func has(_ column: String) -> Bool { places[column] != nil }

  /// nil at the end.
  mutating func next() throws(RunTablesError) -> RunRows? {
    do throws(ParquetProblem) {
      guard let columns = try reader.next(limit: Self.rowsOfBatch) else { return nil }
      let rows = RunRows(
        table: name, first: nextRow, count: columns.first?.count ?? 0, columns: columns,
        places: places)
      nextRow += rows.count
      return rows
    } catch {
      throw RunTablesError(file: name, message: error.message)
    }
  }
}

/// Some rows of a table.
struct RunRows {
  let table: String
  /// The number of the first one in the table.
  let first: Int
  let count: Int
  fileprivate let columns: [ParquetColumn]
  fileprivate let places: [String: Int]

  fileprivate init(
    table: String, first: Int, count: Int, columns: [ParquetColumn], places: [String: Int]
  ) {
    self.table = table
    self.first = first
    self.count = count
    self.columns = columns
    self.places = places
  }

  func integers(_ name: String) throws(RunTablesError) -> RunIntegers {
    let column = try column(name)
    guard case .integers(let values) = column.values else { throw lacks(name) }
    return RunIntegers(rows: self, name: name, values: values, isNull: column.isNull)
  }

  func doubles(_ name: String) throws(RunTablesError) -> [Double] {
    let column = try column(name)
    guard case .doubles(let values) = column.values, column.isNull == nil else {
      throw lacks(name)
    }
    return values
  }

  func instants(_ name: String) throws(RunTablesError) -> RunInstants {
    RunInstants(
      seconds: try integers(name + "_s"), picoseconds: try integers(name + "_ps"))
  }

  /// The different texts of the rows and which one each is; -1: none.
  func words(_ name: String) throws(RunTablesError) -> (words: [String], places: [Int]) {
    let column = try column(name)
    guard case .texts(let texts) = column.values else { throw lacks(name) }
    guard let places = texts.places else {
      let (words, places) = Words.gather((0..<count).map { texts[$0] })
      return (words, places.indices.map { column.hasValue($0) ? places[$0] : -1 })
    }
    return (
      (0..<texts.wordCount).map { texts.word($0) },
      places.indices.map { column.hasValue($0) ? Int(places[$0]) : -1 }
    )
  }

  private func column(_ name: String) throws(RunTablesError) -> ParquetColumn {
    guard let place = places[name] else { throw lacks(name) }
    return columns[place]
  }

  private func lacks(_ name: String) -> RunTablesError {
    RunTablesError(
      file: table, message: "damaged: column \(name) is missing or lacks values; simulate again")
  }

  /// A value that no run has.
  func fault(
    _ column: String, _ row: Int, found: String, expected: String
  ) -> RunTablesError {
    .impossible(
      table, "column \(column), row \(first + row) (from 0)", found: found, expected: expected)
  }
}

/// A column of whole numbers.
struct RunIntegers {
  let rows: RunRows
  let name: String
  fileprivate let values: [Int64]
  fileprivate let isNull: [Bool]?

  /// nil: none.
  @inline(__always)
  func value(_ row: Int) -> Int64? { isNull?[row] ?? false ? nil : values[row] }

  /// One that every row has, within `range`.
  @inline(__always)
  func value(_ row: Int, in range: ClosedRange<Int64>) throws(RunTablesError) -> Int64 {
    guard let value = value(row), range.contains(value) else { throw fault(row, range) }
    return value
  }

  /// One that is nil or within `range`.
  @inline(__always)
  func optional(_ row: Int, in range: ClosedRange<Int64>) throws(RunTablesError) -> Int64? {
    guard let value = value(row) else { return nil }
    guard range.contains(value) else { throw fault(row, range) }
    return value
  }

  private func fault(_ row: Int, _ range: ClosedRange<Int64>) -> RunTablesError {
    fault(row, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
  }

  func fault(_ row: Int, expected: String) -> RunTablesError {
    rows.fault(name, row, found: value(row).map { "\($0)" } ?? "nothing", expected: expected)
  }
}

/// The two columns of an instant.
struct RunInstants {
  fileprivate let seconds: RunIntegers
  fileprivate let picoseconds: RunIntegers

  /// `.never` where both have none.
  @inline(__always)
  func time(_ row: Int) throws(RunTablesError) -> SimTime {
    switch (seconds.value(row), picoseconds.value(row)) {
    case (nil, nil): return .never
    case (let seconds?, let picoseconds?):
      guard let time = RunClock.join(seconds: seconds, picoseconds: picoseconds) else { break }
      return time
    default: break
    }
    throw fault(row)
  }

  private func fault(_ row: Int) -> RunTablesError {
    let found = [seconds, picoseconds].map { column in
      column.value(row).map { "\($0)" } ?? "nothing"
    }
    return seconds.rows.fault(
      "\(seconds.name) and \(picoseconds.name)", row, found: found.joined(separator: " and "),
      expected: "an instant within the clock")
  }
}
