import TextAndBytes

/// RAGPulse's traces: prompts as lists of parts by kind. How long each part is stands in tables
/// beside the trace, one for each kind.
enum RAGPulseReader: TraceReader {
  static let summary = "RAGPulse traces (JSON Lines: times, sessions, parts of prompts)"
  static let isJSONLines: Bool? = true
  static let required = [
    "timestamp", "input_length", "output_length", "session_id", "hash_ids",
  ]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .segments, .extra,
  ]
  static let isUnordered = true

  static func recognises(_ first: JSON) -> Bool { first["hash_ids"]?.fields != nil }

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    feed.header["time", "resolution_us"] = .integer(1_000_000)
    feed.header["hashing", "kind"] = .string("component")
    let lengths = try PartLengths(beside: feed.path)
    if lengths.isEmpty { feed.note("no tables of part lengths beside it: segments stay in extra") }
    let layout = RowLayout(syntax: .jsonLines, required: required)
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .arrival, 0, .seconds)
      rows.need(&record, .inputTokens, 1)
      rows.need(&record, .outputTokens, 2)
      rows.need(&record, .sessionID, 3)
      guard let parts = JSON(text: rows.text(4)), parts.fields != nil else {
        return rows.reportFound(4, "an object of lists of ids is needed")
      }
      if let segments = lengths.segments(of: parts) {
        record[text: .segments] = PromptSegment.text(segments)
        record[text: .extra] = rows.extra()
      } else {
        record[text: .extra] = rows.extra(with: [4])
      }
    }
  }
}

/// Tokens of each part, by kind and id.
private struct PartLengths {
  private var tokens: [String: [Int64: Int32]] = [:]

  var isEmpty: Bool { tokens.isEmpty }

  init(beside path: String) throws(FileProblems) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    for name in Folder.names(in: folder) {
      for kind in ["sys_prompt", "passage", "history", "web_search", "user_input"]
      where name.contains(kind) && name.contains(".jsonl") {
        let key = kind == "passage" ? "passages_ids" : kind
        tokens[key] = try Self.table("\(folder)/\(name)", id: "\(kind)_id")
      }
    }
  }

  private static func table(
    _ path: String, id: String
  ) throws(FileProblems) -> [Int64: Int32] {
    var table: [Int64: Int32] = [:]
    var rows = try RecordReader.open(
      path: path, syntax: .jsonLines, kind: "ragpulse's lengths", required: [id, "token_length"])
    do throws(FileProblem) {
      while try rows.advance() {
        guard let id = rows.integer(0, in: .min ... .max), let tokens = rows.tokens(1) else {
          continue
        }
        table[id] = tokens
      }
    } catch {
      rows.problems.add(error)
    }
    guard rows.problems.isEmpty else { throw rows.problems }
    return table
  }

  /// The prompt's parts in the order the row lists them; nil where a length is missing.
  func segments(of parts: JSON) -> [PromptSegment]? {
    var segments: [PromptSegment] = []
    for field in parts.fields ?? [] {
      for id in field.value.array ?? [] {
        guard let id = id.integer, let tokens = tokens[field.key]?[id] else { return nil }
        segments.append(PromptSegment(kind: field.key, id: id, tokens: tokens))
      }
    }
    return segments
  }
}
