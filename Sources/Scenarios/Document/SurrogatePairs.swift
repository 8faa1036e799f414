import TextAndBytes

/// JSON text whose characters beyond U+FFFF are written as two escapes, `\ud83d\ude00`, with these
/// characters in their places: YAML knows no such pairs. Lines stay as they are.
struct SurrogatePairs {
  private(set) var text: String
  /// The line of the first half without its other one.
  private(set) var loneOn: Int?

  /// Escapes are told by what JSON takes for strings, so what is no JSON (`isJSON`) is read wrongly.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    var joined: [UInt8] = []
    joined.reserveCapacity(bytes.count)
    var (index, line, isInString) = (0, 1, false)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard isInString, byte == UInt8(ascii: "\\") else {
        if byte == UInt8(ascii: "\"") { isInString.toggle() }
        joined.append(byte)
        index += 1
        continue
      }
      guard let first = Self.unit(bytes, at: index), (0xD800...0xDFFF).contains(first) else {
        joined += bytes[index..<min(index + 2, bytes.count)]
        index += 2
        continue
      }
      if let second = Self.unit(bytes, at: index + 6), let scalar = Self.scalar(first, second) {
        joined += Array(String(Character(scalar)).utf8)
        index += 12
      } else {
        loneOn = loneOn ?? line
        index += 6
      }
    }
    self.text = String(decoding: joined, as: UTF8.self)
  }

  var isJSON: Bool { JSON(text: text) != nil }

  static let lone =
    #"found half of a character: \ud800 to \udfff stand in pairs, as in "\ud83d\ude00""#
  static let inYAML =
    #"found half of a character: pairs of \ud800 to \udfff are JSON's, and this is none; in YAML "#
    + #"write "\U0001f600", or the character itself"#

  /// Whether there are any, wherever they stand.
  static func areIn(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { (0xD800...0xDFFF).contains(unit(bytes, at: $0) ?? 0) }
  }

  /// The code of an escape like `\ud83d` at `index`; nil: something else stands there.
  private static func unit(_ bytes: [UInt8], at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[index + 2..<index + 6]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private static func scalar(_ first: UInt32, _ second: UInt32) -> Unicode.Scalar? {
    guard (0xD800...0xDBFF).contains(first), (0xDC00...0xDFFF).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
  }
}
