/// Whether a byte of JSON stands in a string, byte by byte from its first quote on.
struct JSONStringScan {
  private(set) var isInside = false
  private var isEscaped = false

  mutating func begin() { isInside = true }

  /// Takes the next byte of the string; true where it is the closing quote.
  @inline(__always)
  mutating func ends(with byte: UInt8) -> Bool {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInside = false
    }
    return !isInside
  }
}
