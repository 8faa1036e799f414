import TextAndBytes

extension JSON {
  /// The value of an object's key, null included; nil where there is none.
  func raw(_ key: String) -> JSON? { fields?.first { $0.key == key }?.value }

  func without(_ keys: String...) -> JSON {
    guard case .object(let fields) = self else { return self }
    return .object(fields.filter { !keys.contains($0.key) })
  }

  /// Whether it is the same value, however it is written.
  func isSame(as other: JSON, _ budget: inout SchemaBudget) throws(SchemaError) -> Bool {
    try budget.spend()
    if let mine = number, let theirs = other.number { return mine == theirs }
    switch (self, other) {
    case (.integers(let mine), .integers(let theirs)):
      try budget.spend(mine.count / 64)
      return mine == theirs
    case (.array, .array), (.array, .integers), (.integers, .array):
      guard let mine = array, let theirs = other.array, mine.count == theirs.count else {
        return false
      }
      for (item, their) in zip(mine, theirs) {
        guard try item.isSame(as: their, &budget) else { return false }
      }
      return true
    case (.object(let mine), .object(let theirs)):
      guard mine.count == theirs.count else { return false }
      for field in mine {
        try budget.spend(on: other)
        guard let their = other.raw(field.key), try field.value.isSame(as: their, &budget) else {
          return false
        }
      }
      return true
    case (.string(let mine), .string(let theirs)):
      try budget.spend(min(mine.utf8.count, theirs.utf8.count) / 256)
      return mine == theirs
    default: return self == other
    }
  }

  /// Whether one of `values` is the same.
  func isAmong(_ values: [JSON], _ budget: inout SchemaBudget) throws(SchemaError) -> Bool {
    for value in values where try value.isSame(as: self, &budget) { return true }
    return false
  }

  /// Names that an object has; 0 for other values.
  var fieldCount: Int { if case .object(let fields) = self { fields.count } else { 0 } }

  /// The value of a number, not of a text that looks like one.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let digits): Double(digits)
    default: nil
    }
  }

  /// A count, such as `minItems`; nil: there is none.
  func count(_ key: String) throws(SchemaError) -> Int? {
    guard let value = raw(key) else { return nil }
    guard let number = value.number, number >= 0, number == number.rounded() else {
      throw .wrong("has '\(key)' \(value.compact), which is no count")
    }
    return Int(min(number, 1e15))
  }

  /// The name that JSON Schema has for its type; whole numbers are `integer`.
  var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .number:
      number.map { $0 == $0.rounded() && abs($0) < 1e15 } ?? false ? "integer" : "number"
    case .string: "string"
    case .array, .integers: "array"
    case .object: "object"
    }
  }

  func hasType(_ name: String) -> Bool {
    typeName == name || (name == "number" && typeName == "integer")
  }
}
