import TextAndBytes

/// Two schemas in one, which both have to hold.
enum SchemaMerge {
  /// Throws a dead end where no value can satisfy both.
  static func merge(
    _ a: JSON, _ b: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> JSON {
    switch (a, b) {
    case (.bool(true), _): return b
    case (_, .bool(true)): return a
    case (.bool(false), _), (_, .bool(false)): throw .deadEnd("allows no value")
    case (.object(let fields), .object(let others)):
      var result = fields
      for field in others {
        try budget.spend(1 + result.count / 4)
        if let place = result.firstIndex(where: { $0.key == field.key }) {
          let mine = result[place].value
          guard let value = try both(field.key, mine, field.value, &budget) else {
            // What cannot be one keyword holds beside the others.
            let rest = JSON.object([field])
            result = add(rest, to: result)
            continue
          }
          result[place].value = value
        } else {
          result.append(field)
        }
      }
      return .object(result)
    default: throw .wrong("has a part that is neither an object nor true or false")
    }
  }

  private static func add(_ schema: JSON, to fields: [JSON.Field]) -> [JSON.Field] {
    var fields = fields
    if let place = fields.firstIndex(where: { $0.key == "allOf" }) {
      fields[place].value = .array((fields[place].value.array ?? []) + [schema])
    } else {
      fields.append(JSON.Field("allOf", .array([schema])))
    }
    return fields
  }

  /// One keyword of both; nil: they cannot be one.
  private static func both(
    _ key: String, _ a: JSON, _ b: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> JSON? {
    if try a.isSame(as: b, &budget) { return a }
    switch key {
    case "type": return try types(a, b)
    case "enum": return try values(a, b, &budget)
    case "required": return .array(try union(a.array ?? [], b.array ?? [], &budget))
    case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas":
      return try properties(a, b, &budget)
    case "items", "additionalProperties", "contains", "propertyNames":
      return try merge(a, b, &budget)
    case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains":
      return (a.number ?? 0) > (b.number ?? 0) ? a : b
    case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains":
      return (a.number ?? 0) < (b.number ?? 0) ? a : b
    case "uniqueItems": return .bool(true)
    case "allOf": return .array((a.array ?? []) + (b.array ?? []))
    case "not": return .object([JSON.Field("anyOf", .array([a, b]))])
    case "anyOf", "oneOf", "if", "then", "else", "$ref", "pattern", "format", "multipleOf", "const",
      "prefixItems":
      return nil
    default: return a
    }
  }

  private static func types(_ a: JSON, _ b: JSON) throws(SchemaError) -> JSON {
    let mine = SchemaTypes.names(a)
    let theirs = SchemaTypes.names(b)
    let common =
      mine.filter { name in
        theirs.contains(name) || (name == "integer" && theirs.contains("number"))
      } + theirs.filter { $0 == "integer" && mine.contains("number") && !mine.contains("integer") }
    guard !common.isEmpty else { throw .deadEnd("asks for two types at once") }
    return .array(common.map { .string($0) })
  }

  private static func values(
    _ a: JSON, _ b: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> JSON {
    let theirs = b.array ?? []
    var common: [JSON] = []
    for value in a.array ?? [] where try value.isAmong(theirs, &budget) { common.append(value) }
    guard !common.isEmpty else { throw .deadEnd("has an enum with no value that is allowed") }
    return .array(common)
  }

  private static func union(
    _ a: [JSON], _ b: [JSON], _ budget: inout SchemaBudget
  ) throws(SchemaError) -> [JSON] {
    try budget.spend(a.count + b.count)
    let mine = Set(a)
    return a + b.filter { !mine.contains($0) }
  }

  private static func properties(
    _ a: JSON, _ b: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> JSON {
    guard case .object(var fields) = a, case .object(let others) = b else { return a }
    try budget.spend(fields.count + others.count)
    var places: [String: Int] = [:]
    for (place, field) in fields.enumerated() where places[field.key] == nil {
      places[field.key] = place
    }
    for field in others {
      guard let place = places[field.key] else {
        places[field.key] = fields.count
        fields.append(field)
        continue
      }
      if try !fields[place].value.isSame(as: field.value, &budget) {
        fields[place].value = .object([
          JSON.Field("allOf", .array([fields[place].value, field.value]))
        ])
      }
    }
    return .object(fields)
  }
}

enum SchemaTypes {
  static let all = ["object", "array", "string", "integer", "number", "boolean", "null"]

  static func names(_ value: JSON) -> [String] {
    value.text.map { [$0] } ?? (value.array ?? []).compactMap(\.text)
  }
}
