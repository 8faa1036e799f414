/// What a Parquet footer says, as far as reading needs it.
struct FileMetadata {
  var schema: [SchemaElement] = []
  var rowCount: Int64 = 0
  var groups: [RowGroupMetadata] = []

  init(_ bytes: [UInt8]) throws(ParquetProblem) {
    var reader = ThriftReader(bytes)
    var (schema, rowCount, groups) = (self.schema, self.rowCount, self.groups)
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      switch (field, kind) {
      case (2, .list):
        try reader.list { (reader, _) throws(ParquetProblem) in
          schema.append(try SchemaElement(&reader))
        }
      case (3, .int64): rowCount = try reader.integer()
      case (4, .list):
        try reader.list { (reader, _) throws(ParquetProblem) in
          groups.append(try RowGroupMetadata(&reader))
        }
      default: return false
      }
      return true
    }
    (self.schema, self.rowCount, self.groups) = (schema, rowCount, groups)
  }
}

struct RowGroupMetadata {
  var columns: [ColumnMetadata] = []
  var rowCount: Int64 = 0

  init(_ reader: inout ThriftReader) throws(ParquetProblem) {
    var (columns, rowCount) = (self.columns, self.rowCount)
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      switch (field, kind) {
      case (1, .list):
        try reader.list { (reader, _) throws(ParquetProblem) in
          columns.append(try ColumnMetadata(chunk: &reader))
        }
      case (3, .int64): rowCount = try reader.integer()
      default: return false
      }
      return true
    }
    (self.columns, self.rowCount) = (columns, rowCount)
  }
}

/// A column of a row group.
struct ColumnMetadata {
  var path: [String] = []
  var type: Int64 = -1
  var codec: Int64 = 0
  var valueCount: Int64 = 0
  var size: Int64 = 0
  var dataOffset: Int64 = 0
  var dictionaryOffset: Int64?
  /// Another file that the column is in.
  var file: String?

  /// Where its first page is.
  var start: Int64 {
    guard let dictionaryOffset, dictionaryOffset > 0 else { return dataOffset }
    return min(dictionaryOffset, dataOffset)
  }

  init(chunk reader: inout ThriftReader) throws(ParquetProblem) {
    var column = ColumnMetadata()
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      switch (field, kind) {
      case (1, .binary): column.file = try reader.text()
      case (3, .structure): try column.read(&reader)
      default: return false
      }
      return true
    }
    self = column
  }

  private init() {}

  private mutating func read(_ reader: inout ThriftReader) throws(ParquetProblem) {
    var column = self
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      switch (field, kind) {
      case (1, .int32): column.type = try reader.integer()
      case (3, .list):
        try reader.list { (reader, _) throws(ParquetProblem) in
          column.path.append(try reader.text())
        }
      case (4, .int32): column.codec = try reader.integer()
      case (5, .int64): column.valueCount = try reader.integer()
      case (7, .int64): column.size = try reader.integer()
      case (9, .int64): column.dataOffset = try reader.integer()
      case (11, .int64): column.dictionaryOffset = try reader.integer()
      default: return false
      }
      return true
    }
    self = column
  }
}
