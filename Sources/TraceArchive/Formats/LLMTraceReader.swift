/// A directory in the llm-trace format: the header `trace.json`, and the requests as CSV or JSON
/// Lines. Columns that a replay has no use for are accepted and skipped.
enum LLMTraceReader: TraceReader {
  static let summary = "llm-trace directories (trace.json and requests as CSV or JSON Lines)"
  static let isJSONLines: Bool? = nil
  static let required = ["request_id", "input_tokens", "output_tokens"]
  private static let optional = [
    "arrival_us", "session_id", "agent_id", "turn", "parent_id", "depends_on", "think_us",
    "priority", "block_size", "prefix_ids",
  ]
  private static let requestFiles = [
    "requests.csv", "requests.csv.gz", "requests.jsonl", "requests.jsonl.gz",
  ]

  static func read(path: String, options: TraceReadOptions) throws(TraceProblems) -> RequestTrace {
    let header: LLMTraceHeader
    let requests: String
    do throws(TraceProblem) {
      let directory = directory(of: path)
      guard ByteSource.exists(directory + "/trace.json") else {
        throw TraceProblem(
          file: path,
          message: """
            holds no trace.json; an llm-trace directory holds trace.json and one of \
            \(requestFiles.joined(separator: ", "))
            """)
      }
      header = try LLMTraceHeader(path: directory + "/trace.json")
      requests = try requestFile(path: path, directory: directory)
    } catch {
      throw TraceProblems(error)
    }
    let rows = try RecordReader.open(
      path: requests, syntax: isJSONLines(requests) ? .jsonLines : .csv, format: .llmTrace,
      required: required, optional: optional)
    var trace = TraceBuilder(file: path, format: .llmTrace, columns: .all, sort: options.sort)
    var reader = LLMTraceRows(header: header)
    reader.prepare(&trace)
    return try trace.reading(rows) { rows, trace in reader.add(&rows, to: &trace) }
  }

  /// Whether the path is that of a header.
  static func isHeader(_ path: String) -> Bool {
    path == "trace.json" || path.hasSuffix("/trace.json")
  }

  private static func isJSONLines(_ path: String) -> Bool {
    path.hasSuffix(".jsonl") || path.hasSuffix(".jsonl.gz")
  }

  private static func directory(of path: String) -> String {
    if ByteSource.isDirectory(path) {
      return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }

  private static func requestFile(
    path: String, directory: String
  ) throws(TraceProblem) -> String {
    if !ByteSource.isDirectory(path), !isHeader(path) { return path }
    for name in requestFiles where ByteSource.exists(directory + "/" + name) {
      return directory + "/" + name
    }
    throw TraceProblem(
      file: path, message: "holds none of \(requestFiles.joined(separator: ", "))")
  }
}
