import SimKernel
import TextAndBytes

/// Makes values that satisfy a JSON schema, as a guided model's answers do: it draws one, and holds
/// it to the schema before it gives it away.
struct SchemaSampler {
  static let attempts = 24

  let references: SchemaReferences
  var random: RandomStream
  var budget: SchemaBudget
  /// Whether parts that may be left out are there.
  var isRich = true
  private var depth = 0
  /// References followed without an object or a list between.
  private var hops = 0

  private init(references: SchemaReferences, random: RandomStream, budget: SchemaBudget) {
    self.references = references
    self.random = random
    self.budget = budget
  }

  /// A value of `schema`; the same seed gets the same one. Throws why there is none.
  static func sample(
    _ schema: JSON, seed: UInt64, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> JSON {
    var sampler = SchemaSampler(
      references: SchemaReferences(root: schema),
      random: RandomStream(seed: seed, .answers), budget: budget)
    defer { budget = sampler.budget }
    var last = SchemaError.deadEnd("allows no value")
    for attempt in 0..<attempts {
      sampler.isRich = attempt % 3 != 2
      do throws(SchemaError) {
        return try sampler.valid(schema)
      } catch {
        if error.isFinal { throw error }
        last = error
      }
    }
    throw .wrong(last.message)
  }

  /// A value that holds what `schema` says, or a dead end.
  private mutating func valid(_ schema: JSON) throws(SchemaError) -> JSON {
    let value = try draw(schema)
    var validator = SchemaValidator(references)
    guard try validator.accepts(value, schema, &budget) else {
      throw .deadEnd("has parts for which no value that satisfies all of them was found")
    }
    return value
  }

  /// A value of a part within an object or a list.
  mutating func inner(_ schema: JSON) throws(SchemaError) -> JSON {
    depth += 1
    let outside = hops
    hops = 0
    defer {
      depth -= 1
      hops = outside
    }
    guard depth <= SchemaBudget.depth else {
      throw .deadEnd("asks for more than \(SchemaBudget.depth) nested levels")
    }
    return try draw(schema)
  }

  /// Deep down what may end does.
  var isDeep: Bool { depth > 3 }

  mutating func draw(_ schema: JSON) throws(SchemaError) -> JSON {
    try budget.spend(on: schema)
    switch schema {
    case .bool(true): return .string(word())
    case .bool(false): throw .deadEnd("allows no value")
    case .object: break
    default: throw .wrong("has a part that is neither an object nor true or false")
    }
    if let reference = schema["$ref"]?.text {
      hops += 1
      defer { hops -= 1 }
      guard hops <= 64 else { throw .wrong("has a $ref that leads to itself") }
      return try draw(
        SchemaMerge.merge(
          references.target(of: reference, &budget), schema.without("$ref"), &budget))
    }
    if let branches = schema["anyOf"] { return try branch(branches, schema, "anyOf") }
    if let branches = schema["oneOf"] { return try branch(branches, schema, "oneOf") }
    if let condition = schema["if"] { return try conditional(condition, schema) }
    if let parts = schema["allOf"]?.array {
      var whole = schema.without("allOf")
      guard let first = parts.first else { return try draw(whole) }
      whole = try SchemaMerge.merge(whole, first, &budget)
      if parts.count > 1 {
        try budget.spend(parts.count / 16)
        whole = try SchemaMerge.merge(
          whole, .object([JSON.Field("allOf", .array(Array(parts.dropFirst())))]), &budget)
      }
      return try draw(whole)
    }
    if schema["not"] != nil { return try avoiding(schema) }
    return try plain(schema)
  }

  /// A value of one of the branches, which holds for the whole.
  private mutating func branch(
    _ value: JSON, _ schema: JSON, _ key: String
  ) throws(SchemaError) -> JSON {
    guard let branches = value.array, !branches.isEmpty else {
      throw .wrong("has '\(key)' that is no list of schemas")
    }
    try budget.spend(branches.count)
    let rest = schema.without(key)
    var order = branches.shuffled(using: &random)
    if isDeep || !isRich { order = branches.sorted { Self.weight($0) < Self.weight($1) } }
    var last = SchemaError.deadEnd("allows no value")
    for branch in order {
      do throws(SchemaError) {
        let value = try draw(SchemaMerge.merge(rest, branch, &budget))
        var validator = SchemaValidator(references)
        if key == "anyOf" { return value }
        if try validator.accepts(value, schema, &budget) { return value }
        last = .deadEnd("has a oneOf of which no branch alone was satisfied")
      } catch {
        if error.isFinal { throw error }
        last = error
      }
    }
    throw last
  }

  /// Roughly how much a value of a schema takes.
  private static func weight(_ schema: JSON) -> Int {
    if schema.raw("const") != nil || schema["enum"] != nil { return 0 }
    if schema["$ref"] != nil || schema["anyOf"] != nil || schema["allOf"] != nil { return 4 }
    switch SchemaTypes.names(schema["type"] ?? .null).first {
    case "null", "boolean": return 0
    case "integer", "number", "string": return 1
    case "array": return 2
    default: return 3
    }
  }

  private mutating func conditional(
    _ condition: JSON, _ schema: JSON
  ) throws(SchemaError) -> JSON {
    let rest = schema.without("if", "then", "else")
    var ways = [try SchemaMerge.merge(condition, schema["then"] ?? .bool(true), &budget)]
    ways.append(schema["else"] ?? .bool(true))
    if random.integer(below: 2) == 1 { ways.swapAt(0, 1) }
    var last = SchemaError.deadEnd("allows no value")
    for way in ways {
      do throws(SchemaError) {
        let value = try draw(SchemaMerge.merge(rest, way, &budget))
        var validator = SchemaValidator(references)
        if try validator.accepts(value, schema, &budget) { return value }
      } catch {
        if error.isFinal { throw error }
        last = error
      }
    }
    throw last
  }

  private mutating func avoiding(_ schema: JSON) throws(SchemaError) -> JSON {
    let rest = schema.without("not")
    for _ in 0..<Self.attempts {
      let value = try draw(rest)
      var validator = SchemaValidator(references)
      if try validator.accepts(value, schema, &budget) { return value }
    }
    throw .deadEnd("has a 'not' that no value was found to avoid")
  }

  /// What has no logic left.
  private mutating func plain(_ schema: JSON) throws(SchemaError) -> JSON {
    if let only = schema.raw("const") { return only }
    if let values = schema["enum"] {
      guard let values = values.array, !values.isEmpty else { throw .wrong("has an empty enum") }
      return values[random.integer(below: values.count)]
    }
    switch try type(of: schema) {
    case "null": return .null
    case "boolean": return .bool(random.integer(below: 2) == 1)
    case "integer": return try integer(schema)
    case "number": return try number(schema)
    case "string": return .string(try text(schema))
    case "array": return try list(schema)
    default: return try object(schema)
    }
  }

  private mutating func type(of schema: JSON) throws(SchemaError) -> String {
    if let type = schema["type"] {
      var names = SchemaTypes.names(type)
      guard !names.isEmpty, names.allSatisfy(SchemaTypes.all.contains) else {
        throw .wrong("has the unknown type \(type.compact)")
      }
      // A value says more than none.
      if names.count > 1 { names.removeAll { $0 == "null" } }
      return names[random.integer(below: names.count)]
    }
    let keys = (schema.fields ?? []).map(\.key)
    func has(_ some: String...) -> Bool { some.contains(where: keys.contains) }
    if has("properties", "required", "additionalProperties", "patternProperties", "minProperties") {
      return "object"
    }
    if has("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains") {
      return "array"
    }
    if has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") {
      return "number"
    }
    return "string"
  }
}
