/// The counterpart of `RunLengthDecoder`.
enum RunLengthEncoder {
  /// Runs of eight and more of the same value as such, the others packed.
  static func bytes(_ values: [UInt32], width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var at = 0
    var packed = 0
    while at < values.count {
      var end = at + 1
      while end < values.count, values[end] == values[at] { end += 1 }
      // Packed values come in eights, so a run gives them what they lack.
      let missing = (8 - (at - packed) % 8) % 8
      guard end - at >= missing + 8 else {
        at = end
        continue
      }
      append(packed: values[packed..<at + missing], width, to: &bytes)
      bytes.append(varint: UInt64(end - at - missing) << 1)
      bytes.append(littleEndian: UInt64(values[at]), width: (width + 7) / 8)
      at = end
      packed = end
    }
    append(packed: values[packed...], width, to: &bytes)
    return bytes
  }

  private static func append(
    packed values: ArraySlice<UInt32>, _ width: Int, to bytes: inout [UInt8]
  ) {
    guard !values.isEmpty else { return }
    let groups = (values.count + 7) / 8
    bytes.append(varint: UInt64(groups) << 1 | 1)
    let filled =
      values.map { UInt64($0) } + [UInt64](repeating: 0, count: groups * 8 - values.count)
    Bits.append(filled, width: width, to: &bytes)
  }
}
