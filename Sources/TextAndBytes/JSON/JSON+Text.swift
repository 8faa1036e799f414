/// JSON to text and back.
extension JSON {
  /// Without spaces or line breaks.
  package var compact: String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  /// Indented by two spaces a level, with a line ending.
  package var document: String {
    var text = ""
    write(to: &text, indent: "\n")
    return text + "\n"
  }

  private func write(to text: inout String, indent: String?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let digits): text += digits
    case .string(let string): Self.quote(string, to: &text)
    case .integers(let items):
      text += "[" + items.map { String($0) }.joined(separator: indent == nil ? "," : ", ") + "]"
    case .array(let items):
      Self.write(items, between: "[", "]", to: &text, indent: indent) { item, text, inner in
        item.write(to: &text, indent: inner)
      }
    case .object(let fields):
      Self.write(fields, between: "{", "}", to: &text, indent: indent) { field, text, inner in
        Self.quote(field.key, to: &text)
        text += inner == nil ? ":" : ": "
        field.value.write(to: &text, indent: inner)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], between open: String, _ close: String, to text: inout String,
    indent: String?, item writeItem: (Item, inout String, String?) -> Void
  ) {
    let inner = indent.map { $0 + "  " }
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += inner }
      writeItem(item, &text, inner)
    }
    if !items.isEmpty, let indent { text += indent }
    text += close
  }

  /// Appends the text in quotes, with what JSON wants escaped.
  package static func quote(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\0"..<" ", "\u{7F}":
        let code = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// Reads a text that is one value.
  package init(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) {
    var parser = JSONParser()
    self = try parser.document(bytes)
  }

  /// Reads a text that is one value.
  package init?(text: String) {
    let bytes = Array(text.utf8)
    guard let value = try? JSON(bytes.span) else { return nil }
    self = value
  }

  /// The values of a file, one after the other and each over any number of lines, with the line that
  /// each begins on.
  package static func documents(
    _ path: String, limit: Int = 1 << 29
  ) throws(FileProblem) -> [(value: JSON, line: Int)] {
    let text = try ByteSource.contents(path: path, limit: limit)
    var documents: [(value: JSON, line: Int)] = []
    var parser = JSONParser()
    var line = 1
    var counted = 0
    do throws(JSONFailure) {
      while let (value, start) = try parser.next(text.span) {
        line += text[counted..<start].count { $0 == UInt8(ascii: "\n") }
        counted = start
        documents.append((value, line))
      }
    } catch {
      let isEarly = error.position >= text.count
      let end = isEarly ? (text.lastIndex { $0 > UInt8(ascii: " ") } ?? 0) : error.position
      let found = 1 + text.prefix(end).count { $0 == UInt8(ascii: "\n") }
      throw FileProblem(
        file: path, line: found,
        message: isEarly
          ? "the JSON ends early, where \(error.expected) is expected; is the file a part of a download?"
          : "no JSON object: expected \(error.expected)")
    }
    return documents
  }

  /// A file that holds one value.
  package static func file(_ path: String, limit: Int = 1 << 28) throws(FileProblem) -> JSON {
    let text = try ByteSource.contents(path: path, limit: limit)
    do throws(JSONFailure) {
      return try JSON(text.span)
    } catch {
      let line = 1 + text.prefix(error.position).count { $0 == UInt8(ascii: "\n") }
      throw FileProblem(
        file: path, line: line, message: "no JSON object: expected \(error.expected)")
    }
  }
}

/// Builds the value of a text.
private struct JSONParser {
  private static let deepest = 100
  private var scanner = JSONScanner(allowsNonFinite: true)

  mutating func document(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) -> JSON {
    let cell = try scanner.value(bytes)
    try scanner.end(bytes)
    // The scanner has checked the form, so that what follows only takes it apart.
    return value(bytes, cell)
  }

  /// The next of several values; nil at the end.
  mutating func next(
    _ bytes: borrowing Span<UInt8>
  ) throws(JSONFailure) -> (value: JSON, at: Int)? {
    guard (try? scanner.end(bytes)) == nil else { return nil }
    let start = scanner.at
    let cell = try scanner.value(bytes)
    return (value(bytes, cell), start)
  }

  private func value(_ bytes: borrowing Span<UInt8>, _ cell: Cell) -> JSON {
    let part = bytes.extracting(cell.range)
    switch cell.kind {
    case .absent: return .null
    case .quoted, .escaped: return .string(Escapes.json(part))
    case .plain: return scalar(part)
    case .nested:
      return bytes[cell.start] == UInt8(ascii: "[") ? array(part) : object(part)
    }
  }

  private func scalar(_ text: borrowing Span<UInt8>) -> JSON {
    if text[0] == UInt8(ascii: "t") { return .bool(true) }
    if text[0] == UInt8(ascii: "f") { return .bool(false) }
    // As a word, since no number says it.
    if text[text.count - 1] == UInt8(ascii: "y") { return .string(Escapes.json(text)) }
    for at in 0..<text.count where text[at] != UInt8(ascii: "-") && text[at] &- 48 > 9 {
      return .number(Escapes.json(text))
    }
    return Numbers.integer(text).map { .integer($0) } ?? .number(Escapes.json(text))
  }

  private func array(_ text: borrowing Span<UInt8>) -> JSON {
    var integers: [Int64] = []
    if text[1] != UInt8(ascii: "\""), isPlain(text), Numbers.appendList(text, to: &integers),
      !integers.isEmpty
    {
      return .integers(integers)
    }
    var items: [JSON] = []
    var inner = JSONScanner(at: 1, allowsNonFinite: true)
    while let cell = try? inner.nextItem(text, isFirst: items.isEmpty) {
      items.append(value(text, cell))
    }
    return .array(items)
  }

  /// Only digits, signs, commas and space: `1.0` keeps its form elsewhere.
  private func isPlain(_ text: borrowing Span<UInt8>) -> Bool {
    for at in 1..<text.count - 1 {
      switch text[at] {
      case 0x30...0x39, 0x2D, 0x2C, 0x20, 0x0A, 0x0D, 0x09: continue
      default: return false
      }
    }
    return true
  }

  private func object(_ text: borrowing Span<UInt8>) -> JSON {
    var fields: [JSON.Field] = []
    var inner = JSONScanner(allowsNonFinite: true)
    guard (try? inner.beginObject(text)) != nil else { return .object([]) }
    while let key = try? inner.nextKey(text), let cell = try? inner.value(text) {
      fields.append(JSON.Field(Escapes.json(text.extracting(key)), value(text, cell)))
    }
    return .object(fields)
  }
}

extension JSON {
  /// Whether the text is a number as JSON writes it.
  package static func isNumber(_ text: String) -> Bool {
    switch JSON(text: text) {
    case .integer, .number: !text.hasPrefix("0") || text.count == 1 || text.hasPrefix("0.")
    default: false
    }
  }
}
