/// Values as they are, one behind the other.
struct PlainDecoder {
  private var cursor: ByteCursor
  private let shape: ColumnShape
  /// Of truth values: how many bits of the current byte are used up.
  private var bit = 0

  init(_ cursor: ByteCursor, _ shape: ColumnShape) {
    self.cursor = cursor
    self.shape = shape
    bit = cursor.at * 8
  }

  mutating func append(_ count: Int, to values: inout ParquetValues) throws(ParquetProblem) {
    switch shape.physical {
    case .boolean: try appendTruths(count, to: &values)
    case .int32, .int64, .int96: try appendIntegers(count, to: &values)
    case .float, .double: try appendDoubles(count, to: &values)
    case .byteArray, .fixedByteArray: try appendTexts(count, to: &values)
    }
  }

  private mutating func appendTruths(
    _ count: Int, to values: inout ParquetValues
  ) throws(ParquetProblem) {
    guard case .booleans(var truths) = values else { return }
    guard bit + count <= cursor.end * 8 else { throw .damaged("a page has too few bytes") }
    values = .booleans([])
    for _ in 0..<count {
      truths.append(cursor.bytes[bit >> 3] >> UInt8(bit & 7) & 1 == 1)
      bit += 1
    }
    values = .booleans(truths)
  }

  private mutating func appendIntegers(
    _ count: Int, to values: inout ParquetValues
  ) throws(ParquetProblem) {
    var at = try cursor.take(count * shape.width)
    let bytes = cursor.bytes
    let (physical, isUnsigned) = (shape.physical, shape.isUnsigned32)
    try values.appendIntegers(count) { () throws(ParquetProblem) in
      switch physical {
      case .int32:
        defer { at += 4 }
        let bits: UInt32 = Self.load(bytes, at)
        return isUnsigned ? Int64(bits) : Int64(Int32(bitPattern: bits))
      case .int64:
        defer { at += 8 }
        let bits: UInt64 = Self.load(bytes, at)
        return Int64(bitPattern: bits)
      default:
        defer { at += 12 }
        return try Self.timestamp(Self.load(bytes, at), day: Self.load(bytes, at + 8))
      }
    }
  }

  /// The bytes lie within the page.
  @inline(__always)
  private static func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _ at: Int
  ) -> Value {
    precondition(at >= 0 && at + MemoryLayout<Value>.size <= bytes.count, "beyond the page")
    return Value(
      littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: Value.self) })
  }

  /// INT96: nanoseconds of a day and its Julian number; nanoseconds since 1970.
  private static func timestamp(_ nanoseconds: UInt64, day: UInt32) throws(ParquetProblem) -> Int64
  {
    let days = Int64(day) - 2_440_588
    let (start, overflows) = days.multipliedReportingOverflow(by: 86_400_000_000_000)
    guard !overflows, nanoseconds <= 86_400_000_000_000 else {
      throw .damaged("a time is beyond what 64 bits of nanoseconds hold")
    }
    return start &+ Int64(nanoseconds)
  }

  private mutating func appendDoubles(
    _ count: Int, to values: inout ParquetValues
  ) throws(ParquetProblem) {
    guard case .doubles(var doubles) = values else { return }
    var at = try cursor.take(count * shape.width)
    values = .doubles([])
    for _ in 0..<count {
      if shape.physical == .double {
        doubles.append(Double(bitPattern: Self.load(cursor.bytes, at)))
      } else {
        doubles.append(Double(Float(bitPattern: Self.load(cursor.bytes, at))))
      }
      at += shape.width
    }
    values = .doubles(doubles)
  }

  private mutating func appendTexts(
    _ count: Int, to values: inout ParquetValues
  ) throws(ParquetProblem) {
    guard case .texts(var texts) = values else { return }
    values = .texts(ParquetTexts())
    for _ in 0..<count {
      let size =
        shape.physical == .fixedByteArray ? shape.width : Int(try cursor.littleEndian(4))
      let start = try cursor.take(size)
      try texts.appendBounded(cursor.bytes[start..<start + size])
    }
    values = .texts(texts)
  }
}
