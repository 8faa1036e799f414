import TextAndBytes

/// Tells whether a value satisfies a schema of JSON Schema 2020-12. Formats are not looked at.
struct SchemaValidator {
  let references: SchemaReferences
  private var depth = 0

  init(_ references: SchemaReferences) { self.references = references }

  mutating func accepts(
    _ value: JSON, _ schema: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 4 * SchemaBudget.depth else { throw .wrong("has a $ref that leads to itself") }
    try budget.spend(on: schema)
    switch schema {
    case .bool(let all): return all
    case .object: break
    default: throw .wrong("has a part that is neither an object nor true or false")
    }
    guard try isOfType(value, schema, &budget), try holdsLogic(value, schema, &budget) else {
      return false
    }
    switch value {
    case .integer, .number: return try holdsNumber(value, schema)
    case .string(let text): return try holdsText(text, schema, &budget)
    case .array, .integers: return try holdsItems(value.array ?? [], schema, &budget)
    case .object(let fields): return try holdsFields(fields, value, schema, &budget)
    default: return true
    }
  }

  private func isOfType(
    _ value: JSON, _ schema: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Bool {
    if schema["nullable"]?.flag == true, value == .null { return true }
    if let type = schema["type"] {
      let names = SchemaTypes.names(type)
      guard !names.isEmpty, names.allSatisfy(SchemaTypes.all.contains) else {
        throw .wrong("has the unknown type \(type.compact)")
      }
      guard names.contains(where: value.hasType) else { return false }
    }
    if let only = schema.raw("const"), try !only.isSame(as: value, &budget) { return false }
    if let values = schema["enum"] {
      guard let values = values.array, !values.isEmpty else { throw .wrong("has an empty enum") }
      return try value.isAmong(values, &budget)
    }
    return true
  }

  private mutating func holdsLogic(
    _ value: JSON, _ schema: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Bool {
    if let reference = schema["$ref"]?.text {
      guard try accepts(value, references.target(of: reference, &budget), &budget) else {
        return false
      }
    }
    for part in schema["allOf"]?.array ?? [] {
      guard try accepts(value, part, &budget) else { return false }
    }
    if let any = schema["anyOf"]?.array, try count(value, any, upTo: 1, &budget) == 0 {
      return false
    }
    if let one = schema["oneOf"]?.array, try count(value, one, upTo: 2, &budget) != 1 {
      return false
    }
    if let not = schema["not"], try accepts(value, not, &budget) { return false }
    if let condition = schema["if"] {
      let branch = try accepts(value, condition, &budget) ? schema["then"] : schema["else"]
      if let branch { return try accepts(value, branch, &budget) }
    }
    return true
  }

  private mutating func count(
    _ value: JSON, _ schemas: [JSON], upTo most: Int, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Int {
    var count = 0
    for schema in schemas where count < most {
      if try accepts(value, schema, &budget) { count += 1 }
    }
    return count
  }

  private func holdsNumber(_ value: JSON, _ schema: JSON) throws(SchemaError) -> Bool {
    guard let number = value.number, number.isFinite else { return false }
    let bounds = try NumberBounds(schema)
    return bounds.contains(number)
  }

  private func holdsText(
    _ text: String, _ schema: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Bool {
    try budget.spend(text.utf8.count / 64)
    let length = text.unicodeScalars.count
    let least = try schema.count("minLength") ?? 0
    let most = try schema.count("maxLength") ?? .max
    guard length >= least, length <= most else { return false }
    guard let pattern = schema["pattern"]?.text else { return true }
    return try PatternMatcher.finds(try PatternParser.parse(pattern, &budget), in: text, &budget)
  }

  private mutating func holdsItems(
    _ items: [JSON], _ schema: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Bool {
    let least = try schema.count("minItems") ?? 0
    let most = try schema.count("maxItems") ?? .max
    guard items.count >= least, items.count <= most else { return false }
    let prefix = ItemSchemas(schema)
    for (place, item) in items.enumerated() {
      guard let schema = prefix[place] else { continue }
      guard try accepts(item, schema, &budget) else { return false }
    }
    if schema["uniqueItems"]?.flag == true {
      for (place, item) in items.enumerated() {
        if try item.isAmong(Array(items[..<place]), &budget) { return false }
      }
    }
    guard let wanted = schema["contains"] else { return true }
    var found = 0
    for item in items where try accepts(item, wanted, &budget) { found += 1 }
    let fewest = try schema.count("minContains") ?? 1
    let greatest = try schema.count("maxContains") ?? .max
    return found >= fewest && found <= greatest
  }

  private mutating func holdsFields(
    _ fields: [JSON.Field], _ value: JSON, _ schema: JSON, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Bool {
    let least = try schema.count("minProperties") ?? 0
    let most = try schema.count("maxProperties") ?? .max
    guard fields.count >= least, fields.count <= most else { return false }
    let names = Set(fields.map(\.key))
    for name in schema["required"]?.array ?? [] {
      try budget.spend()
      guard let name = name.text else { throw .wrong("has a required name that is no text") }
      guard names.contains(name) else { return false }
    }
    let parts = PropertySchemas(schema)
    for field in fields {
      for part in try parts.schemas(for: field.key, &budget) {
        guard try accepts(field.value, part, &budget) else { return false }
      }
      if let names = schema["propertyNames"], try !accepts(.string(field.key), names, &budget) {
        return false
      }
      try budget.spend(on: schema)
      if let dependent = schema["dependentRequired"] {
        try budget.spend(on: dependent)
        for name in dependent.raw(field.key)?.array ?? [] {
          try budget.spend()
          guard let name = name.text, names.contains(name) else { return false }
        }
      }
      if let dependent = schema["dependentSchemas"] {
        try budget.spend(on: dependent)
        if let part = dependent.raw(field.key), try !accepts(value, part, &budget) { return false }
      }
    }
    return true
  }
}
