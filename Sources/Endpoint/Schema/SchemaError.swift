import TextAndBytes

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

/// What may be spent on the values that answer one request: they are made between the tokens of
/// others, who must not notice.
struct SchemaBudget {
  /// Parts of schemas, values and patterns that are looked at: a tenth of a second, about.
  static let steps = 200_000
  /// Characters of one text, and items of one list.
  static let size = 100_000
  /// Levels of objects and lists within one another.
  static let depth = 128

  private var left = Self.steps

  mutating func spend(_ steps: Int = 1) throws(SchemaError) {
    left -= steps
    guard left >= 0 else {
      throw .wrong(
        "takes more than \(Self.steps) steps to find values for; make it smaller, or ask for fewer "
          + "answers")
    }
  }

  /// Spends what a look-up in an object costs.
  mutating func spend(on schema: JSON) throws(SchemaError) {
    try spend(1 + (schema.fieldCount / 4))
  }
}
