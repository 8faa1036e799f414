import TextAndBytes

/// Reads fields of a `config.json` by name and collects what is missing or wrong, so that a user
/// hears of everything at once.
struct ConfigFields {
  private let values: [String: JSON]
  private(set) var problems: [HuggingFaceConfigError.Problem] = []

  /// The language model's fields: those of `text_config` where there is one, else the file's.
  init(_ root: [JSON.Field]) {
    let nested = root.last { $0.key == "text_config" }?.value.fields ?? []
    // Of two values of one key the last counts, as in Python.
    values = (root + nested).reduce(into: [:]) { $0[$1.key] = $1.value }
  }

  mutating func problem(_ field: String, _ message: String) {
    problems.append(HuggingFaceConfigError.Problem(field: field, message: message))
  }

  /// The first of `names` that holds a positive whole number; 0 and a problem when none does.
  mutating func size(_ names: String..., within bounds: Bounds<Int> = .width) -> Int {
    for name in names {
      if let size = optionalSize(name, within: bounds) { return size }
    }
    if let first = names.first, !problems.contains(where: { $0.field == first }) {
      problem(names.joined(separator: " or "), "missing")
    }
    return 0
  }

  /// A positive whole number, or nil when the field is absent, null or zero.
  mutating func optionalSize(_ name: String, within bounds: Bounds<Int> = .width) -> Int? {
    switch values[name] {
    case nil, .null?: return nil
    case .integer?, .number?:
      guard let number = values[name]?.double else { break }
      if number == 0 { return nil }
      if let size = Int(exactly: number), bounds.range.contains(size) { return size }
    default: break
    }
    problem(name, "expected a whole number from \(bounds.words)")
    return nil
  }

  /// A flag, or `otherwise` when it is absent or null.
  func flag(_ name: String, otherwise: Bool) -> Bool {
    values[name]?.flag ?? otherwise
  }

  func text(_ name: String) -> String? { values[name]?.text }

  /// A list of words such as `layer_types`; nil when it is absent or something else.
  func words(_ name: String) -> [String]? {
    values[name]?.array?.compactMap(\.text)
  }

  /// A list of whole numbers such as `attn_layer_indices`; nil when it is absent or something else.
  func numbers(_ name: String) -> [Int]? {
    values[name]?.array?.compactMap { $0.double.flatMap { Int(exactly: $0) } }
  }

  /// A number; nil when the field is absent or something else.
  func decimal(_ name: String) -> Double? { values[name]?.double }

  /// How many entries a list has; 0 when it is absent.
  func count(_ name: String) -> Int { values[name]?.array?.count ?? 0 }

  func fields(_ name: String) -> ConfigFields? {
    values[name]?.fields.map { ConfigFields($0) }
  }

  /// The mappings that this one has, in order of their names.
  var allFields: [ConfigFields] {
    values.sorted { $0.key < $1.key }.compactMap { $0.value.fields.map { ConfigFields($0) } }
  }

  /// A whole number without bounds; nil when the field is absent or something else.
  func number(_ name: String) -> Int? {
    values[name]?.double.flatMap { Int(exactly: $0) }
  }
}
