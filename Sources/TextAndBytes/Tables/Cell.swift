/// Where a value lies, as a range of the bytes it was found in.
package struct Cell {
  package var start: Int
  package var end: Int
  package var kind: Kind

  package enum Kind: UInt8 {
    /// Nothing there, an empty CSV cell, or JSON's null.
    case absent
    /// As it stands there.
    case plain
    /// Text that stood in quotes, which are not in the range.
    case quoted
    /// The same with escapes in it: `""` in CSV, backslashes in JSON.
    case escaped
    /// A JSON array or object with its brackets.
    case nested
  }

  static let absent = Cell(start: 0, end: 0, kind: .absent)

  package var range: Range<Int> { start..<end }

  /// The text of a CSV field; quotes within one that stands in none are a part of it.
  func name(_ line: borrowing Span<UInt8>) -> String {
    kind == .escaped
      ? Escapes.csv(line.extracting(range))
      : String(decoding: line.extracting(range).bytes, as: UTF8.self)
  }
}

/// Text with the escapes of its syntax resolved.
package enum Escapes {
  package static func csv(_ text: borrowing Span<UInt8>) -> String {
    var bytes: [UInt8] = []
    var at = 0
    while at < text.count {
      bytes.append(text[at])
      at += text[at] == UInt8(ascii: "\"") ? 2 : 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An escape that is none is left as it stands.
  package static func json(_ text: borrowing Span<UInt8>) -> String {
    var units: [UInt8] = []
    var at = 0
    while at < text.count {
      guard text[at] == UInt8(ascii: "\\"), at + 1 < text.count else {
        units.append(text[at])
        at += 1
        continue
      }
      at += 2
      switch text[at - 1] {
      case UInt8(ascii: "n"): units.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): units.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "r"): units.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "u"):
        guard let scalar = scalar(text, &at) else {
          units.append(contentsOf: "\\u".utf8)
          continue
        }
        units.append(contentsOf: String(Character(scalar)).utf8)
      default: units.append(text[at - 1])
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  /// Reads the four digits after `\u`, and a second half where the first is half of a pair.
  private static func scalar(_ text: borrowing Span<UInt8>, _ at: inout Int) -> Unicode.Scalar? {
    guard let first = hexadecimal(text, at) else { return nil }
    at += 4
    guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    guard at + 1 < text.count, text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u"),
      let second = hexadecimal(text, at + 2), (0xdc00..<0xe000).contains(second)
    else { return "\u{FFFD}" }
    at += 6
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private static func hexadecimal(_ text: borrowing Span<UInt8>, _ start: Int) -> UInt32? {
    guard start + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for at in start..<start + 4 {
      switch text[at] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(text[at] - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(text[at] - 87)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(text[at] - 55)
      default: return nil
      }
    }
    return value
  }
}
