/// What stands before each page.
struct PageHeader {
  var type = PageType.data
  /// Bytes in the file, and when decompressed.
  var size: Int64 = -1
  var fullSize: Int64 = -1
  var valueCount: Int64 = -1
  var encoding: Int64 = -1
  var definitionEncoding = PageEncoding.runLength.rawValue
  var repetitionEncoding = PageEncoding.runLength.rawValue
  /// Of pages of version 2: bytes of levels, which are not compressed.
  var definitionSize: Int64 = 0
  var repetitionSize: Int64 = 0
  var isCompressed = true
  /// Bytes that the header itself takes.
  private(set) var length = 0

  init(_ bytes: [UInt8]) throws(ParquetProblem) {
    var reader = ThriftReader(bytes)
    var header = PageHeader()
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      switch (field, kind) {
      case (1, .int32): header.type = try Self.type(try reader.integer())
      case (2, .int32): header.fullSize = try reader.integer()
      case (3, .int32): header.size = try reader.integer()
      case (5, .structure), (7, .structure): try header.readData(&reader)
      case (8, .structure): try header.readDataV2(&reader)
      default: return false
      }
      return true
    }
    header.length = reader.at
    guard (0...Int64(Int32.max)).contains(header.size),
      (0...Int64(Int32.max)).contains(header.fullSize)
    else { throw .damaged("a page has no size") }
    guard header.type == .index || header.valueCount >= 0 else {
      throw .damaged("a page has no number of values")
    }
    self = header
  }

  private init() {}

  private static func type(_ number: Int64) throws(ParquetProblem) -> PageType {
    guard let type = PageType(rawValue: number) else {
      throw .damaged("a page is of the unknown kind \(number)")
    }
    return type
  }

  private mutating func readData(_ reader: inout ThriftReader) throws(ParquetProblem) {
    var header = self
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      guard kind == .int32 else { return false }
      switch field {
      case 1: header.valueCount = try reader.integer()
      case 2: header.encoding = try reader.integer()
      case 3: header.definitionEncoding = try reader.integer()
      case 4: header.repetitionEncoding = try reader.integer()
      default: return false
      }
      return true
    }
    self = header
  }

  private mutating func readDataV2(_ reader: inout ThriftReader) throws(ParquetProblem) {
    var header = self
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      switch (field, kind) {
      case (1, .int32): header.valueCount = try reader.integer()
      case (4, .int32): header.encoding = try reader.integer()
      case (5, .int32): header.definitionSize = try reader.integer()
      case (6, .int32): header.repetitionSize = try reader.integer()
      case (7, .no): header.isCompressed = false
      default: return false
      }
      return true
    }
    self = header
  }
}
