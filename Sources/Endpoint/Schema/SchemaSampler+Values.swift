import SimKernel
import TextAndBytes

extension SchemaSampler {
  mutating func integer(_ schema: JSON) throws(SchemaError) -> JSON {
    let bounds = try NumberBounds(schema)
    // Doubles tell all whole numbers up to here apart.
    let limit = 9e15
    let least = bounds.least.rounded(.up)
    let most = bounds.most.rounded(.down)
    for attempt in 0..<Self.attempts {
      let step = (bounds.step ?? 1).rounded() == bounds.step ?? 1 ? max(1, bounds.step ?? 1) : 1
      let value = try multiple(of: step, least, most, attempt)
      if value == value.rounded(), abs(value) <= limit, bounds.contains(value) {
        return .integer(Int64(value))
      }
    }
    throw .deadEnd("has a range without a whole number")
  }

  mutating func number(_ schema: JSON) throws(SchemaError) -> JSON {
    let bounds = try NumberBounds(schema)
    for attempt in 0..<Self.attempts {
      let value: Double
      if let step = bounds.step {
        value = try multiple(of: step, bounds.least, bounds.most, attempt)
      } else {
        value = within(bounds.least, bounds.most)
      }
      guard value.isFinite, bounds.contains(value) else { continue }
      return value == value.rounded() && abs(value) < 9e15
        ? .number("\(Int64(value)).0") : .number(value.description)
    }
    throw .deadEnd("has a range without a number")
  }

  /// A multiple of `step` that is not far from the nearest bound, or from 0 without bounds.
  private mutating func multiple(
    of step: Double, _ least: Double, _ most: Double, _ attempt: Int
  ) throws(SchemaError) -> Double {
    guard least <= most else { throw .deadEnd("has a least number above the greatest") }
    let spread = Double(random.integer(below: attempt + 2 < Self.attempts ? 100 : 2))
    if least.isFinite {
      let first = (least / step).rounded(.up)
      let room = most.isFinite ? ((most / step).rounded(.down) - first) : 100
      return (first + (room > 0 ? spread.truncatingRemainder(dividingBy: room + 1) : 0)) * step
    }
    if most.isFinite { return ((most / step).rounded(.down) - spread) * step }
    return spread * step
  }

  /// A number with few digits, where there is one.
  private mutating func within(_ least: Double, _ most: Double) -> Double {
    let low = least.isFinite ? least : most.isFinite ? most - 100 : 0
    let high = most.isFinite ? most : low + 100
    let value = low + (high - low) * random.uniform()
    for digits in [10.0, 100, 10_000, 1e8] {
      let short = (value * digits).rounded() / digits
      if short > low, short < high { return short }
    }
    return low == high ? low : value
  }

  mutating func text(_ schema: JSON) throws(SchemaError) -> String {
    let least = try schema.count("minLength") ?? 0
    let most = try schema.count("maxLength") ?? .max
    guard least <= most else { throw .deadEnd("has a minLength above the maxLength") }
    guard least <= SchemaBudget.size else {
      throw .wrong("has a minLength above \(SchemaBudget.size)")
    }
    if let source = schema["pattern"] {
      guard let source = source.text else { throw .wrong("has a pattern that is no text") }
      let pattern = try PatternParser.parse(source, &budget)
      return try PatternSampler.sample(pattern, lengths: least...most, &random, &budget)
    }
    if let format = schema["format"]?.text, let text = FormatSamples.text(format, &random) {
      guard (least...most).contains(text.unicodeScalars.count) else {
        throw .deadEnd("has the format '\(format)' with lengths that it does not have")
      }
      return text
    }
    var text = word()
    let wanted = max(least, 4 + random.integer(below: 24))
    try budget.spend(wanted / 8)
    while text.utf8.count < wanted { text += " " + word() }
    return String(text.prefix(max(least, min(most, wanted))))
  }

  mutating func word() -> String {
    String(
      decoding: (0..<3).flatMap { _ in
        let packed = ByteVocabulary.word(random.integer(below: 1 << 20), length: 3)
        return [UInt8(packed >> 8 & 255), UInt8(packed >> 16 & 255)]
      }.prefix(3 + random.integer(below: 4)), as: UTF8.self)
  }

  mutating func list(_ schema: JSON) throws(SchemaError) -> JSON {
    let schemas = ItemSchemas(schema)
    let least = try schema.count("minItems") ?? 0
    let most = try schema.count("maxItems") ?? .max
    guard least <= most else { throw .deadEnd("has a minItems above the maxItems") }
    guard least <= SchemaBudget.size else {
      throw .wrong("has a minItems above \(SchemaBudget.size)")
    }
    let wanted = isDeep || !isRich ? 0 : 1 + random.integer(below: 2)
    var count = min(most, max(least, wanted))
    if schemas.prefixCount > 0 { count = min(most, max(least, schemas.prefixCount)) }
    if schemas.isClosed { count = min(count, schemas.prefixCount) }
    let needed = schema["contains"] == nil ? 0 : try schema.count("minContains") ?? 1
    count = min(most, max(count, needed))
    var items: [JSON] = []
    while items.count < count {
      var item = schemas[items.count] ?? .bool(true)
      // The last ones are what the list has to contain.
      if items.count >= count - needed, let contained = schema["contains"] {
        item = try SchemaMerge.merge(item, contained, &budget)
      }
      guard let next = try draw(item, beside: items, schema) else {
        guard items.count < least else { break }
        throw .deadEnd("has a list for which not enough different items were found")
      }
      items.append(next)
    }
    return .array(items)
  }

  /// nil: all that were drawn are there already and must not be twice.
  private mutating func draw(
    _ item: JSON, beside items: [JSON], _ schema: JSON
  ) throws(SchemaError) -> JSON? {
    guard schema["uniqueItems"]?.flag == true else { return try inner(item) }
    if let values = item["enum"]?.array {
      try budget.spend(values.count)
      for value in values.shuffled(using: &random) where try !value.isAmong(items, &budget) {
        return value
      }
      return nil
    }
    for _ in 0..<4 * Self.attempts {
      let next = try inner(item)
      if try !next.isAmong(items, &budget) { return next }
    }
    return nil
  }

  mutating func object(_ schema: JSON) throws(SchemaError) -> JSON {
    let schemas = PropertySchemas(schema)
    let most = try schema.count("maxProperties") ?? .max
    let least = try schema.count("minProperties") ?? 0
    guard least <= SchemaBudget.size else {
      throw .wrong("has a minProperties above \(SchemaBudget.size)")
    }
    var required = (schema["required"]?.array ?? []).compactMap(\.text)
    try budget.spend(required.count)
    var needed = Set(required)
    var names: Set<String> = []
    let dependent = schema["dependentRequired"]
    var fields: [JSON.Field] = []
    for property in schemas.properties {
      try budget.spend()
      let isRequired = needed.contains(property.key)
      guard isRequired || (isRich && !isDeep && property.value != .bool(false)) else { continue }
      do throws(SchemaError) {
        fields.append(JSON.Field(property.key, try value(of: property.key, schemas)))
        names.insert(property.key)
      } catch {
        if error.isFinal || isRequired { throw error }
      }
      guard let dependent else { continue }
      try budget.spend(on: dependent)
      for name in dependent.raw(property.key)?.array ?? [] {
        try budget.spend()
        if let name = name.text, needed.insert(name).inserted { required.append(name) }
      }
    }
    for name in required where names.insert(name).inserted {
      fields.append(JSON.Field(name, try value(of: name, schemas)))
    }
    var spare = fields.count - most
    for place in fields.indices.reversed() where spare > 0 && !needed.contains(fields[place].key) {
      try budget.spend(fields.count / 16)
      fields.remove(at: place)
      spare -= 1
    }
    try addOthers(to: &fields, schema, schemas, least: least)
    return .object(fields)
  }

  /// Names that the schema does not list, where it asks for more or is all about them.
  private mutating func addOthers(
    to fields: inout [JSON.Field], _ schema: JSON, _ schemas: PropertySchemas, least: Int
  ) throws(SchemaError) {
    let isMap = schemas.properties.isEmpty && schemas.hasOthers && isRich && !isDeep
    let wanted = max(least, isMap ? 2 : 0)
    let most = try schema.count("maxProperties") ?? .max
    var misses = 0
    while fields.count < min(wanted, most), misses < Self.attempts {
      guard !schemas.isClosed else { break }
      try budget.spend(1 + fields.count / 4)
      let name = try self.name(schema, schemas)
      if fields.contains(where: { $0.key == name }) {
        misses += 1
      } else {
        fields.append(JSON.Field(name, try value(of: name, schemas)))
      }
    }
    // An optional property may still be missing.
    for property in schemas.properties where fields.count < least {
      try budget.spend(1 + fields.count / 4)
      guard !fields.contains(where: { $0.key == property.key }) else { continue }
      fields.append(JSON.Field(property.key, try value(of: property.key, schemas)))
    }
  }

  private mutating func name(
    _ schema: JSON, _ schemas: PropertySchemas
  ) throws(SchemaError) -> String {
    if let names = schema["propertyNames"], let name = try inner(names).text { return name }
    guard let source = schemas.firstPattern else { return word() }
    let pattern = try PatternParser.parse(source, &budget)
    let name = try PatternSampler.sample(
      pattern, lengths: 0...SchemaBudget.size, &random, &budget)
    // One that is not held to an end may go on, so that there are many.
    let longer = name + word()
    return try PatternMatcher.finds(pattern, in: longer, &budget) ? longer : name
  }

  private mutating func value(
    of name: String, _ schemas: PropertySchemas
  ) throws(SchemaError) -> JSON {
    var whole = JSON.bool(true)
    for schema in try schemas.schemas(for: name, &budget) {
      whole = try SchemaMerge.merge(whole, schema, &budget)
    }
    return try inner(whole)
  }
}
