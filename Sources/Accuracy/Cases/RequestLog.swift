import SimKernel
import TextAndBytes

/// The requests of a recorded run with their measured latencies.
struct RequestLog {
  private(set) var requests = RecordedRequests(
    arrivals: [], promptTokens: [], outputTokens: [])
  /// In picoseconds, of the requests that ended without an error: time to first token, (E2E -
  /// TTFT) / (output - 1), and end to end.
  private(set) var firstToken: [Int64] = []
  private(set) var perToken: [Int64] = []
  private(set) var end: [Int64] = []

  /// Times are stated in seconds, or in microseconds for `arrival_time_us`; ends either from the
  /// arrival (`ttft_s`, `e2e_s`) or from the start (`first_token_s`, `last_token_s`).
  init(path: String) throws(FileProblems) {
    let table = try CSVTable.read(
      path: path, kind: "a recorded run", required: ["input_tokens", "output_tokens"])
    let columns = Dictionary(
      table.columns.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
    var problems = table.problems
    var rows: [Row] = []
    for row in table.rows {
      var cells = CaseRow(row, of: table, indexOf: columns)
      if let request = Row(&cells) { rows.append(request) }
      for problem in cells.problems { problems.add(problem) }
    }
    if problems.isEmpty, rows.isEmpty {
      problems.add(FileProblem(file: path, message: "has no requests"))
    }
    guard problems.isEmpty else { throw problems }
    // Times may be dates: they count from the first.
    let first = rows.map(\.arrival).min() ?? 0
    for index in rows.indices { rows[index].arrival -= first }
    if let latest = rows.map(\.arrival).max(), latest > Self.longest {
      throw FileProblems(
        FileProblem(
          file: path,
          message: """
            the last request arrives \(latest) s after the first; the clock holds \
            \(Int(Self.longest)) s. Are times in another unit?
            """))
    }
    // Sorting keeps the order of equals only by their place.
    let order = rows.indices.sorted { (rows[$0].arrival, $0) < (rows[$1].arrival, $1) }
    for index in order { add(rows[index]) }
  }

  /// Of a run, and of a latency, in seconds: what the clock holds.
  private static let longest = 4e6

  private mutating func add(_ row: Row) {
    requests.arrivals.append(SimTime(seconds: row.arrival))
    requests.promptTokens.append(row.prompt)
    requests.outputTokens.append(row.output)
    guard !row.failed else { return }
    firstToken.append(SimDuration(seconds: row.firstToken).picoseconds)
    end.append(SimDuration(seconds: row.end).picoseconds)
    guard row.output > 1 else { return }
    let decode = SimDuration(seconds: row.end - row.firstToken).picoseconds
    perToken.append(decode / Int64(row.output - 1))
  }

  /// Times in seconds; `firstToken` and `end` from the arrival.
  private struct Row {
    var arrival: Double
    var prompt: Int32
    var output: Int32
    var firstToken: Double
    var end: Double
    var failed: Bool

    /// nil when something is missing, which the cells then report.
    init?(_ cells: inout CaseRow) {
      failed = cells.flag("has_error", otherwise: false)
      let prompt = cells.needed(
        "input_tokens", cells.count("input_tokens", upTo: 100_000_000), for: "a request")
      // One that failed may have no answer, and no times.
      let output = cells.needed(
        "output_tokens", cells.count("output_tokens", from: failed ? 0 : 1, upTo: 100_000_000),
        for: "a request")
      let arrival = cells.time("arrival_time_us").map { $0 * 1e-6 } ?? cells.time("arrival_s")
      guard let arrival = cells.needed("arrival_s", arrival, for: "a request") else { return nil }
      let firstToken = cells.time("ttft_s") ?? cells.time("first_token_s").map { $0 - arrival }
      let end = cells.time("e2e_s") ?? cells.time("last_token_s").map { $0 - arrival }
      if let firstToken, let end, !failed,
        firstToken < 0 || end < firstToken || end > RequestLog.longest
      {
        cells.report(
          """
          found the first token \(firstToken) s and the end \(end) s after the arrival; they follow \
          it in this order, within \(Int(RequestLog.longest)) s
          """)
        return nil
      }
      guard let prompt, let output,
        let firstToken = failed ? 0 : cells.needed("ttft_s", firstToken, for: "a request"),
        let end = failed ? 0 : cells.needed("e2e_s", end, for: "a request")
      else { return nil }
      (self.arrival, self.prompt, self.output) = (arrival, Int32(prompt), Int32(max(1, output)))
      (self.firstToken, self.end) = (firstToken, end)
    }
  }
}

extension CaseRow {
  /// A number from zero; nil without a message where there is none.
  mutating func time(_ column: String) -> Double? {
    guard let text = optional(column) else { return nil }
    if let value = Double(text), value >= 0, value < 4e6 * 1e6 { return value }
    report("\(column): found \(text.debugDescription); allowed are numbers from 0")
    return nil
  }
}
