import TraceArchive

extension JSON {
  /// The value of an object's key, null included; nil where there is none.
  func raw(_ key: String) -> JSON? { fields?.first { $0.key == key }?.value }

  func without(_ keys: String...) -> JSON {
    guard case .object(let fields) = self else { return self }
    return .object(fields.filter { !keys.contains($0.key) })
  }

  /// Whether it is the same value, however it is written.
  func isSame(as other: JSON) -> Bool {
    if let mine = number, let theirs = other.number { return mine == theirs }
    if let mine = array, let theirs = other.array {
      return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isSame(as: $1) }
    }
    if let mine = fields, let theirs = other.fields {
      return mine.count == theirs.count
        && mine.allSatisfy { field in
          other.raw(field.key).map { $0.isSame(as: field.value) } ?? false
        }
    }
    return self == other
  }

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
