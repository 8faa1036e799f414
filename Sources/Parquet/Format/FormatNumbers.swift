/// The numbers of Parquet's definition in Thrift (format 2.10,
/// https://github.com/apache/parquet-format).
enum PhysicalType: Int64 {
  case boolean = 0
  case int32, int64, int96, float, double, byteArray, fixedByteArray

  /// Bytes a plain value takes; nil: that differs.
  var width: Int? {
    switch self {
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .boolean, .byteArray, .fixedByteArray: nil
    }
  }
}

enum Repetition: Int64 {
  case required = 0
  case optional, repeated
}

enum PageEncoding: Int64 {
  case plain = 0
  case plainDictionary = 2
  case runLength = 3
  case bitPacked = 4
  case deltaBinaryPacked = 5
  case deltaLengthByteArray = 6
  case deltaByteArray = 7
  case runLengthDictionary = 8
  case byteStreamSplit = 9

  var isDictionary: Bool { self == .plainDictionary || self == .runLengthDictionary }
}

enum PageType: Int64 {
  case data = 0
  case index, dictionary, dataV2
}

/// How pages are compressed.
package enum ParquetCompression: Int64, Sendable {
  case uncompressed = 0
  case snappy = 1
  case gzip = 2
  case zstd = 6
}

/// What a type of the definition says of how its values are meant.
enum Annotation: Int64 {
  case utf8 = 0
  case map, mapKeyValue, list, enumeration, decimal, date, timeMillis, timeMicros
  case timestampMillis, timestampMicros, uint8, uint16, uint32, uint64, int8, int16, int32, int64
  case json, bson, interval
}
