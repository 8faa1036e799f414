/// Writes a table of long runs of equal values as a Parquet file, row group by row group. Time and
/// size follow the number of runs, not that of rows; memory holds one row group's runs.
package struct RunTableWriter: ~Copyable {
  package let fields: [ParquetField]
  /// One a field; the rows of the row group to be written next.
  package var columns: [RunColumn]
  private let arrowSchema: String?
  private let sink: (UnsafeRawBufferPointer) throws -> Void
  private var offset = 0
  private var groups: [WrittenGroup] = []

  /// `arrowSchema`: what Arrow's readers take for the columns' types where those say more than
  /// Parquet's, a serialised schema message in base 64.
  package init(
    _ fields: [ParquetField], arrowSchema: String? = nil,
    to sink: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    self.fields = fields
    self.arrowSchema = arrowSchema
    self.sink = sink
    columns = fields.map { RunColumn($0.type.physical) }
    try write(ParquetReader.mark)
  }

  /// Rows that are not written yet.
  package var pendingRows: Int { columns.first?.rows ?? 0 }

  /// Ends the row group.
  package mutating func endGroup() throws {
    let rows = pendingRows
    precondition(columns.allSatisfy { $0.rows == rows }, "columns differ in length")
    guard rows > 0 else { return }
    var chunks: [WrittenColumn] = []
    for index in columns.indices {
      var chunk = columns[index].chunk(isOptional: fields[index].isOptional)
      chunk.offset = offset
      try write(chunk.bytes)
      chunk.bytes = []
      chunks.append(chunk)
      columns[index].clear()
    }
    groups.append(WrittenGroup(columns: chunks, rowCount: Int64(rows)))
  }

  /// Ends the file; nothing may follow.
  package mutating func finish() throws {
    try endGroup()
    let footer = FooterWriter.bytes(
      fields, groups, rowCount: groups.reduce(0) { $0 + $1.rowCount }, .uncompressed,
      arrowSchema: arrowSchema)
    try write(footer)
    var end: [UInt8] = []
    end.append(littleEndian: UInt64(footer.count), width: 4)
    try write(end + ParquetReader.mark)
  }

  private mutating func write(_ bytes: [UInt8]) throws {
    offset += bytes.count
    try bytes.withUnsafeBytes(sink)
  }
}
