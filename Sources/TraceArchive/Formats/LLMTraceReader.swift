import TextAndBytes

/// A directory in the llm-trace format: the header `trace.json`, the requests as CSV, JSON Lines or
/// Parquet, and beside them sessions, token ids, events, chunks and series.
enum LLMTraceReader: TraceReader {
  static let summary =
    "llm-trace directories (trace.json and requests as CSV, JSON Lines or Parquet)"
  static let isJSONLines: Bool? = nil
  static let required = ["request_id", "input_tokens", "output_tokens"]
  static let fields = TraceField.allCases
  static let requestFiles = [
    "requests.csv", "requests.csv.gz", "requests.jsonl", "requests.jsonl.gz",
    "requests.parquet",
  ]

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let requests: String
    let directory = directory(of: feed.path)
    do throws(FileProblem) {
      guard Folder.exists(directory + "/trace.json") else {
        throw FileProblem(
          file: feed.path,
          message: """
            holds no trace.json; an llm-trace directory holds trace.json and one of \
            \(requestFiles.joined(separator: ", "))
            """)
      }
      requests = try requestFile(path: feed.path, directory: directory)
    } catch {
      throw FileProblems(error)
    }
    feed.header = try TraceHeader.read(path: directory + "/trace.json")
    try LLMTraceSessions.read(directory: directory, feed)
    try readRequests(requests, feed, directory)
    try LLMTraceSeries.read(directory: directory, feed)
  }

  private static func readRequests(
    _ path: String, _ feed: TraceFeed, _ directory: String
  ) throws(FileProblems) {
    let others = TraceField.allCases.filter { !$0.isRequired }
    let layout = RowLayout(
      syntax: isJSONLines(path) ? .jsonLines : .csv, required: required,
      optional: others.map(\.name), leavesOutTorn: feed.header.isGrowing)
    var reader = LLMTraceRows(hashing: feed.header.hashing)
    // Opened after the requests: of a recording that grows they then have what those need.
    var sides: LLMTraceSides?
    try feed.eachRow(layout, of: path) {
      (rows: inout RecordReader, record: inout TraceRecord) throws(FileProblem) in
      reader.fill(&record, from: &rows, others)
      if sides == nil {
        sides = try LLMTraceSides(directory: directory, leavesOutTorn: feed.header.isGrowing)
      }
      try sides?.fill(&record)
    }
    do throws(FileProblem) {
      for problem in try sides?.end() ?? [] { feed.problems.add(problem) }
    } catch {
      throw FileProblems(error)
    }
    sides?.tornFiles.forEach(feed.noteTorn)
  }

  /// Whether the path is that of a header.
  static func isHeader(_ path: String) -> Bool {
    path == "trace.json" || path.hasSuffix("/trace.json")
  }

  /// Whether a file of requests has its header beside it.
  static func hasHeader(beside path: String) -> Bool {
    Folder.exists(directory(of: path) + "/trace.json")
  }

  /// Whether a file is read as JSON Lines, as which a table loses nothing.
  static func isJSONLines(_ path: String) -> Bool {
    [".jsonl", ".jsonl.gz", ".parquet"].contains { path.hasSuffix($0) }
  }

  static func directory(of path: String) -> String {
    if Folder.isDirectory(path) {
      return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }

  /// The first of the names that the directory has.
  static func file(_ name: String, in directory: String) -> String? {
    [".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".parquet"].map { "\(directory)/\(name)\($0)" }
      .first { Folder.exists($0) }
  }

  private static func requestFile(
    path: String, directory: String
  ) throws(FileProblem) -> String {
    if !Folder.isDirectory(path), !isHeader(path) { return path }
    if let file = file("requests", in: directory) { return file }
    throw FileProblem(
      file: path, message: "holds none of \(requestFiles.joined(separator: ", "))")
  }
}
