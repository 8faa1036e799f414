/// The counterpart of `DeltaDecoder`: blocks of 128 differences in four parts.
enum DeltaEncoder {
  private static let blockSize = 128
  private static let partSize = 32

  static func bytes(_ values: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(varint: UInt64(blockSize))
    bytes.append(varint: UInt64(blockSize / partSize))
    bytes.append(varint: UInt64(values.count))
    bytes.append(zigzag: values.first ?? 0)
    bytes.reserveCapacity(values.count * 6)
    var above = [UInt64](repeating: 0, count: blockSize)
    var start = 1
    while start < values.count {
      let end = min(start + blockSize, values.count)
      append(values, start..<end, above: &above, to: &bytes)
      start = end
    }
    return bytes
  }

  /// A block; `above` is room for how far its differences are above the least one.
  private static func append(
    _ values: [Int64], _ block: Range<Int>, above: inout [UInt64], to bytes: inout [UInt8]
  ) {
    var least = Int64.max
    for index in block { least = min(least, values[index] &- values[index - 1]) }
    for index in 0..<blockSize {
      let at = block.lowerBound + index
      above[index] =
        at < block.upperBound
        ? UInt64(bitPattern: values[at] &- values[at - 1] &- least) : 0
    }
    bytes.append(zigzag: least)
    let widths = bytes.count
    for part in stride(from: 0, to: blockSize, by: partSize) {
      var bits: UInt64 = 0
      for index in part..<part + partSize { bits |= above[index] }
      bytes.append(UInt8(Bits.width(bits)))
    }
    // Parts behind the last value have no bytes.
    for part in stride(from: 0, to: block.count, by: partSize) {
      let width = Int(bytes[widths + part / partSize])
      pack(above, part..<part + partSize, width: width, to: &bytes)
    }
  }

  /// A part's numbers, whose bits make up whole words of 32.
  private static func pack(
    _ numbers: [UInt64], _ part: Range<Int>, width: Int, to bytes: inout [UInt8]
  ) {
    guard width > 0 else { return }
    var word: UInt64 = 0
    var used = 0
    for index in part {
      let number = numbers[index]
      word |= number << UInt64(used)
      used += width
      guard used >= 64 else { continue }
      bytes.append(word: word)
      used -= 64
      word = number >> UInt64(width - used)
    }
    if used > 0 { bytes.append(littleEndian: word, width: used / 8) }
  }
}

extension [UInt8] {
  fileprivate mutating func append(word: UInt64) {
    Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
  }
}
