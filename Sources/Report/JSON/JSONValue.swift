import TextAndBytes

/// A JSON document whose objects keep their order, written the same way every time.
package indirect enum JSONValue {
  case null
  case boolean(Bool)
  case integer(UInt64)
  case number(Double)
  case string(String)
  /// Text that is JSON already, such as a number with all its digits.
  case literal(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// A number that is not negative.
  package static func count(_ n: Int) -> JSONValue { .integer(UInt64(n)) }

  /// null for nil.
  package static func optional(_ x: Double?) -> JSONValue { x.map { .number($0) } ?? .null }

  /// The document, indented by two spaces a level, with a newline at its end.
  package var text: String {
    var text = ""
    write(to: &text, indent: "\n")
    return text + "\n"
  }

  /// Adds the document to `text` in one line, without spaces.
  package func writeLine(to text: inout String) {
    switch self {
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.writeLine(to: &text)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { text += "," }
        JSON.quote(field.key, to: &text)
        text += ":"
        field.value.writeLine(to: &text)
      }
      text += "}"
    default: write(to: &text, indent: "")
    }
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .boolean(let b): text += b ? "true" : "false"
    case .integer(let n): text += String(n)
    case .number(let x):
      // The shortest digits that read back as the same number; what is none is not known.
      text += x.isFinite ? x.description : "null"
    case .string(let s): JSON.quote(s, to: &text)
    case .literal(let json): text += json
    case .array(let items):
      Self.write(items, between: "[", "]", to: &text, indent: indent) { item, text, inner in
        item.write(to: &text, indent: inner)
      }
    case .object(let fields):
      Self.write(fields, between: "{", "}", to: &text, indent: indent) { field, text, inner in
        JSON.quote(field.key, to: &text)
        text += ": "
        field.value.write(to: &text, indent: inner)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], between open: String, _ close: String, to text: inout String,
    indent: String, item writeItem: (Item, inout String, String) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      text += index == 0 ? indent + "  " : "," + indent + "  "
      writeItem(item, &text, indent + "  ")
    }
    text += items.isEmpty ? close : indent + close
  }
}
