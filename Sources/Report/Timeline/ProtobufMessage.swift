/// A message of Protocol Buffers in the making. Fields go by their numbers.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ field: Int, _ value: UInt64) {
    varint(UInt64(field << 3))
    varint(value)
  }

  mutating func add(_ field: Int, _ value: Int) { add(field, UInt64(value)) }

  mutating func add(_ field: Int, _ text: String) { add(field, bytes: Array(text.utf8)) }

  mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, bytes: message.bytes) }

  /// An empty message is there, unlike no message.
  mutating func add(_ field: Int, _ fill: (inout ProtobufMessage) -> Void) {
    var message = ProtobufMessage()
    fill(&message)
    add(field, message)
  }

  private mutating func add(_ field: Int, bytes part: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(part.count))
    bytes += part
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
