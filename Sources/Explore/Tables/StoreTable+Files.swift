import Parquet
import TextAndBytes

extension StoreTable {
  /// As CSV: a header, and nothing where there is no value.
  package var csv: String {
    let lines = [columns] + rows.map { $0.map(\.plain) }
    return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }

  /// As a JSON array of objects, one a row.
  package var json: String {
    JSON.array(
      rows.map { row in JSON.object(of: zip(columns, row).map { ($0, $1.json) }) }
    ).document
  }

  /// As a Parquet file. A column has 64-bit integers or doubles where all its values are such, else
  /// texts.
  package var parquet: [UInt8] {
    let made = columns.indices.map { column in parquetColumn(column) }
    return ParquetWriter.file(
      zip(columns, made).map { ParquetField($0, $1.type, isOptional: true) }, made.map(\.values))
  }

  private func parquetColumn(_ column: Int) -> (type: ParquetType, values: ParquetColumn) {
    let values = rows.map { $0[column] }
    let isText = values.contains { if case .text = $0 { true } else { false } }
    let isReal = values.contains { if case .real = $0 { true } else { false } }
    if isText {
      return (.text, ParquetColumn(values.map { $0 == .null ? nil : $0.plain } as [String?]))
    }
    // Of a column without any value nobody knows what it would hold: a double, as figures are.
    guard !isReal, values.contains(where: { $0 != .null }) else {
      return (.double, ParquetColumn(values.map(\.number)))
    }
    return (
      .int64,
      ParquetColumn(values.map { if case .integer(let n) = $0 { n } else { nil } } as [Int64?])
    )
  }
}

extension StoreValue {
  var json: JSON {
    switch self {
    case .null: .null
    case .integer(let n): .integer(n)
    case .real(let x): .decimal(x)
    case .text(let text): .string(text)
    }
  }
}
