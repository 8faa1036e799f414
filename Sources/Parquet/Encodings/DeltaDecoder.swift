/// DELTA_BINARY_PACKED: a first value, then blocks of differences in as few bits as each needs.
struct DeltaDecoder {
  private(set) var cursor: ByteCursor
  /// Values of the whole page.
  let count: Int
  private let valuesOfMiniblock: Int
  private let miniblocks: Int
  private var given = 0
  private var last: Int64
  private var leastDelta: Int64 = 0
  private var widths: [Int] = []
  /// The current block's part: which one it is, what is left of it, and where its next bits begin.
  private var miniblock: Int
  private var left = 0
  private var bit = 0

  init(_ cursor: ByteCursor) throws(ParquetProblem) {
    var cursor = cursor
    let block = try cursor.varint()
    let parts = try cursor.varint()
    let count = try cursor.varint()
    last = try cursor.zigzag()
    guard block > 0, block <= 1 << 20, block % 128 == 0, parts > 0, block % parts == 0,
      (block / parts) % 32 == 0, count <= UInt64(Int32.max)
    else { throw .damaged("a page of differences has a wrong head") }
    self.cursor = cursor
    self.count = Int(count)
    miniblocks = Int(parts)
    valuesOfMiniblock = Int(block / parts)
    miniblock = Int(parts)
  }

  mutating func next() throws(ParquetProblem) -> Int64 {
    guard given < count else { throw .damaged("a page has too few values") }
    given += 1
    guard given > 1 else { return last }
    if left == 0 { try beginMiniblock() }
    left -= 1
    let width = widths[miniblock]
    let delta = Bits.read(cursor.bytes, at: bit, width: width)
    bit += width
    last = last &+ leastDelta &+ Int64(bitPattern: delta)
    return last
  }

  /// Appends the next `more` values.
  mutating func append(_ more: Int, to values: inout [Int64]) throws(ParquetProblem) {
    values.reserveCapacity(values.count + more)
    var missing = more
    while missing > 0 {
      guard given > 0, given < count else {
        values.append(try next())
        missing -= 1
        continue
      }
      if left == 0 { try beginMiniblock() }
      let taken = min(left, missing, count - given)
      let width = widths[miniblock]
      for _ in 0..<taken {
        let delta = Bits.read(cursor.bytes, at: bit, width: width)
        bit += width
        last = last &+ leastDelta &+ Int64(bitPattern: delta)
        values.append(last)
      }
      left -= taken
      given += taken
      missing -= taken
    }
  }

  private mutating func beginMiniblock() throws(ParquetProblem) {
    miniblock += 1
    if miniblock >= miniblocks {
      leastDelta = try cursor.zigzag()
      let start = try cursor.take(miniblocks)
      widths = (0..<miniblocks).map { Int(cursor.bytes[start + $0]) }
      miniblock = 0
    }
    guard widths[miniblock] <= 64 else { throw .damaged("a difference has more than 64 bits") }
    left = valuesOfMiniblock
    bit = try cursor.take(valuesOfMiniblock / 8 * widths[miniblock]) * 8
  }

  /// Goes behind the last value, to what follows in the page.
  mutating func finish() throws(ParquetProblem) -> ByteCursor {
    given = max(given, min(count, 1))
    while given < count {
      if left == 0 { try beginMiniblock() }
      let passed = min(left, count - given)
      given += passed
      left -= passed
    }
    return cursor
  }
}
