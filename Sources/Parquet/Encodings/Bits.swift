/// Whole numbers in the lowest bits first, one behind the other.
enum Bits {
  /// The number of `width` bits, at most 64, that begins at bit `offset`. All of it lies in `bytes`.
  @inline(__always)
  static func read(_ bytes: [UInt8], at offset: Int, width: Int) -> UInt64 {
    guard width > 0 else { return 0 }
    let (first, shift) = (offset >> 3, offset & 7)
    let mask: UInt64 = width == 64 ? .max : (1 << UInt64(width)) - 1
    if first + 8 <= bytes.count, shift + width <= 64 {
      let word = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: first, as: UInt64.self) }
      return (UInt64(littleEndian: word) >> UInt64(shift)) & mask
    }
    var value: UInt64 = 0
    var have = -shift
    var at = first
    while have < width {
      let byte = UInt64(bytes[at])
      value |= have < 0 ? byte >> UInt64(-have) : byte << UInt64(have)
      have += 8
      at += 1
    }
    return value & mask
  }

  /// How many bits numbers up to `value` need.
  static func width(_ value: UInt64) -> Int { 64 - value.leadingZeroBitCount }

  /// Appends numbers of `width` bits each, filled up to whole bytes.
  static func append(_ values: some Collection<UInt64>, width: Int, to bytes: inout [UInt8]) {
    guard width > 0 else { return }
    var word: UInt64 = 0
    var used = 0
    for value in values {
      var (rest, left) = (value, width)
      while left > 0 {
        word |= (rest & 0xff) << UInt64(used)
        let taken = min(8, left)
        used += taken
        left -= taken
        rest >>= UInt64(taken)
        while used >= 8 {
          bytes.append(UInt8(truncatingIfNeeded: word))
          word >>= 8
          used -= 8
        }
      }
    }
    if used > 0 { bytes.append(UInt8(truncatingIfNeeded: word)) }
  }
}

/// Part of a page's bytes that is read from its beginning to its end.
struct ByteCursor {
  let bytes: [UInt8]
  private(set) var at: Int
  let end: Int

  init(_ bytes: [UInt8], from start: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    at = start
    self.end = end ?? bytes.count
  }

  var left: Int { end - at }

  /// Takes so many bytes; they begin at what is returned.
  @inline(__always)
  mutating func take(_ count: Int) throws(ParquetProblem) -> Int {
    guard count >= 0, count <= end - at else { throw .damaged("a page has too few bytes") }
    defer { at += count }
    return at
  }

  /// A number of `width` bytes, the lowest first.
  @inline(__always)
  mutating func littleEndian(_ width: Int) throws(ParquetProblem) -> UInt64 {
    let start = try take(width)
    var value: UInt64 = 0
    for byte in 0..<width { value |= UInt64(bytes[start + byte]) << UInt64(8 * byte) }
    return value
  }

  mutating func varint() throws(ParquetProblem) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0 as UInt64, to: 70, by: 7) {
      let byte = bytes[try take(1)]
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw .damaged("a number has more than 64 bits")
  }

  mutating func zigzag() throws(ParquetProblem) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
  }

  /// The next `count` bytes as a cursor of their own.
  mutating func part(_ count: Int) throws(ParquetProblem) -> ByteCursor {
    let start = try take(count)
    return ByteCursor(bytes, from: start, to: start + count)
  }
}
