import SimKernel
import TextAndBytes

/// Writes CSV rows into a buffer of about 1 MiB and hands it on whenever it is full. Fields are
/// written digit by digit: a String a field would take most of the time.
struct CSVBuffer: ~Copyable {
  private let bytes: UnsafeMutablePointer<UInt8>
  private var count = 0
  private let sink: ByteSink

  /// No row is longer, whatever its numbers are.
  static let longestRow = 4096
  private static let capacity = 1 << 20

  init(to sink: @escaping ByteSink) {
    bytes = .allocate(capacity: Self.capacity + Self.longestRow)
    self.sink = sink
  }

  deinit { bytes.deallocate() }

  mutating func field(_ text: StaticString) {
    bytes.advanced(by: count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
    separate()
  }

  @inline(__always)
  mutating func field(_ n: Int64) {
    put(n)
    separate()
  }

  /// The shortest digits that read back as the same number; nothing for nil.
  mutating func field(_ x: Double?) {
    if let x {
      for byte in x.description.utf8 { put(byte) }
    }
    separate()
  }

  /// Picoseconds as seconds with 9 decimals, rounded to the nearest; nothing for nil.
  @inline(__always)
  mutating func seconds(_ picoseconds: Instant?) {
    if let picoseconds {
      if picoseconds < 0 { put(UInt8(ascii: "-")) }
      let rounded = picoseconds.magnitude + 500
      // A division of 128 bits is slow.
      let nanoseconds =
        UInt64(exactly: rounded).map { $0 / 1000 } ?? UInt64(clamping: rounded / 1000)
      put(nanoseconds / 1_000_000_000)
      put(UInt8(ascii: "."))
      put(nanoseconds % 1_000_000_000, width: 9)
    }
    separate()
  }

  /// The same; nothing for `.never`.
  @inline(__always)
  mutating func seconds(_ time: SimTime) {
    seconds(time.isNever ? nil : time.picoseconds)
  }

  /// Nothing for nil.
  @inline(__always)
  mutating func field(_ n: Int?) {
    if let n { put(Int64(n)) }
    separate()
  }

  mutating func empty() { separate() }

  /// A name of any length, quoted where CSV asks for it.
  mutating func field(name: String) throws {
    let isPlain = !name.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    let quote = UInt8(ascii: "\"")
    if !isPlain { put(quote) }
    for byte in name.utf8 {
      // Longer names than a row may be are handed on in pieces.
      if count >= Self.capacity { try flush() }
      if byte == quote { put(quote) }
      put(byte)
    }
    if !isPlain { put(quote) }
    separate()
  }

  /// Ends the row, and hands the buffer on when it is full.
  @inline(__always)
  mutating func endRow() throws {
    // The last field's comma makes room for the line's end.
    bytes[count - 1] = UInt8(ascii: "\n")
    if count >= Self.capacity { try flush() }
  }

  /// Hands on what is left.
  mutating func flush() throws {
    try sink(UnsafeRawBufferPointer(start: bytes, count: count))
    count = 0
  }

  @inline(__always)
  private mutating func separate() { put(UInt8(ascii: ",")) }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  @inline(__always)
  private mutating func put(_ n: Int64) {
    if n < 0 { put(UInt8(ascii: "-")) }
    put(n.magnitude)
  }

  @inline(__always)
  private mutating func put(_ n: UInt64) {
    var width = 1
    var bound: UInt64 = 10
    while n >= bound, width < 19 {
      width += 1
      bound *= 10
    }
    put(n, width: width)
  }

  /// The last `width` decimal digits of `n`, two by two: each division waits for the one before.
  @inline(__always)
  private mutating func put(_ n: UInt64, width: Int) {
    var rest = n
    var end = count &+ width
    while end &- count >= 2 {
      let next = rest / 100
      let pair = UInt8(truncatingIfNeeded: rest &- next &* 100)
      bytes[end &- 1] = UInt8(ascii: "0") &+ pair % 10
      bytes[end &- 2] = UInt8(ascii: "0") &+ pair / 10
      rest = next
      end &-= 2
    }
    if end > count { bytes[count] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10) }
    count &+= width
  }
}
