/// Snappy's block format (https://github.com/google/snappy/blob/main/format_description.txt).
enum Snappy {
  static func decompress(_ bytes: [UInt8], size: Int) throws(ParquetProblem) -> [UInt8] {
    var cursor = ByteCursor(bytes)
    let length = try cursor.varint()
    // A copy of 64 bytes takes at least two.
    guard length == UInt64(size), size <= 64 * bytes.count else {
      throw .damaged("a page compressed by Snappy has another size than it says")
    }
    var output: [UInt8] = []
    output.reserveCapacity(size)
    while cursor.left > 0 {
      let tag = Int(bytes[try cursor.take(1)])
      if tag & 3 == 0 {
        let count = try literalLength(tag >> 2, &cursor)
        let start = try cursor.take(count)
        try check(output.count + count <= size)
        output.append(contentsOf: bytes[start..<start + count])
      } else {
        let (offset, count) = try copy(tag, &cursor)
        try check(offset > 0 && offset <= output.count && output.count + count <= size)
        output.append(copiesOf: count, back: offset)
      }
    }
    try check(output.count == size)
    return output
  }

  private static func check(_ isSound: Bool) throws(ParquetProblem) {
    guard isSound else { throw .damaged("a page compressed by Snappy cannot be decompressed") }
  }

  private static func literalLength(
    _ short: Int, _ cursor: inout ByteCursor
  ) throws(ParquetProblem) -> Int {
    short < 60 ? short + 1 : Int(try cursor.littleEndian(short - 59)) + 1
  }

  private static func copy(
    _ tag: Int, _ cursor: inout ByteCursor
  ) throws(ParquetProblem) -> (offset: Int, count: Int) {
    switch tag & 3 {
    case 1: ((tag >> 5) << 8 | Int(try cursor.littleEndian(1)), (tag >> 2 & 7) + 4)
    case 2: (Int(try cursor.littleEndian(2)), tag >> 2 + 1)
    default: (Int(try cursor.littleEndian(4)), tag >> 2 + 1)
    }
  }

  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count / 2 + 16)
    output.append(varint: UInt64(bytes.count))
    var start = 0
    while start < bytes.count {
      let end = min(start + 1 << 16, bytes.count)
      compress(bytes, start..<end, to: &output)
      start = end
    }
    return output
  }

  /// Compresses a block in which 16 bits tell any distance.
  private static func compress(_ bytes: [UInt8], _ block: Range<Int>, to output: inout [UInt8]) {
    var table = [Int32](repeating: -1, count: 1 << 14)
    var literal = block.lowerBound
    var at = block.lowerBound
    var misses = 32
    while at + 8 <= block.upperBound {
      let word = word(bytes, at)
      let slot = Int((word &* 0x1e35_a7bd) >> 18)
      let candidate = Int(table[slot])
      table[slot] = Int32(at - block.lowerBound)
      let match = block.lowerBound + candidate
      guard candidate >= 0, self.word(bytes, match) == word else {
        // Where nothing is found for long, steps grow.
        at += misses >> 5
        misses += 1
        continue
      }
      misses = 32
      append(literal: bytes[literal..<at], to: &output)
      var length = 4
      while at + length < block.upperBound, bytes[match + length] == bytes[at + length] {
        length += 1
      }
      append(copyOf: length, back: at - match, to: &output)
      at += length
      literal = at
    }
    append(literal: bytes[literal..<block.upperBound], to: &output)
  }

  @inline(__always)
  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    precondition(at >= 0 && at + 4 <= bytes.count, "beyond the block")
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: UInt32.self) }
  }

  private static func append(literal bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let last = bytes.count - 1
    if last < 60 {
      output.append(UInt8(last) << 2)
    } else {
      let width = last < 1 << 8 ? 1 : 2
      output.append(UInt8(59 + width) << 2)
      output.append(littleEndian: UInt64(last), width: width)
    }
    output.append(contentsOf: bytes)
  }

  private static func append(copyOf length: Int, back offset: Int, to output: inout [UInt8]) {
    var left = length
    while left > 0 {
      let count = min(left, 64)
      output.append(UInt8(count - 1) << 2 | 2)
      output.append(littleEndian: UInt64(offset), width: 2)
      left -= count
    }
  }
}

extension [UInt8] {
  /// Appends `copies` bytes that repeat those from `distance` bytes before the end on.
  mutating func append(copiesOf copies: Int, back distance: Int) {
    let start = count - distance
    if distance >= copies {
      append(contentsOf: self[start..<start + copies])
    } else {
      for index in 0..<copies { append(self[start + index]) }
    }
  }
}
