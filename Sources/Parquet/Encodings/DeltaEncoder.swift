/// The counterpart of `DeltaDecoder`: blocks of 128 differences in four parts.
enum DeltaEncoder {
  static func bytes(_ values: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(varint: 128)
    bytes.append(varint: 4)
    bytes.append(varint: UInt64(values.count))
    bytes.append(zigzag: values.first ?? 0)
    var start = 1
    while start < values.count {
      let end = min(start + 128, values.count)
      append((start..<end).map { values[$0] &- values[$0 - 1] }, to: &bytes)
      start = end
    }
    return bytes
  }

  private static func append(_ deltas: [Int64], to bytes: inout [UInt8]) {
    let least = deltas.min() ?? 0
    let above = deltas.map { UInt64(bitPattern: $0 &- least) }
    let parts = (0..<4).map { part in
      Array(above[min(part * 32, above.count)..<min(part * 32 + 32, above.count)])
    }
    let widths = parts.map { Bits.width($0.max() ?? 0) }
    bytes.append(zigzag: least)
    for width in widths { bytes.append(UInt8(width)) }
    for (part, width) in zip(parts, widths) where !part.isEmpty {
      Bits.append(part + [UInt64](repeating: 0, count: 32 - part.count), width: width, to: &bytes)
    }
  }
}
