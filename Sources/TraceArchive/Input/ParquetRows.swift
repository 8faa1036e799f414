import Parquet
import TextAndBytes

/// The rows of a Parquet file as lines of CSV or JSON, so that whatever reads tables by the names of
/// their columns reads these, too. A line is a row; the first of CSV has the names.
final class ParquetRows: RowSource {
  private let path: String
  private let reader: ParquetReader
  private let syntax: RecordReader.Syntax
  private var lines: [UInt8] = []
  private var given = 0
  private var isAtEnd = false

  init(path: String, as syntax: RecordReader.Syntax) throws(FileProblem) {
    do throws(ParquetProblem) {
      reader = try ParquetReader(path: path)
    } catch {
      throw FileProblem(file: path, message: error.message)
    }
    self.path = path
    self.syntax = syntax
    guard !reader.fields.isEmpty else {
      throw FileProblem(file: path, message: "has no column that can be read")
    }
    if syntax == .csv { appendHead() }
  }

  /// What is left aside, for the user; nil: nothing.
  static func note(path: String) -> String? {
    guard let reader = try? ParquetReader(path: path), !reader.unreadable.isEmpty else {
      return nil
    }
    let columns = reader.unreadable.map { "\($0.name) (\($0.reason))" }
    return "columns left aside: \(columns.joined(separator: "; "))"
  }

  private func appendHead() {
    for (index, field) in reader.fields.enumerated() {
      if index > 0 { lines.append(UInt8(ascii: ",")) }
      lines.append(field: field.name)
    }
    lines.append(UInt8(ascii: "\n"))
  }

  /// Fills `buffer` from `offset` on; returns how many bytes were added, 0 at the end.
  func read(into buffer: inout [UInt8], at offset: Int) throws(FileProblem) -> Int {
    while given == lines.count, !isAtEnd { try nextBatch() }
    let count = min(lines.count - given, buffer.count - offset)
    buffer.replaceSubrange(offset..<offset + count, with: lines[given..<given + count])
    given += count
    return count
  }

  private func nextBatch() throws(FileProblem) {
    lines.removeAll(keepingCapacity: true)
    given = 0
    let batch: [ParquetColumn]?
    do throws(ParquetProblem) {
      batch = try reader.next()
    } catch {
      throw FileProblem(file: path, message: error.message)
    }
    guard let batch else { return isAtEnd = true }
    for row in 0..<(batch.first?.count ?? 0) {
      if syntax == .csv { appendCSV(batch, row) } else { appendJSON(batch, row) }
      lines.append(UInt8(ascii: "\n"))
    }
  }

  private func appendCSV(_ batch: [ParquetColumn], _ row: Int) {
    for (index, (column, field)) in zip(batch, reader.fields).enumerated() {
      if index > 0 { lines.append(UInt8(ascii: ",")) }
      guard column.hasValue(row) else { continue }
      if field.type.isList { lines.append(UInt8(ascii: "\"")) }
      append(column.values, row, field.type)
      if field.type.isList { lines.append(UInt8(ascii: "\"")) }
    }
  }

  private func appendJSON(_ batch: [ParquetColumn], _ row: Int) {
    lines.append(UInt8(ascii: "{"))
    var isFirst = true
    for (column, field) in zip(batch, reader.fields) where column.hasValue(row) {
      if !isFirst { lines.append(UInt8(ascii: ",")) }
      isFirst = false
      lines.append(json: field.name)
      lines.append(UInt8(ascii: ":"))
      append(column.values, row, field.type)
    }
    lines.append(UInt8(ascii: "}"))
  }

  private func append(_ values: ParquetValues, _ row: Int, _ type: ParquetType) {
    switch values {
    case .booleans(let values): lines.append(values[row] ? "true" : "false")
    case .integers(let values):
      if let date = Self.date(values[row], type) {
        append(text: date)
      } else {
        lines.append(decimal: values[row])
      }
    case .doubles(let values): append(values[row])
    case .texts(let texts): append(text: texts[row])
    case .lists(let lists): lines.append(list: Array(lists[row]))
    }
  }

  private func append(text: String) {
    if syntax == .csv { lines.append(field: text) } else { lines.append(json: text) }
  }

  /// Tables that lack a number have "not a number", which is no value here.
  private func append(_ value: Double) {
    switch (value.isNaN, syntax) {
    case (true, .csv): break
    case (true, .jsonLines): lines.append("null")
    case (false, _) where value.isFinite: lines.append(contentsOf: value.description.utf8)
    case (false, _): append(text: value.description)
    }
  }

  /// A date with its time; nil for other numbers, and beyond what nanoseconds can tell.
  private static func date(_ value: Int64, _ type: ParquetType) -> String? {
    let unit: Int64
    switch type {
    case .date: unit = 86_400_000_000_000
    case .timestamp(let of): unit = of.nanoseconds
    default: return nil
    }
    let (time, overflows) = value.multipliedReportingOverflow(by: unit)
    return overflows ? nil : Timestamp.text(nanoseconds: time)
  }
}
