import TextAndBytes

/// A schema and what its references lead to.
struct SchemaReferences {
  let root: JSON

  /// The target of a `$ref`: a place in the schema itself.
  func target(
    of reference: String, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> JSON {
    try budget.spend(reference.utf8.count / 16)
    guard reference.hasPrefix("#") else {
      throw .wrong(
        "has the $ref '\(reference)'; only places in the schema itself, '#/...', are read")
    }
    if reference == "#" { return root }
    guard reference.hasPrefix("#/") else {
      return try anchor(String(reference.dropFirst()), &budget)
    }
    var place = root
    for part in reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
      let name = Self.unescape(part)
      try budget.spend(on: place)
      if let next = place.raw(name) {
        place = next
      } else if let index = Int(name), let items = place.array, items.indices.contains(index) {
        try budget.spend(items.count / 16)
        place = items[index]
      } else {
        throw .wrong("has the $ref '\(reference)', which leads nowhere")
      }
    }
    return place
  }

  private func anchor(
    _ name: String, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> JSON {
    for key in ["$defs", "definitions"] {
      for field in root[key]?.fields ?? [] {
        try budget.spend(on: field.value)
        if field.value["$anchor"]?.text == name || field.value["$id"]?.text == "#\(name)" {
          return field.value
        }
      }
    }
    throw .wrong("has the $ref '#\(name)', which leads nowhere")
  }

  private static func unescape(_ part: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(part.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else if byte == UInt8(ascii: "~"), let next = rest.first, next == 0x30 || next == 0x31 {
        bytes.append(next == 0x30 ? UInt8(ascii: "~") : UInt8(ascii: "/"))
        rest = rest.dropFirst()
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
