import Foundation
import ServingTestSupport
import Testing

@testable import Endpoint
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct SchemaSamplerTests {
  private func sample(_ schema: String, seed: UInt64 = 1) throws -> JSON {
    var budget = SchemaBudget()
    return try SchemaSampler.sample(try #require(JSON(text: schema)), seed: seed, &budget)
  }

  @Test(arguments: Schemas.possible) func `a value satisfies its schema`(schema: String) throws {
    let json = try #require(JSON(text: schema))
    for seed in 0..<30 as Range<UInt64> {
      var budget = SchemaBudget()
      let value = try SchemaSampler.sample(json, seed: seed, &budget)
      var validator = SchemaValidator(SchemaReferences(root: json))
      #expect(try validator.accepts(value, json, &budget), "\(value.compact)")
      #expect(JSON(text: value.compact)?.compact == value.compact)
    }
  }

  @Test(
    .enabled(if: Python.has("jsonschema"), Comment(rawValue: Python.absence("jsonschema"))))
  func `the jsonschema package finds them valid`() throws {
    var lines: [String] = []
    for schema in Schemas.possible {
      for seed in 0..<20 as Range<UInt64> {
        lines.append("[\(schema),\(try sample(schema, seed: seed).compact)]")
      }
    }
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let invalid = try Python.run(
      """
      import json, sys, jsonschema
      for line in open(sys.argv[1]):
          schema, value = json.loads(line)
          for error in jsonschema.Draft202012Validator(schema).iter_errors(value):
              print(line, error.message)
      """, [path])
    #expect(invalid.isEmpty, "\(invalid)")
  }

  @Test(arguments: [
    (#"{"type":"strin"}"#, "unknown type"), (#"{"enum":[]}"#, "empty enum"),
    (##"{"$ref":"#/$defs/x"}"##, "leads nowhere"),
    (##"{"$ref":"http://x/y"}"##, "places in the schema"),
    (##"{"$ref":"#"}"##, "leads to itself"), (##"{"pattern":"(?<=a)b"}"##, "look behind"),
    (#"{"type":"string","pattern":"a{2"}"#, "not closed"), (#"{"minLength":200000}"#, "minLength"),
    (#"{"type":"integer","minimum":3,"maximum":2}"#, "least number above"),
    (#"{"type":"integer","exclusiveMinimum":2,"exclusiveMaximum":3}"#, "without a whole number"),
    (#"{"type":"array","items":{"type":"boolean"},"minItems":3,"uniqueItems":true}"#, "different"),
    (#"{"allOf":[{"type":"string"},{"type":"integer"}]}"#, "two types"),
    (#"{"type":"object","properties":{"a":false},"required":["a"]}"#, "allows no value"),
    (#"{"type":"string","minLength":4,"maxLength":2}"#, "above the maxLength"),
    (#"{"minItems":"x","type":"array"}"#, "no count"), ("false", "allows no value"),
  ])
  func `what no value satisfies is refused with a reason`(schema: String, reason: String) {
    let error = #expect(throws: SchemaError.self) { try sample(schema) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  /// Each takes minutes where what it asks for is not counted.
  @Test(arguments: [
    // Two branches a level, forty levels deep.
    ##"{"$defs":{\##(Schemas.doubling(40))},"$ref":"#/$defs/n0"}"##,
    #"{"type":"array","minItems":20000,"uniqueItems":true,"items":{"type":"integer"}}"#,
    #"{"type":"array","minItems":3000,"items":{"type":"string","minLength":90000}}"#,
    #"{"allOf":[{"enum":[\#(Schemas.texts("v", 5000))]},{"enum":[\#(Schemas.texts("w", 5000))]}]}"#,
    #"{"type":"string","pattern":"^(a|b|ab|(a|b)*){1,50}c$","minLength":3000}"#,
    #"{"type":"object","minProperties":50000,"additionalProperties":{"type":"integer"}}"#,
  ])
  func `what takes too many steps is refused after so many`(schema: String) {
    let error = #expect(throws: SchemaError.self) { try sample(schema) }
    #expect(
      error?.message.contains("takes more than 200000 steps") == true, "\(error?.message ?? "")")
  }

  @Test func `the answers to one request share the steps`() throws {
    let schema = try #require(JSON(text: #"{"type":"string","pattern":"^[a-z]{2000}$"}"#))
    var budget = SchemaBudget()
    let error = #expect(throws: SchemaError.self) {
      for seed in 0..<1000 as Range<UInt64> {
        _ = try SchemaSampler.sample(schema, seed: seed, &budget)
      }
    }
    #expect(error?.isFinal == true)
  }

  @Test func `schemas may be a hundred levels deep`() throws {
    var schema = #"{"type":"integer"}"#
    for _ in 0..<60 { schema = #"{"type":"array","minItems":1,"items":\#(schema)}"# }
    let text = try sample(schema).compact
    #expect(text.hasPrefix(String(repeating: "[", count: 60)))
  }

  @Test(arguments: [
    (#"{"type":"integer"}"#, 0.0...99), (#"{"type":"integer","minimum":1000}"#, 1000...1100),
    (#"{"type":"number"}"#, 0...100), (#"{"type":"number","maximum":-5}"#, -105 ... -5),
  ])
  func `numbers without bounds are small, and others near their bounds`(
    schema: String, range: ClosedRange<Double>
  ) throws {
    for seed in 0..<50 as Range<UInt64> {
      #expect(range.contains(try sample(schema, seed: seed).number ?? .nan))
    }
  }

  @Test func `other seeds give other values, and the same the same`() throws {
    let schema = #"{"type":"string","minLength":20}"#
    #expect(try sample(schema, seed: 1) == sample(schema, seed: 1))
    #expect(try sample(schema, seed: 1) != sample(schema, seed: 2))
  }
}

enum Schemas {
  /// Definitions `n0` to the last, each with two of the next.
  static func doubling(_ levels: Int) -> String {
    let names = (0..<levels).map { level in
      ##""n\##(level)":{"type":"object","required":["a","b"],"properties":{"##
        + ##""a":{"$ref":"#/$defs/n\##(level + 1)"},"b":{"$ref":"#/$defs/n\##(level + 1)"}}}"##
    }
    return names.joined(separator: ",") + ##","n\##(levels)":{"type":"integer"}"##
  }

  static func texts(_ name: String, _ count: Int) -> String {
    (0..<count).map { "\"\(name)\($0)\"" }.joined(separator: ",")
  }

  static let possible = [
    "true", "{}", #"{"type":"null"}"#, #"{"const":null}"#, #"{"const":{"a":[1,2.5]}}"#,
    #"{"enum":["a",2,null]}"#, #"{"type":["string","null"]}"#,
    #"{"type":"object","properties":{"city":{"type":"string"},"unit":{"enum":["C","F"]},"days":{"type":"integer","minimum":1,"maximum":7}},"required":["city","unit"],"additionalProperties":false}"#,
    #"{"type":"array","items":{"type":"number","minimum":0.5,"maximum":0.6},"minItems":3,"maxItems":4}"#,
    #"{"type":"array","items":{"enum":[1,2,3]},"minItems":3,"uniqueItems":true}"#,
    #"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false,"minItems":2}"#,
    #"{"type":"array","contains":{"const":7},"items":{"type":"integer"},"minContains":2,"maxItems":3}"#,
    #"{"type":"string","minLength":30,"maxLength":31}"#, #"{"type":"string","maxLength":2}"#,
    #"{"type":"string","pattern":"^[A-Z]{2}-\\d{3,5}$"}"#,
    #"{"type":"string","pattern":"^(?=.*\\d)[a-z0-9]+$","minLength":8,"maxLength":12}"#,
    #"{"type":"string","pattern":"^(foo|ba[rz])(,(foo|bar))*$","maxLength":9}"#,
    #"{"type":"string","pattern":"x+y?"}"#, #"{"type":"string","format":"date-time"}"#,
    #"{"type":"string","format":"uuid"}"#, #"{"type":"string","format":"ipv6"}"#,
    #"{"type":"integer","multipleOf":7,"minimum":100}"#, #"{"type":"number","multipleOf":0.25}"#,
    #"{"type":"integer","exclusiveMinimum":2,"exclusiveMaximum":4}"#,
    #"{"type":"integer","maximum":-5}"#, #"{"type":"number","exclusiveMinimum":0,"maximum":1}"#,
    #"{"anyOf":[{"type":"integer"},{"type":"string","maxLength":3}]}"#,
    #"{"oneOf":[{"type":"integer"},{"type":"number","minimum":10}]}"#,
    #"{"allOf":[{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{"type":"string"},"a":{"minimum":5}},"required":["b"]}]}"#,
    #"{"type":"integer","minimum":0,"maximum":9,"not":{"multipleOf":2}}"#,
    ##"{"$defs":{"node":{"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false}},"$ref":"#/$defs/node"}"##,
    ##"{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}}},"required":["name","children"]}"##,
    #"{"type":"object","patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false,"minProperties":2}"#,
    #"{"type":"object","additionalProperties":{"type":"boolean"},"minProperties":3}"#,
    #"{"type":"object","propertyNames":{"pattern":"^[a-c]{4}$"},"minProperties":2,"additionalProperties":{"type":"integer"}}"#,
    #"{"type":"object","properties":{"kind":{"enum":["a","b"]}},"required":["kind"],"if":{"properties":{"kind":{"const":"a"}}},"then":{"properties":{"n":{"type":"integer"}},"required":["n"]},"else":{"properties":{"s":{"type":"string"}},"required":["s"]}}"#,
    #"{"type":"object","properties":{"card":{"type":"string"},"zip":{"type":"integer"}},"dependentRequired":{"card":["zip"]}}"#,
    #"{"type":"object","properties":{"ü\"\\":{"type":"integer"}},"required":["ü\"\\","other"]}"#,
    ##"{"allOf":[{"$ref":"#/$defs/a"},{"anyOf":[{"required":["x"]},{"required":["y"]}]}],"$defs":{"a":{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"string"}}}}}"##,
  ]
}
