package import TextAndBytes

/// What a check found in a trace.
package struct TraceFinding: Hashable, Sendable {
  package enum Severity: String, Sendable, Comparable {
    /// Worth knowing.
    case note
    /// Results from this trace can mislead.
    case warning
    /// The trace is not what it should be.
    case error

    private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
  }

  package var check: String
  package var severity: Severity
  package var message: String
  /// Rows, sessions or values that show it.
  package var examples: [String]
  /// What to do about it.
  package var advice: String

  package init(
    _ check: String, _ severity: Severity, _ message: String, examples: [String] = [],
    advice: String
  ) {
    self.check = check
    self.severity = severity
    self.message = message
    self.examples = Array(examples.prefix(5))
    self.advice = advice
  }
}

/// The checks of a trace and what they found.
package struct TraceValidation: Sendable {
  package var findings: [TraceFinding]
  package var requests: Int
  /// Where there is no file to check: what is said of it.
  package var missingFile: FileProblems?
  /// The checks that were made.
  package static var checks: [(id: String, title: String)] { TraceCheck.all }

  package var worst: TraceFinding.Severity? { findings.map(\.severity).max() }

  /// Reads a trace of any format, leaving out rows that cannot be read, and checks it.
  package static func run(path: String, options: TraceReadOptions) -> TraceValidation {
    let isLenient = options.leavesOutUnreadable
    var options = options
    options.leavesOutUnreadable = true
    options.leavesDoubts = true
    let rows = RowChecks()
    let table: TraceTable
    let reading: TraceReading
    do throws(FileProblems) {
      (table, reading) = try TraceTable.read(path: path, options: options, observers: [rows])
    } catch {
      return TraceValidation(
        findings: unreadable(error), requests: 0, missingFile: error.isMissingFile ? error : nil)
    }
    var findings: [TraceFinding] = []
    findings += unreadable(reading.problems, isLenient: isLenient) + leftOut(reading)
    findings += reading.observations.map { observation in
      TraceFinding(
        observation.check, .note, observation.message,
        advice: "Nothing: the reader takes it as it is.")
    }
    findings += ArrivalChecks(table, reading).findings
    findings += TimeChecks(table, reading.format).findings + LengthChecks(table).findings
    findings += rows.findings(table) + HeaderChecks(table, reading).findings
    return TraceValidation(
      findings: findings.sorted { ($1.severity, $0.check) < ($0.severity, $1.check) },
      requests: table.count)
  }

  /// Requests that are in the file and not in the trace.
  private static func leftOut(_ reading: TraceReading) -> [TraceFinding] {
    guard reading.lost > 0 else { return [] }
    let isMost = reading.lost > reading.rowsWritten
    return [
      TraceFinding(
        "left-out", isMost ? .error : .warning,
        "\(reading.lost) of \(reading.rowsRead - reading.others) requests are left out; of all "
          + "rows: \(reading.reasons)",
        advice: isMost
          ? "Do not take the others for the whole."
          : "Make sure that the others are what you want to replay.")
    ]
  }

  private static func unreadable(
    _ problems: FileProblems, isLenient: Bool = false
  ) -> [TraceFinding] {
    var findings: [TraceFinding] = []
    let ofBlocks = problems.problems.filter { $0.check == "block-count" }
    if !ofBlocks.isEmpty {
      findings.append(
        TraceFinding(
          "block-count", .error, "prompts have another number of ids than blocks",
          examples: ofBlocks.map(\.description),
          advice: "Check block size, and whether a last block that is not full has an id."))
    }
    for problem in problems.problems where problem.check == "requests" {
      findings.append(
        TraceFinding(
          "requests", .error, problem.told,
          advice: "See what the rows lack, or get the file again."))
    }
    let others = problems.problems.filter { $0.check == nil }
    guard !others.isEmpty else { return findings }
    findings.append(
      TraceFinding(
        "readable", isLenient ? .warning : .error,
        problems.count == 1
          ? "a row or file cannot be read" : "\(problems.count) problems with rows or columns",
        examples: others.map(\.description),
        advice: isLenient
          ? "They are left out, as --lenient asks."
          : "Get the file again, or leave such rows out with --lenient."))
    return findings
  }
}

/// The list of checks.
enum TraceCheck {
  static let all: [(id: String, title: String)] = [
    ("readable", "every row can be read: no pointer, no cut-off file, columns by name"),
    ("left-out", "every request of the file is in the trace"),
    ("blank-lines", "no line is empty"),
    ("mixed-times", "times are written one way"),
    ("requests", "there are requests"),
    ("arrivals", "requests say when they came, or what they wait for"),
    ("arrival-order", "arrivals do not go back"),
    ("clock-ticks", "the clock is finer than the gaps"),
    ("time-unit", "the span is plausible for the unit"),
    ("collection-gaps", "no window without requests where the rate expects some"),
    ("empty-prompts", "every prompt has tokens"),
    ("empty-answers", "every answer has tokens"),
    ("clipped", "lengths end in a tail, not at a wall"),
    ("fixed-step", "gaps between arrivals differ"),
    ("counterfeit", "gaps and lengths vary as those of users do"),
    ("block-count", "prompts have as many block ids as blocks"),
    ("prefix-chain", "a block id has one predecessor"),
    ("local-ids", "ids that hold within a session are said to"),
    ("turns", "turns of a session are numbered without gaps"),
    ("context", "a turn goes on from the turn before"),
    ("duplicate-sessions", "no session is the copy of another"),
    ("part-sums", "the parts of a prompt make up its length"),
    ("token-totals", "totals are sums, and parts not more than the whole"),
    ("licence", "the licence is stated"),
    ("rows", "rows read are rows written and rows left out"),
    ("stats", "figures of the header are those of the rows"),
  ]
}
