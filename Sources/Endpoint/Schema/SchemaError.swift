/// Why no value can be made for a schema or a pattern.
struct SchemaError: Error, Hashable {
  /// What is wrong, after a name such as "'tools[0]'".
  var message: String
  /// Nothing else can be tried: the schema itself is at fault, or it takes too long.
  var isFinal: Bool

  static func wrong(_ message: String) -> SchemaError {
    SchemaError(message: message, isFinal: true)
  }

  /// This way leads to no value; another may.
  static func deadEnd(_ message: String) -> SchemaError {
    SchemaError(message: message, isFinal: false)
  }
}

/// What may be spent on one value.
struct SchemaBudget {
  /// Parts of schemas and patterns that are looked at.
  static let steps = 400_000
  /// Characters of one text, and items of one list.
  static let size = 100_000
  /// Levels of objects and lists within one another.
  static let depth = 128

  private var left = Self.steps

  mutating func spend(_ steps: Int = 1) throws(SchemaError) {
    left -= steps
    guard left >= 0 else { throw .wrong("takes too long to find a value for") }
  }
}
