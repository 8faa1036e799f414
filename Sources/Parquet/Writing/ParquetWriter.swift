/// Makes the bytes of a Parquet file, row group by row group; whoever calls it puts them into a
/// file. Each column of a group is one page (and a dictionary for texts that recur).
package struct ParquetWriter {
  private let fields: [ParquetField]
  private let compression: ParquetCompression
  private let integers: ParquetIntegers
  private var groups: [WrittenGroup] = []
  private var position = 0
  private var rowCount: Int64 = 0

  /// `compression` is `uncompressed` or `snappy`.
  package init(
    _ fields: [ParquetField], compression: ParquetCompression = .snappy,
    integers: ParquetIntegers = .plain
  ) {
    precondition(compression == .uncompressed || compression == .snappy, "is only read")
    self.fields = fields
    self.compression = compression
    self.integers = integers
  }

  /// The bytes of a row group with a column a field, all of one length.
  package mutating func rowGroup(_ columns: [ParquetColumn]) -> [UInt8] {
    precondition(columns.count == fields.count, "a column a field is needed")
    precondition(Set(columns.map(\.count)).count <= 1, "columns differ in length")
    var bytes = position == 0 ? ParquetReader.mark : []
    var chunks: [WrittenColumn] = []
    for (field, column) in zip(fields, columns) {
      var chunk = ColumnWriter(field, compression, integers: integers).write(column)
      chunk.offset = position + bytes.count
      bytes += chunk.bytes
      chunk.bytes = []
      chunks.append(chunk)
    }
    let rows = Int64(columns.first?.count ?? 0)
    groups.append(WrittenGroup(columns: chunks, rowCount: rows))
    rowCount += rows
    position += bytes.count
    return bytes
  }

  /// The bytes that end the file.
  package mutating func finish() -> [UInt8] {
    var bytes = position == 0 ? ParquetReader.mark : []
    let footer = FooterWriter.bytes(fields, groups, rowCount: rowCount, compression)
    bytes += footer
    bytes.append(littleEndian: UInt64(footer.count), width: 4)
    return bytes + ParquetReader.mark
  }

  /// A file of one row group.
  package static func file(
    _ fields: [ParquetField], _ columns: [ParquetColumn],
    compression: ParquetCompression = .snappy
  ) -> [UInt8] {
    var writer = ParquetWriter(fields, compression: compression)
    let group = writer.rowGroup(columns)
    return group + writer.finish()
  }
}

/// How whole numbers of 64 bits are written.
package enum ParquetIntegers: Sendable {
  case plain
  /// As differences in as few bits as they need (DELTA_BINARY_PACKED).
  case differences
}

/// A column of a row group that is written.
struct WrittenColumn {
  var bytes: [UInt8] = []
  /// Where it begins in the file.
  var offset = 0
  /// Bytes of the dictionary's page; 0: there is none.
  var dictionarySize = 0
  /// Bytes in the file, and when decompressed.
  var size = 0
  var fullSize = 0
  var valueCount = 0
  var nullCount = 0
  var encodings: [PageEncoding] = []
}

struct WrittenGroup {
  var columns: [WrittenColumn]
  var rowCount: Int64
}
