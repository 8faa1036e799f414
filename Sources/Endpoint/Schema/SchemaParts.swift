import TextAndBytes

/// Which schema each item of a list has, in the 2020-12 form or the older one.
struct ItemSchemas {
  private let prefix: [JSON]
  private let rest: JSON?

  init(_ schema: JSON) {
    if let items = schema["items"]?.array {
      prefix = items
      rest = schema["additionalItems"]
    } else {
      prefix = schema["prefixItems"]?.array ?? []
      rest = schema["items"]
    }
  }

  var prefixCount: Int { prefix.count }
  /// No item may follow the first ones.
  var isClosed: Bool { rest == .bool(false) }

  subscript(place: Int) -> JSON? { place < prefix.count ? prefix[place] : rest }
}

/// Which schemas the value of a name has.
struct PropertySchemas {
  let properties: [JSON.Field]
  private let byName: [String: [JSON]]
  private let patterns: [JSON.Field]
  private let additional: JSON?

  init(_ schema: JSON) {
    properties = schema["properties"]?.fields ?? []
    byName = Dictionary(grouping: properties, by: \.key).mapValues { $0.map(\.value) }
    patterns = schema["patternProperties"]?.fields ?? []
    additional = schema["additionalProperties"]
  }

  /// Names beside those of `properties` are not allowed.
  var isClosed: Bool { additional == .bool(false) && patterns.isEmpty }
  var firstPattern: String? { additional == .bool(false) ? patterns.first?.key : nil }
  /// Whether other names are spoken of.
  var hasOthers: Bool { additional?.fields != nil || !patterns.isEmpty }

  func schemas(
    for name: String, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> [JSON] {
    var schemas = byName[name] ?? []
    for pattern in patterns {
      let parsed = try PatternParser.parse(pattern.key, &budget)
      if try PatternMatcher.finds(parsed, in: name, &budget) { schemas.append(pattern.value) }
    }
    if schemas.isEmpty, let additional { schemas.append(additional) }
    return schemas
  }
}

/// What a number may be.
struct NumberBounds {
  private(set) var least = -Double.infinity
  private(set) var most = Double.infinity
  private(set) var excludesLeast = false
  private(set) var excludesMost = false
  let step: Double?

  init(_ schema: JSON) throws(SchemaError) {
    for key in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] {
      guard let value = schema.raw(key), value.number == nil else { continue }
      // Draft 4 has flags beside the bounds.
      guard key.hasPrefix("exclusive"), value.flag != nil else {
        throw .wrong("has '\(key)' \(value.compact), which is no number")
      }
    }
    step = schema["multipleOf"]?.number
    if let step, step <= 0 { throw .wrong("has a multipleOf that is not above 0") }
    if let value = schema["minimum"]?.number {
      least = value
      excludesLeast = schema["exclusiveMinimum"]?.flag == true
    }
    if let value = schema["maximum"]?.number {
      most = value
      excludesMost = schema["exclusiveMaximum"]?.flag == true
    }
    if let value = schema["exclusiveMinimum"]?.number, value >= least {
      (least, excludesLeast) = (value, true)
    }
    if let value = schema["exclusiveMaximum"]?.number, value <= most {
      (most, excludesMost) = (value, true)
    }
  }

  func contains(_ number: Double) -> Bool {
    guard number >= least, number <= most, !(excludesLeast && number == least),
      !(excludesMost && number == most)
    else { return false }
    guard let step else { return true }
    // As validators do it: the quotient is whole.
    let quotient = number / step
    return quotient == quotient.rounded()
  }
}
