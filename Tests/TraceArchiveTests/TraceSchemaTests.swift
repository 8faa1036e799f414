import Foundation
import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

@Test func `the shipped schema is that of the reader`() throws {
  let shipped = try String(
    contentsOfFile: SharedData.repository + "/Docs/llm-trace.schema.json", encoding: .utf8)
  #expect(shipped == TraceSchema.json.document, "kavier trace schema > Docs/llm-trace.schema.json")
}

@Test func `the page has every column with its meaning`() throws {
  let page = try String(
    contentsOfFile: SharedData.repository + "/Docs/TraceFormat.md", encoding: .utf8)
  for field in TraceField.allCases {
    #expect(page.contains("`\(field.name)`"), "\(field.name)")
  }
  for check in TraceCheck.all {
    let traces = try String(
      contentsOfFile: SharedData.repository + "/Docs/Traces.md", encoding: .utf8)
    #expect(traces.contains("`\(check.id)`"), "\(check.id)")
  }
}

/// A validator that we did not write, where python3 has one, and what it and the reader think of
/// the same rows.
@Test(.enabled(if: Python.has("jsonschema"), "python3 has no jsonschema here"))
func `an independent validator takes what is written, and refuses what the reader refuses`() throws
{
  let folder = try TemporaryFolder()
  let generator = TraceGenerator(
    try Profiles.find("agentic-coding"), seed: 1, length: .requests(50))
  _ = try generator.write(to: folder.path + "/t", encoding: .plainJSONLines)
  let good = try String(contentsOfFile: folder.path + "/t/requests.jsonl", encoding: .utf8)
  let bad = [
    #"{"request_id":0,"input_tokens":5}"#,
    #"{"request_id":0,"input_tokens":-5,"output_tokens":1}"#,
    #"{"request_id":0,"input_tokens":5,"output_tokens":1,"slo_class":"gold"}"#,
    #"{"request_id":0,"input_tokens":5,"output_tokens":1,"think_us":-1}"#,
    #"{"request_id":0,"input_tokens":5,"output_tokens":1,"depends_on":["x"]}"#,
    #"{"request_id":"x","input_tokens":5,"output_tokens":1}"#,
  ]
  for line in bad {
    #expect(throws: FileProblems.self, "\(line)") {
      try withFiles(["requests.jsonl": Array(line.utf8), "trace.json": Array("{}".utf8)]) {
        try Collected(path: $0)
      }
    }
  }
  _ = try folder.file("bad.jsonl", bad.joined(separator: "\n"))
  _ = try folder.file("schema.json", TraceSchema.json.document)
  #expect(good.split(separator: "\n").count >= 50)
  let printed = try Python.run(
    """
    import json, jsonschema
    schema = json.load(open("\(folder.path)/schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.load(open("\(folder.path)/t/trace.json")), schema)
    row = jsonschema.Draft202012Validator(schema["$defs"]["request"])
    for line in open("\(folder.path)/t/requests.jsonl"): row.validate(json.loads(line))
    print([row.is_valid(json.loads(line)) for line in open("\(folder.path)/bad.jsonl")])
    """)
  #expect(printed == "[\(bad.map { _ in "False" }.joined(separator: ", "))]\n")
}
