/// Bits that are read from the last byte to the first. A 1 in the last byte marks where they begin.
struct ReverseBits {
  private let bytes: [UInt8]
  private let start: Int
  /// Bits not read yet; below 0: so many zeros were read beyond the first byte.
  private(set) var left: Int

  init(_ cursor: ByteCursor) throws(ParquetProblem) {
    guard cursor.left > 0, cursor.bytes[cursor.end - 1] != 0 else { throw Zstandard.damaged }
    bytes = cursor.bytes
    start = cursor.at * 8
    left = cursor.left * 8 - 1 - cursor.bytes[cursor.end - 1].leadingZeroBitCount
  }

  /// The next `count` bits, at most 56; what is beyond the first byte is 0.
  @inline(__always)
  func peek(_ count: Int) -> Int {
    guard left < count else {
      return Int(Bits.read(bytes, at: start + left - count, width: count))
    }
    guard left > 0 else { return 0 }
    return Int(Bits.read(bytes, at: start, width: left) << UInt64(count - left))
  }

  @inline(__always)
  mutating func skip(_ count: Int) { left -= count }

  @inline(__always)
  mutating func read(_ count: Int) -> Int {
    defer { left -= count }
    return peek(count)
  }
}
