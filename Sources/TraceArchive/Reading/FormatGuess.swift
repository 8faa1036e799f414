import TextAndBytes

/// The format of a trace, told by its first line.
struct FormatGuess {
  var format: TraceFormat
  /// What told it, for the user.
  var reason: String

  init(path: String) throws(FileProblem) {
    let tasks = WTAReader.tasks(in: path)
    let files = Folder.isDirectory(tasks) ? Folder.jsonFiles(path) : [tasks]
    let isTrace = Folder.exists(path + "/trace.json") || LLMTraceReader.isHeader(path)
    guard let first = files.first, !isTrace else {
      format = .llmTrace
      reason = "it is a directory or a trace.json"
      return
    }
    let heads = try TraceHeads(first)
    // Any column that a format needs makes it a candidate, so that its reader can say which ones
    // are missing; but a log that names its counts is one. What is one object as a whole goes before
    // the list in it.
    var best: (score: Double, format: TraceFormat, found: [String], isJSON: Bool)?
    for head in heads.all {
      for candidate in TraceFormat.allCases {
        let match = Self.match(candidate.reader, head, path: path)
        guard match.score > best?.score ?? 0 else { continue }
        if let first = try heads.object(of: head), !candidate.reader.recognises(first) { continue }
        best = (match.score, candidate, match.found, head.isJSON)
      }
    }
    guard let best else { throw Self.unknown(path: path, heads) }
    format = best.format
    reason = "it has \(best.isJSON ? "keys" : "columns") \(Spelling.quoted(best.found))"
  }

  /// How well the names fit: the share of the columns needed; a complete set counts by its size, so
  /// that of two formats the one that asks for more is it.
  private static func match(
    _ reader: any TraceReader.Type, _ head: TraceHead, path: String
  ) -> (score: Double, found: [String]) {
    guard head.isTable || reader.isJSONLines ?? head.isJSON == head.isJSON else { return (0, []) }
    if reader == CSVReader.self {
      guard !head.isDocument else { return (0, []) }
      return head.isLog ? (1, head.guessed.map(\.column)) : (0, [])
    }
    // A table whose times have another name than the format's.
    if let times = reader.optionalArrival, !head.names.contains(times),
      head.guessed.contains(where: { $0.field == .arrival })
    {
      return (0, [])
    }
    // Such a table alone is a log.
    if reader == LLMTraceReader.self, !LLMTraceReader.hasHeader(beside: path) { return (0, []) }
    var best = (score: 0.0, found: [String]())
    for required in reader.alternatives {
      let found = required.filter { head.names.contains($0) }
      let isWhole = found.count == required.count
      // A single name that many files have tells nothing.
      guard isWhole || found.count * 3 >= required.count * 2 || Self.tells(found) else { continue }
      let score = isWhole ? 1 + Double(found.count) : Double(found.count) / Double(required.count)
      if score > best.score { best = (score, found) }
    }
    return best
  }

  /// Whether some of the names are not those of just any file.
  private static func tells(_ names: [String]) -> Bool {
    let common: Set<String> = [
      "id", "timestamp", "request_id", "requests", "start_time", "end_time", "tenant", "info",
    ]
    return names.contains { !common.contains($0) }
  }

  private static func unknown(path: String, _ heads: TraceHeads) -> FileProblem {
    let head = heads.records
    if head.paths.contains(where: {
      $0.unicodeScalars.contains { $0 == "\u{FFFD}" || $0.value < 9 }
    }) {
      return FileProblem(
        file: path, line: 1,
        message: "holds bytes that are no text; traces are CSV, JSON or Parquet, plain or gzip")
    }
    var message = "is no known trace format: the \(head.isJSON ? "keys" : "columns") are "
    message += Spelling.quoted(head.paths, of: head.count)
    if !head.isJSON, head.guessed.isEmpty {
      message += "; the first line of a table names its columns"
    }
    if heads.isOneObject {
      message +=
        heads.doubtfulLists.isEmpty
        ? "; the file is one object without a list of objects: a log has an object for each request"
        : "; which list in it has the requests is not clear: \(Spelling.quoted(heads.doubtfulLists))"
    }
    if let text = head.object?.fields?.first(where: { field in
      field.value.text.map { $0.hasPrefix("{") && JSON(text: $0)?.fields != nil } ?? false
    }) {
      let items = heads.list.map { ".\($0)[] | " } ?? ""
      message += """
        ; \(text.key) holds an object as text, which \
        `jq -c '\(items). + (.\(text.key) | fromjson)'` takes out
        """
    }
    for field in [TraceField.inputTokens, .outputTokens] {
      if let known = head.guessed.first(where: { $0.field == field }) {
        message += "; \(known.column) has the \(field.name)"
      }
    }
    for name in TraceFormat.allCases.flatMap({ $0.reader.required }) {
      guard let near = Spelling.nearest(to: name, of: head.paths),
        Spelling.fold(near) != Spelling.fold(name), CommonColumns.meaning(of: near) == nil
      else { continue }
      message += "; did you mean \(name) by \(excerpt(near))?"
      break
    }
    message += """
      ; say which columns are which: --map input_tokens=COLUMN --map output_tokens=COLUMN \
      --map arrival=COLUMN, in a scenario workload.trace.columns; `kavier trace formats` lists the \
      formats
      """
    return FileProblem(file: path, line: 1, message: message)
  }
}

extension TraceFormat {
  /// Whether the content of the file tells its format.
  package static func isKnown(at path: String) -> Bool { (try? FormatGuess(path: path)) != nil }
}
