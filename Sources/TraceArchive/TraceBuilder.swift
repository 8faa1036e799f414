/// Collects the rows of a trace as they are read, then drops, sorts and re-bases them.
struct TraceBuilder {
  private var trace: RequestTrace
  private let sort: Bool
  private var numbersOfSessions: [String: Int32] = [:]
  private var latest = Int64.min
  /// The first row that arrives before an earlier one.
  private var disorder: (line: Int, by: Int64)?
  private var disorderedRows = 0

  /// The columns of a row that has its place in all of them.
  struct Row {
    /// Nanoseconds from any origin.
    var arrival = RequestTrace.noArrival
    var input: Int32
    var output: Int32
    var session: Int32 = -1
    var turn: Int32 = -1
    var parent: Int32 = -1
    var think: Int64 = -1
    var priority: Int32 = 0
  }

  /// Columns that a trace may have beside arrivals and counts.
  enum Columns { case counts, sessions, all }

  init(file: String, format: TraceFormat, columns: Columns, sort: Bool) {
    trace = RequestTrace(file: file, format: format)
    self.sort = sort
    if columns != .counts {
      trace.sessions = []
      trace.turns = []
    }
    if columns == .all {
      trace.parents = []
      trace.dependsOn = RowLists()
      trace.thinkTimes = []
      trace.priorities = []
    }
  }

  var count: Int { trace.count }
  var blocks: PrefixBlocks? {
    get { trace.prefixes }
    _modify { yield &trace.prefixes }
  }

  mutating func note(_ text: String) { trace.notes.append(text) }

  /// The number of a session.
  mutating func session(_ name: String) -> Int32 {
    if let number = numbersOfSessions[name] { return number }
    let number = Int32(numbersOfSessions.count)
    numbersOfSessions[name] = number
    return number
  }

  /// The row's dependencies and block ids are added before it.
  mutating func addDependency(_ row: Int32) { trace.dependsOn?.rows.append(row) }

  mutating func add(_ row: Row, line: Int) {
    trace.arrivals.append(row.arrival)
    trace.inputTokens.append(row.input)
    trace.outputTokens.append(row.output)
    trace.sessions?.append(row.session)
    trace.turns?.append(row.turn)
    trace.parents?.append(row.parent)
    trace.dependsOn?.endRow()
    trace.thinkTimes?.append(row.think)
    trace.priorities?.append(row.priority)
    trace.prefixes?.endRow()
    guard row.arrival != RequestTrace.noArrival, row.input > 0, row.output > 0 else { return }
    if row.arrival < latest {
      disorderedRows += 1
      if disorder == nil { disorder = (line, latest - row.arrival) }
    } else {
      latest = row.arrival
    }
  }

  /// Calls `row` once for each record, and returns the trace or all that was found wrong.
  consuming func reading(
    _ rows: consuming RecordReader, row: (inout RecordReader, inout TraceBuilder) -> Void
  ) throws(TraceProblems) -> RequestTrace {
    do throws(TraceProblem) {
      while try rows.advance() { row(&rows, &self) }
    } catch {
      var problem = error
      problem.line = problem.line ?? max(1, rows.lines.number)
      rows.problems.add(problem)
      throw rows.problems
    }
    return try finish(rows)
  }

  private mutating func finish(
    _ rows: consuming RecordReader
  ) throws(TraceProblems) -> RequestTrace {
    var problems = rows.problems
    let file = rows.lines.path
    trace.rowsRead = rows.rowsRead
    if rows.rowsRead == 0 {
      problems.add(TraceProblem(file: file, message: "the file has no row below its header"))
    }
    if let disorder, !sort {
      problems.add(
        TraceProblem(
          file: file, line: disorder.line,
          message: """
            arrives \(Double(disorder.by) / 1e9) s before a row above it (\(disorderedRows) such \
            rows in all); `sort: true` sorts rows by arrival
            """))
    }
    guard problems.isEmpty else { throw problems }
    let order = order()
    guard !order.isEmpty else {
      throw TraceProblems(
        TraceProblem(file: file, message: "no row has both input and output tokens"))
    }
    if order.count < trace.count || disorderedRows > 0 || !isInOrder(order) { trace.keep(order) }
    trace.rebase()
    trace.dropEmptyColumns()
    return trace
  }

  private func isInOrder(_ order: [Int32]) -> Bool {
    for (place, row) in order.enumerated() where place != Int(row) { return false }
    return true
  }

  /// The rows to keep, by arrival. A row without arrival stays behind all that it stood behind.
  private mutating func order() -> [Int32] {
    var kept: [Int32] = []
    kept.reserveCapacity(trace.count)
    for row in 0..<trace.count {
      if trace.inputTokens[row] == 0 {
        trace.dropped[.noInputTokens, default: 0] += 1
      } else if trace.outputTokens[row] == 0 {
        trace.dropped[.noOutputTokens, default: 0] += 1
      } else {
        kept.append(Int32(row))
      }
    }
    let mustSort = trace.dropped.isEmpty ? false : trace.passOnDroppedRows()
    guard disorderedRows > 0 || mustSort else { return kept }
    var latest = Int64.min
    let keys = trace.arrivals.map { arrival in
      guard arrival != RequestTrace.noArrival else { return latest }
      latest = max(latest, arrival)
      return arrival
    }
    // The row number as last word makes the sort stable.
    return kept.sorted { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
  }
}
