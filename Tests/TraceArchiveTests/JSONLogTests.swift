import ServingTestSupport
import Testing

@testable import TextAndBytes
@testable import TraceArchive

private let rows = [
  #"{"timestamp": "2026-03-02T09:00:00Z", "prompt_tokens": 10, "completion_tokens": 3, "note": "a, ]} b"}"#,
  #"{"timestamp": "2026-03-02T09:00:01.5Z", "prompt_tokens": 20, "completion_tokens": 4, "tags": [{"x": "\"]"}]}"#,
  #"{"timestamp": "2026-03-02T09:01:01.25Z", "prompt_tokens": 30, "completion_tokens": 5}"#,
]

/// The same three requests, laid out in all the ways that exports lay out lists.
private let layouts: [(name: String, text: String)] = [
  ("a list on one line", "[" + rows.joined(separator: ",") + "]"),
  ("an item a line", "[\n" + rows.joined(separator: ",\n") + "\n]\n"),
  ("pretty-printed", "[\n" + rows.map(pretty).joined(separator: ",\n") + "\n]\n"),
  (
    "a byte order mark and line ends of Windows",
    "\u{FEFF}[\r\n" + rows.joined(separator: ",\r\n") + "]"
  ),
  ("a comma after the last", "[" + rows.map { $0 + ",\n" }.joined() + "]"),
  ("lines that end in commas", rows.map { $0 + ",\n" }.joined()),
  ("objects over several lines", rows.map { pretty($0) + "\n" }.joined()),
  ("lists of pages", "[\(rows[0])]\n[\(rows[1]), \(rows[2])]\n"),
  (
    "data",
    #"{"object": "list", "data": ["# + rows.joined(separator: ",") + #"], "has_more": false}"#
  ),
  ("requests", "{\"requests\":\n[" + rows.map(pretty).joined(separator: ",") + "]}\n"),
  (
    "logs beside another list",
    #"{"users": [{"id": 1}], "logs": ["# + rows.joined(separator: ",") + "]}"
  ),
  (
    "nested, each row in an object",
    #"{"hits": {"total": {"value": 3}, "hits": ["#
      + rows.map { #"{"_id": "x", "_source": \#($0)}"# }.joined(separator: ",") + "]}}"
  ),
]

/// Over several lines, as `jq .` prints it.
private func pretty(_ row: String) -> String {
  row.replacing("{\"t", with: "{\n  \"t").replacing(", \"", with: ",\n  \"")
    .replacing("[{", with: "[\n    {")
}

@Test(arguments: layouts.indices)
private func `a log is read from a list of objects as from JSON Lines`(layout: Int) throws {
  let (name, text) = layouts[layout]
  let lines = try readTrace(rows.joined(separator: "\n"), name: "log.jsonl")
  let trace = try readTrace(text, name: "log.json")
  #expect(trace.arrivals == lines.arrivals && trace.arrivals.last == 61_250_000_000, "\(name)")
  #expect(trace.inputTokens == [10, 20, 30] && trace.outputTokens == [3, 4, 5], "\(name)")
  // What a reading keeps fits on a line.
  let kept = try collect(text, name: "log.json").texts(.extra).compactMap(\.self)
  #expect(kept.allSatisfy { !$0.contains("\n") && JSON(text: $0) != nil }, "\(kept)")
}

@Test(arguments: layouts.indices)
private func `a list goes on beyond what is read at a time`(layout: Int) throws {
  let text = layouts[layout].text
  let whole = try readTrace(text, name: "log.json")
  try withFiles(["log.json": Array(text.utf8)]) { directory in
    let path = "\(directory)/log.json"
    var lines = try LineReader.open(
      path: path, rowsAs: .jsonLines, layout: try JSONLayout(path: path), bufferSize: 16)
    var count = 0
    while try lines.advance() {
      guard !lines.line.isEmpty else { continue }
      count += 1
      #expect(throws: Never.self) { try JSON(lines.buffer.span.extracting(lines.line)) }
    }
    #expect(count == whole.count)
  }
}

@Test func `a row of a list that is wrong is told by its line and place`() throws {
  let bad = #"{"timestamp": "2026-03-02T09:00:02Z", "prompt_tokens": -1, "completion_tokens": 3}"#
  #expect(
    try complaints("[\n\(rows[0]),\n\(rows[1]),\n\(bad)]", name: "a.json") == [
      #"a.json:4: item 2: prompt_tokens: found "-1"; token counts are whole numbers from 1"#
    ])
  let many = "[" + [rows[0], bad, bad].joined(separator: ",") + "]"
  #expect(
    try complaints(many, name: "a.json") == [
      #"a.json:1: item 1: prompt_tokens: found "-1"; token counts are whole numbers from 1 (and 1 more like this)"#
    ])
  for item in ["5", "null", "\"x\"", "[]"] {
    let found = try complaints("[\(rows[0]), \(item), \(rows[1])]", name: "a.json")
    #expect(found == ["a.json:1: item 1: no JSON object: column 1: expected '{'"], "\(item)")
  }
}

@Test func `a list that breaks off, or goes on with something else, is told`() throws {
  for (text, expected) in [
    ("[\(rows[0]),\n\(rows[1]),", "a.json:2: the list ends early, after 2 items"),
    ("[\(rows[0]),\n\(rows[1])", "a.json:2: the list ends early, after 2 items"),
    ("[\(rows[0]),\n{\"timestamp\": 5, \"pro", "(the file may have been cut off here)"),
    ("[\(rows[0])] x", "a.json:1: no JSON list: expected the end after ']'"),
    ("[\(rows[0]) \(rows[1])]", "expected ',' or ']' after an item"),
    ("[\(rows[0]),,\(rows[1])]", "expected an item before ','"),
    ("{\"data\": [\(rows[0]),", "ends early"),
    ("[]", "the list in it is empty"),
    (#"{"data": []}"#, "the file is one object without a list of objects"),
  ] {
    let found = try complaints(text, name: "a.json")
    #expect(found.count == 1 && found[0].contains(expected), "\(text.prefix(60)): \(found)")
  }
}

@Test func `which of several lists has the requests is asked`() throws {
  let found = try complaints(#"{"a": [{"x": 1}], "b": [{"y": 2}]}"#, name: "a.json")
  #expect(
    found.count == 1 && found[0].contains("which list in it has the requests is not clear: a, b"))
  // A row with a list of its own is one row.
  let row =
    #"{"created": 1772442000, "usage": {"prompt_tokens": 5, "completion_tokens": 2}, "choices": [{"index": 0}]}"#
  #expect(try readTrace(row, name: "a.json").inputTokens == [5])
  let columns =
    #"{"timestamp": {"0": 1, "1": 2}, "prompt_tokens": {"0": 5}, "completion_tokens": {"0": 5}}"#
  #expect(try complaints(columns, name: "a.json")[0].contains("without a list of objects"))
}

@Test func `rows of other formats are read from a list, too`() throws {
  let row = #"{"timestamp": 0, "input_length": 1000, "output_length": 5, "hash_ids": [1, 2]}"#
  let trace = try readTrace("[\n\(row),\n\(row)\n]", name: "m.json")
  #expect(trace.format == .mooncake && trace.inputTokens == [1000, 1000])
}

@Test func `of a long list one item is held at a time`() throws {
  let items = (0..<50_000).map {
    #"{"timestamp": \#($0), "prompt_tokens": 9, "completion_tokens": 3}"#
  }
  let text = Array("[\(items.joined(separator: ","))]".utf8)
  try withFiles(["a.json": text]) { directory in
    let path = "\(directory)/a.json"
    var lines = try LineReader.open(
      path: path, rowsAs: .jsonLines, layout: try JSONLayout(path: path), bufferSize: 1 << 12)
    var count = 0
    while try lines.advance() { count += 1 }
    #expect(count == 50_000 && lines.buffer.count == 1 << 12)
  }
}
