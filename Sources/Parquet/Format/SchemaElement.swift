/// A node of a file's schema, which lists them depth first.
struct SchemaElement {
  var name = ""
  var type: PhysicalType?
  var width: Int64 = 0
  var repetition = Repetition.required
  var childCount: Int64 = 0
  var annotation: Annotation?
  /// The unit of a timestamp that only the newer annotation can say.
  var isNanoseconds = false
  /// How it is meant is something that the older annotations have no word for.
  var isForeign = false

  init(_ reader: inout ThriftReader) throws(ParquetProblem) {
    var element = SchemaElement()
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      switch (field, kind) {
      case (1, .int32): element.type = try Self.known(try reader.integer(), "type")
      case (2, .int32): element.width = try reader.integer()
      case (3, .int32): element.repetition = try Self.known(try reader.integer(), "repetition")
      case (4, .binary): element.name = try reader.text()
      case (5, .int32): element.childCount = try reader.integer()
      case (6, .int32): element.annotation = Annotation(rawValue: try reader.integer())
      case (10, .structure): try element.readLogicalType(&reader)
      default: return false
      }
      return true
    }
    self = element
  }

  private init() {}

  private static func known<Value: RawRepresentable<Int64>>(
    _ number: Int64, _ what: String
  ) throws(ParquetProblem) -> Value {
    guard let value = Value(rawValue: number) else {
      throw .damaged("a column has the unknown \(what) \(number)")
    }
    return value
  }

  /// The union of annotations; where the older ones say the same, they stand beside it, but for
  /// nanoseconds.
  private mutating func readLogicalType(_ reader: inout ThriftReader) throws(ParquetProblem) {
    var element = self
    try reader.structure { (reader, member, kind) throws(ParquetProblem) in
      guard kind == .structure else { return false }
      switch member {
      case 1: element.annotation = .utf8
      case 3: element.annotation = .list
      case 5: element.annotation = .decimal
      case 6: element.annotation = .date
      case 8:
        try element.readTimestamp(&reader)
        return true
      case 2, 4, 7, 10...13: break
      default: element.isForeign = true
      }
      return false
    }
    self = element
  }

  private mutating func readTimestamp(_ reader: inout ThriftReader) throws(ParquetProblem) {
    var element = self
    try reader.structure { (reader, field, kind) throws(ParquetProblem) in
      guard field == 2, kind == .structure else { return false }
      try reader.structure { (_, unit, _) throws(ParquetProblem) in
        element.isNanoseconds = unit == 3
        element.annotation = unit == 1 ? .timestampMillis : .timestampMicros
        return false
      }
      return true
    }
    self = element
  }
}
