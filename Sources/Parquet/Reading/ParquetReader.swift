/// Reads a Parquet file batch by batch. Memory is needed for a page of each column, its dictionary,
/// and a batch.
package final class ParquetReader {
  /// The columns that can be read.
  package let fields: [ParquetField]
  /// Columns that cannot, and why.
  package let unreadable: [(name: String, reason: String)]
  package let rowCount: Int64

  private let file: FileBytes
  private let groups: [RowGroupMetadata]
  private let wanted: [ColumnShape]
  private var group = 0
  private var columns: [ColumnReader] = []
  /// Rows of the current group that have not been read.
  private var left: Int64 = 0

  /// `columns` names those to be read, in that order; nil: all that can be.
  package convenience init(path: String, columns names: [String]? = nil) throws(ParquetProblem) {
    try self.init(try FileBytes(path: path), columns: names)
  }

  package init(_ file: FileBytes, columns names: [String]? = nil) throws(ParquetProblem) {
    self.file = file
    let metadata = try FileMetadata(try Self.footer(file))
    let schema = try SchemaColumns(metadata.schema)
    fields = schema.columns.map(\.field)
    unreadable = schema.unreadable
    groups = metadata.groups
    wanted = try Self.wanted(names, of: schema)
    for group in groups where group.columns.count != schema.leafCount || group.rowCount < 0 {
      throw .damaged("a row group has not the columns of the schema")
    }
    var rows: Int64 = 0
    for group in groups {
      let (sum, overflows) = rows.addingReportingOverflow(group.rowCount)
      guard !overflows else { throw .damaged("its row groups have too many rows") }
      rows = sum
    }
    guard rows == metadata.rowCount else {
      throw .damaged("its row groups have not the rows that the file says")
    }
    rowCount = rows
  }

  /// Whether a file begins like a Parquet file.
  package static func isParquet(path: String) -> Bool {
    guard let file = try? FileBytes(path: path) else { return false }
    return (try? file.read(at: 0, count: 4)) == mark
  }

  static let mark = Array("PAR1".utf8)

  private static func footer(_ file: FileBytes) throws(ParquetProblem) -> [UInt8] {
    guard file.size >= 4, try file.read(at: 0, count: 4) == mark else {
      throw ParquetProblem("is no Parquet file: it does not begin with PAR1")
    }
    let tail = file.size < 12 ? mark + [0, 0, 0, 0] : try file.read(at: file.size - 8, count: 8)
    guard Array(tail[4...]) == mark else {
      throw ParquetProblem(
        tail.suffix(4).elementsEqual("PARE".utf8)
          ? "is encrypted" : "ends early: PAR1 is missing at its end; is it a part of a download?")
    }
    let size = Int64(Bits.read(tail, at: 0, width: 32))
    guard size <= min(file.size - 12, 1 << 28) else { throw .damaged("its footer is too long") }
    return try file.read(at: file.size - 8 - size, count: Int(size))
  }

  private static func wanted(
    _ names: [String]?, of schema: SchemaColumns
  ) throws(ParquetProblem) -> [ColumnShape] {
    guard let names else { return schema.columns }
    var wanted: [ColumnShape] = []
    for name in names {
      if let shape = schema.columns.first(where: { $0.field.name == name }) {
        wanted.append(shape)
      } else if let (_, reason) = schema.unreadable.first(where: { $0.name == name }) {
        throw ParquetProblem("column \(name) \(reason)")
      } else {
        let found = (schema.columns.map(\.field.name) + schema.unreadable.map(\.name))
          .joined(separator: ", ")
        throw ParquetProblem("has no column \(name); its columns are \(found)")
      }
    }
    return wanted
  }

  /// The next rows, at most `limit`, as columns in the order asked for; nil at the end.
  package func next(limit: Int = 1024) throws(ParquetProblem) -> [ParquetColumn]? {
    while left == 0 {
      guard group < groups.count, !wanted.isEmpty else { return nil }
      try openGroup()
    }
    let rows = Int(min(Int64(limit), left))
    left -= Int64(rows)
    var batch: [ParquetColumn] = []
    for column in columns { batch.append(try column.read(rows: rows)) }
    return batch
  }

  private func openGroup() throws(ParquetProblem) {
    let metadata = groups[group]
    group += 1
    columns = []
    for shape in wanted {
      columns.append(
        try ColumnReader(
          file, shape, metadata.columns[shape.leaf], rows: metadata.rowCount))
    }
    left = metadata.rowCount
  }
}
