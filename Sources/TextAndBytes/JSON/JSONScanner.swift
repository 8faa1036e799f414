/// Why a text is no JSON.
package struct JSONFailure: Error {
  /// Bytes from the text's start.
  package var position: Int
  package var expected: String
}

/// Walks through one JSON object, key by key, and finds where each value begins and ends. Every
/// call gets the same bytes, since a span cannot be stored.
package struct JSONScanner {
  /// Deeper nesting is refused: it would use up the stack.
  private static let deepest = 200

  package private(set) var at: Int
  private var isFirst = true
  /// Python writes numbers that are none as NaN, Infinity and -Infinity, which JSON does not have.
  private let allowsNonFinite: Bool

  package init(at: Int = 0, allowsNonFinite: Bool = false) {
    self.at = at
    self.allowsNonFinite = allowsNonFinite
  }

  /// Enters the object.
  package mutating func beginObject(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) {
    skipSpace(bytes)
    try expect(UInt8(ascii: "{"), bytes, "'{'")
  }

  /// The next key, without its quotes, as a range of the bytes; nil at the object's end.
  package mutating func nextKey(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) -> Range<Int>? {
    skipSpace(bytes)
    if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
      at += 1
      return nil
    }
    if !isFirst {
      try expect(UInt8(ascii: ","), bytes, "',' or '}'")
      skipSpace(bytes)
    }
    isFirst = false
    let key = try string(bytes)
    skipSpace(bytes)
    try expect(UInt8(ascii: ":"), bytes, "':'")
    return key.range
  }

  /// The next value of an array, within its brackets; nil at its end.
  package mutating func nextItem(
    _ bytes: borrowing Span<UInt8>, isFirst: Bool
  ) throws(JSONFailure) -> Cell? {
    skipSpace(bytes)
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") { return nil }
    if !isFirst { try expect(UInt8(ascii: ","), bytes, "',' or ']'") }
    return try value(bytes)
  }

  /// The value after a key.
  package mutating func value(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) -> Cell {
    skipSpace(bytes)
    return try value(bytes, depth: 0)
  }

  /// Nothing but space may follow.
  package mutating func end(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) {
    skipSpace(bytes)
    if at < bytes.count { throw JSONFailure(position: at, expected: "the end") }
  }

  private mutating func value(
    _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONFailure) -> Cell {
    guard at < bytes.count else { throw JSONFailure(position: at, expected: "a value") }
    let start = at
    switch bytes[at] {
    case UInt8(ascii: "\""): return try string(bytes)
    case UInt8(ascii: "["):
      try array(bytes, depth: depth + 1)
      return Cell(start: start, end: at, kind: .nested)
    case UInt8(ascii: "{"):
      try object(bytes, depth: depth + 1)
      return Cell(start: start, end: at, kind: .nested)
    case UInt8(ascii: "n"):
      try literal("null", bytes)
      return .absent
    case UInt8(ascii: "t"): try literal("true", bytes)
    case UInt8(ascii: "f"): try literal("false", bytes)
    case UInt8(ascii: "N") where allowsNonFinite:
      try literal("NaN", bytes)
      return .absent
    case UInt8(ascii: "I") where allowsNonFinite: try literal("Infinity", bytes)
    case UInt8(ascii: "-")
    where allowsNonFinite && at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "I"):
      at += 1
      try literal("Infinity", bytes)
    default: try number(bytes)
    }
    return Cell(start: start, end: at, kind: .plain)
  }

  private mutating func array(
    _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONFailure) {
    guard depth <= Self.deepest else {
      throw JSONFailure(position: at, expected: "at most \(Self.deepest) levels of nesting")
    }
    at += 1
    skipSpace(bytes)
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
      at += 1
      return
    }
    while true {
      skipSpace(bytes)
      _ = try value(bytes, depth: depth)
      skipSpace(bytes)
      guard at < bytes.count, bytes[at] == UInt8(ascii: ",") else { break }
      at += 1
    }
    try expect(UInt8(ascii: "]"), bytes, "',' or ']'")
  }

  private mutating func object(
    _ bytes: borrowing Span<UInt8>, depth: Int
  ) throws(JSONFailure) {
    guard depth <= Self.deepest else {
      throw JSONFailure(position: at, expected: "at most \(Self.deepest) levels of nesting")
    }
    var inner = JSONScanner(at: at + 1, allowsNonFinite: allowsNonFinite)
    while try inner.nextKey(bytes) != nil {
      inner.skipSpace(bytes)
      _ = try inner.value(bytes, depth: depth)
    }
    at = inner.at
  }

  private mutating func string(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) -> Cell {
    try expect(UInt8(ascii: "\""), bytes, "'\"'")
    let start = at
    var kind = Cell.Kind.quoted
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return Cell(start: start, end: at - 1, kind: kind)
      }
      if byte == UInt8(ascii: "\\") {
        kind = .escaped
        at += 1
      }
      at += 1
    }
    throw JSONFailure(position: bytes.count, expected: "a closing '\"'")
  }

  private mutating func number(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    var digits = skipDigits(bytes)
    if digits > 0, at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      digits = skipDigits(bytes)
    }
    if digits > 0, at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
        at += 1
      }
      digits = skipDigits(bytes)
    }
    if digits == 0 { throw JSONFailure(position: start, expected: "a value") }
  }

  private mutating func skipDigits(_ bytes: borrowing Span<UInt8>) -> Int {
    let start = at
    while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    return at - start
  }

  private mutating func literal(
    _ text: StaticString, _ bytes: borrowing Span<UInt8>
  ) throws(JSONFailure) {
    let start = at
    for byte in text.description.utf8 {
      guard at < bytes.count, bytes[at] == byte else {
        throw JSONFailure(position: start, expected: "a value")
      }
      at += 1
    }
  }

  private mutating func expect(
    _ byte: UInt8, _ bytes: borrowing Span<UInt8>, _ name: String
  ) throws(JSONFailure) {
    guard at < bytes.count, bytes[at] == byte else {
      throw JSONFailure(position: at, expected: name)
    }
    at += 1
  }

  private mutating func skipSpace(_ bytes: borrowing Span<UInt8>) {
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): at += 1
      default: return
      }
    }
  }
}
