package import TextAndBytes

/// What the catalogue knows of one accelerator or model, field by field.
package struct CatalogEntry {
  struct Field {
    var name: String
    var value: JSON
    /// `GiB`; empty for names and counts.
    var unit: String
    /// How it came about where it is not the entry's source that says so.
    var origin: String?
  }

  let id: String
  private let source: String
  private let note: String
  private var fields: [Field] = []

  init(id: String, source: String, note: String) {
    self.id = id
    self.source = source
    self.note = note
  }

  /// Unknown is said, not left out.
  mutating func add(_ name: String, _ value: Double?, _ unit: String, _ origin: String? = nil) {
    fields.append(Field(name: name, value: .optional(value), unit: unit, origin: origin))
  }

  mutating func add(_ name: String, _ count: Int, _ unit: String = "") {
    fields.append(Field(name: name, value: .count(count), unit: unit))
  }

  mutating func add(_ name: String, _ words: String, _ origin: String? = nil) {
    fields.append(Field(name: name, value: .string(words), unit: "", origin: origin))
  }

  /// Each field with its value and unit, within 80 characters; the last row says where all values
  /// are from that have no origin in brackets.
  package var text: String {
    var rows = fields.map { field in
      (field.name, Self.text(field) + (field.origin.map { " (\($0))" } ?? ""))
    }
    if !note.isEmpty { rows.append(("note", note)) }
    rows.append(("source", source))
    let width = rows.map(\.0.count).max() ?? 0
    return rows.flatMap {
      TextLayout.row([($0.0, width), ($0.1, TextLayout.width - width - 2)])
    }.map { $0 + "\n" }.joined()
  }

  /// An object with a value, a unit and a source for each field.
  package var json: JSON {
    let described = fields.map { field in
      let unit: JSON = field.unit.isEmpty ? .null : .string(field.unit)
      return (
        key: field.name,
        value: JSON.object(of: [
          (key: "value", value: field.value), (key: "unit", value: unit),
          (key: "source", value: .string(field.origin ?? source)),
        ])
      )
    }
    return .object(
      of: [(key: "id", value: .string(id))] + described + [(key: "note", value: .string(note))])
  }

  private static func text(_ field: Field) -> String {
    let value: String
    switch field.value {
    case .number(let digits): value = Double(digits).map(CatalogTable.number) ?? digits
    case .integer(let n): value = String(n)
    case .string(let words): value = words
    default: return "not published"
    }
    return field.unit.isEmpty ? value : "\(value) \(field.unit)"
  }
}
