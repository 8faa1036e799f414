package import TextAndBytes

/// The llm-trace format as JSON Schema (draft 2020-12), made of the very lists that the reader
/// checks by.
package enum TraceSchema {
  /// The schema of `trace.json`, with that of a row of requests as `$defs.request`.
  package static var json: JSON {
    var root = JSON.object([
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      .init("title", .string("llm-trace 1: trace.json")), .init("type", .string("object")),
      .init("required", .array([.string("format_version")])),
    ])
    root["properties"] = properties(HeaderField.all.map { ($0.path[...], $0) })
    root["$defs"] = .object([.init("request", request)])
    return root
  }

  /// Fields of one object, by the first key of their paths.
  private static func properties(
    _ fields: [(path: ArraySlice<String>, field: HeaderField)]
  ) -> JSON {
    var keys: [String] = []
    for (path, _) in fields where !keys.contains(path.first ?? "") { keys.append(path.first ?? "") }
    return .object(
      keys.map { key in
        let inside = fields.filter { $0.path.first == key }
        if let leaf = inside.first, leaf.path.count == 1 {
          return .init(key, leaf.field.schema)
        }
        return .init(
          key,
          .object([
            .init("type", .string("object")),
            .init("properties", properties(inside.map { ($0.path.dropFirst(), $0.field) })),
          ]))
      })
  }

  /// A row of requests as an object, as JSON Lines have it.
  private static var request: JSON {
    let required = TraceField.allCases.filter(\.isRequired)
    return .object([
      .init("title", .string("llm-trace 1: a request")), .init("type", .string("object")),
      .init("required", .array(required.map { .string($0.name) })),
      .init(
        "properties", .object(TraceField.allCases.map { .init($0.name, $0.schema) })),
      .init("additionalProperties", .bool(false)),
    ])
  }

  static func typed(_ types: [String], _ more: [JSON.Field], _ meaning: String) -> JSON {
    let type: JSON =
      types.count == 1 ? .string(types[0]) : .array(types.map { .string($0) })
    return .object([.init("type", type)] + more + [.init("description", .string(meaning))])
  }

  static func bounds(_ range: ClosedRange<Int64>) -> [JSON.Field] {
    var fields: [JSON.Field] = []
    if range.lowerBound > .min { fields.append(.init("minimum", .integer(range.lowerBound))) }
    if range.upperBound < .max { fields.append(.init("maximum", .integer(range.upperBound))) }
    return fields
  }
}

extension TraceField {
  /// What a row's value may be; null is unknown.
  fileprivate var schema: JSON {
    let null = isRequired ? [] : ["null"]
    switch kind {
    case .integer(let range):
      return TraceSchema.typed(["integer"] + null, TraceSchema.bounds(range), meaning)
    case .flag: return TraceSchema.typed(["boolean", "null"], [], meaning)
    case .text: return TraceSchema.typed(["string", "null"], [], meaning)
    case .choice(let words):
      let all: [JSON] = words.map { .string($0) } + [.null]
      return .object([.init("enum", .array(all)), .init("description", .string(meaning))])
    case .ids:
      return TraceSchema.typed(
        ["array", "null"], [.init("items", .object([.init("type", .string("integer"))]))], meaning)
    case .prefix:
      return TraceSchema.typed(
        ["array", "string", "null"],
        [
          .init("items", .object([.init("type", .string("integer"))])),
          .init("pattern", .string(#"^(=\d+\|?)?(-?\d+(\+\d+)?(;-?\d+(\+\d+)?)*)?$"#)),
        ], meaning)
    case .json: return .object([.init("description", .string(meaning))])
    }
  }
}

extension HeaderField {
  fileprivate var schema: JSON {
    switch kind {
    case .text: TraceSchema.typed(["string", "null"], [], meaning)
    case .flag: TraceSchema.typed(["boolean", "null"], [], meaning)
    case .integer(let range):
      TraceSchema.typed(["integer", "null"], TraceSchema.bounds(range), meaning)
    case .number: TraceSchema.typed(["number", "null"], [], meaning)
    case .choice(let words) where path == ["format_version"]:
      .object([
        .init("enum", .array([.integer(1)] + words.map { .string($0) })),
        .init("description", .string(meaning)),
      ])
    case .choice(let words):
      .object([
        .init("enum", .array(words.map { .string($0) } + [.null])),
        .init("description", .string(meaning)),
      ])
    case .texts:
      TraceSchema.typed(
        ["array", "null"], [.init("items", .object([.init("type", .string("string"))]))], meaning)
    case .any: .object([.init("description", .string(meaning))])
    }
  }
}
