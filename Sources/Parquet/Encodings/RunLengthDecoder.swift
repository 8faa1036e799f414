/// Parquet's hybrid of run lengths and packed bits: levels, indices into dictionaries, truth values.
struct RunLengthDecoder {
  private var cursor: ByteCursor
  private let width: Int
  /// Values left of the current run, and whether they are all the same.
  private var left = 0
  private var isSame = true
  private var value: UInt32 = 0
  /// Of packed values: the bit at which the next one begins.
  private var bit = 0

  init(_ cursor: ByteCursor, width: Int) throws(ParquetProblem) {
    guard (0...32).contains(width) else { throw .damaged("values have \(width) bits") }
    self.cursor = cursor
    self.width = width
  }

  @inline(__always)
  mutating func next() throws(ParquetProblem) -> UInt32 {
    while left == 0 { try beginRun() }
    left -= 1
    guard !isSame else { return value }
    defer { bit += width }
    return UInt32(truncatingIfNeeded: Bits.read(cursor.bytes, at: bit, width: width))
  }

  private mutating func beginRun() throws(ParquetProblem) {
    let head = try cursor.varint()
    let count = Int(truncatingIfNeeded: head >> 1)
    guard (0...Int(Int32.max)).contains(count) else { throw .damaged("a run is too long") }
    isSame = head & 1 == 0
    if isSame {
      left = count
      value = UInt32(truncatingIfNeeded: try cursor.littleEndian((width + 7) / 8))
    } else {
      left = count * 8
      bit = try cursor.take(count * width) * 8
    }
  }
}
