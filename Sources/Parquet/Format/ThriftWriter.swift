/// Thrift's compact protocol, as far as Parquet's footers and page headers need it.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var lastField: [Int] = [0]

  private mutating func begin(_ field: Int, kind: UInt8) {
    let step = field - lastField[lastField.count - 1]
    precondition((1...15).contains(step), "fields ascend in small steps")
    bytes.append(UInt8(step) << 4 | kind)
    lastField[lastField.count - 1] = field
  }

  mutating func field(_ field: Int, flag: Bool) { begin(field, kind: flag ? 1 : 2) }

  mutating func field(_ field: Int, int value: Int64) {
    begin(field, kind: 5)
    raw(value)
  }

  mutating func field(_ field: Int, int64 value: Int64) {
    begin(field, kind: 6)
    raw(value)
  }

  mutating func field(_ field: Int, text: String) {
    begin(field, kind: 8)
    raw(text)
  }

  mutating func structure(_ field: Int, _ body: (inout ThriftWriter) -> Void) {
    begin(field, kind: 12)
    element(body)
  }

  mutating func list(_ field: Int, of integers: [Int64]) {
    listHead(field, count: integers.count, kind: 5)
    for value in integers { raw(value) }
  }

  mutating func list(_ field: Int, of texts: [String]) {
    listHead(field, count: texts.count, kind: 8)
    for text in texts { raw(text) }
  }

  /// A list of structures, which follow as `element`.
  mutating func list(_ field: Int, count: Int) { listHead(field, count: count, kind: 12) }

  private mutating func listHead(_ field: Int, count: Int, kind: UInt8) {
    begin(field, kind: 9)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind)
    } else {
      bytes.append(0xf0 | kind)
      bytes.append(varint: UInt64(count))
    }
  }

  mutating func element(_ body: (inout ThriftWriter) -> Void) {
    lastField.append(0)
    body(&self)
    stop()
    lastField.removeLast()
  }

  /// Ends a structure.
  mutating func stop() { bytes.append(0) }

  private mutating func raw(_ value: Int64) { bytes.append(zigzag: value) }

  private mutating func raw(_ text: String) {
    bytes.append(varint: UInt64(text.utf8.count))
    bytes += text.utf8
  }
}

extension [UInt8] {
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func append(zigzag value: Int64) {
    append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// The lowest `width` bytes of a number, the lowest first.
  mutating func append(littleEndian value: UInt64, width: Int) {
    for byte in 0..<width { append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
  }
}
