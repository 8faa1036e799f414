import ServingModel
package import TextAndBytes

/// Collects records as the columns of a `RequestTrace`, then drops, sorts and re-bases its rows.
final class RequestTraceBuilder: TraceSink {
  private var trace: RequestTrace
  private let sort: Bool
  private var numbersOfSessions: [String: Int32] = [:]
  private var rows = RowsByID()
  private var traits = TraitCollector()
  private var hashing: TraceHeader.Hashing?
  private var latest = Int64.min
  /// The first row that arrives before an earlier one.
  private var disorder: (line: Int, by: Int64)?
  private var disorderedRows = 0

  init(path: String, sort: Bool) {
    trace = RequestTrace(file: path, format: .llmTrace)
    self.sort = sort
  }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    hashing = header.hashing
    if let kind = hashing?.kind, kind != .prefixChain, kind != .none, fields.contains(.prefixIDs) {
      trace.notes.append(
        "prefix_ids are left aside: hashing.kind is \(kind.rawValue), not prefix_chain")
    }
    trace.sessions = []
    trace.turns = []
    trace.parents = []
    trace.dependsOn = RowLists()
    trace.thinkTimes = []
    trace.priorities = []
    if fields.contains(.deadline) { trace.deadlines = [] }
    if fields.contains(.segments) { trace.segments = [] }
    if fields.contains(.answerInContext) { trace.answersInContext = [] }
  }

  func take(_ record: TraceRecord) throws(FileProblem) {
    for id in record.dependsOn {
      guard let row = rows[id] else { continue }
      trace.dependsOn?.rows.append(row)
    }
    let arrival = record.arrival ?? RequestTrace.noArrival
    let input = Int32(clamping: record.inputTokens)
    let output = Int32(clamping: record.outputTokens)
    trace.arrivals.append(arrival)
    trace.inputTokens.append(input)
    trace.outputTokens.append(output)
    trace.sessions?.append(record.session.map { session($0) } ?? -1)
    trace.turns?.append(record[.turn].map { Int32(clamping: $0) } ?? -1)
    trace.parents?.append(record[.parentID].flatMap { rows[$0] } ?? -1)
    trace.dependsOn?.endRow()
    trace.thinkTimes?.append(record[.think].map { $0 * 1000 } ?? -1)
    trace.priorities?.append(Self.priority(record))
    traits.append(record)
    trace.deadlines?.append(record[.deadline].map { $0 * 1000 } ?? -1)
    trace.segments?.append(record[text: .segments].map { PromptSegment.list($0) } ?? [])
    trace.answersInContext?.append(record[.answerInContext].map { $0 > 0 ? 1 : 0 } ?? -1)
    try checkBlocks(record)
    appendBlocks(of: record)
    rows.append(record.id)
    guard arrival != RequestTrace.noArrival, input > 0, output > 0 else { return }
    noteDisorder(arrival, line: record.line)
  }

  /// A class of service is a priority where no other is stated.
  private static func priority(_ record: TraceRecord) -> Int32 {
    if let priority = record[.priority] { return Int32(clamping: priority) }
    switch record[text: .sloClass] {
    case "critical": return 1
    case "sheddable": return -1
    case "batch": return -2
    case "background": return -3
    default: return 0
    }
  }

  private func noteDisorder(_ arrival: Int64, line: Int) {
    if arrival < latest {
      disorderedRows += 1
      if disorder == nil { disorder = (line, latest - arrival) }
    } else {
      latest = arrival
    }
  }

  /// The number of a session.
  private func session(_ name: String) -> Int32 {
    if let number = numbersOfSessions[name] { return number }
    let number = Int32(numbersOfSessions.count)
    numbersOfSessions[name] = number
    return number
  }

  /// Before they fill the memory.
  private func checkBlocks(_ record: TraceRecord) throws(FileProblem) {
    let count = (trace.prefixes?.runs.count ?? 0) + record.prefixRuns.runs.count
    guard count > PrefixRuns.mostOfTrace else { return }
    throw FileProblem(
      file: trace.file, line: record.line,
      message: """
        prefix_ids: \(count) runs of ids so far; \(PrefixRuns.mostOfTrace) can be held, which take \
        4 GiB. Slice the trace, or take larger blocks
        """)
  }

  private func appendBlocks(of record: TraceRecord) {
    let isChain = hashing?.kind == nil || hashing?.kind == .prefixChain
    var blocks = BlockRuns()
    if record.has(.prefixIDs), isChain {
      prepareBlocks(record)
      blocks = record.prefixRuns
    } else if !record.inputIDs.isEmpty, hashing?.kind == nil {
      if trace.prefixes == nil {
        startBlocks(PrefixBlocks(blockSize: TokenBlocks.size, hasPartialBlocks: false))
      }
      if trace.prefixes?.blockSize == TokenBlocks.size {
        blocks = TokenBlocks.ids(of: record.inputIDs)
      }
    }
    trace.prefixes?.append(blocks)
  }

  private func prepareBlocks(_ record: TraceRecord) {
    guard trace.prefixes == nil else { return }
    startBlocks(
      PrefixBlocks(
        blockSize: hashing?.blockSize ?? Int(record[.blockSize] ?? 1),
        scope: hashing?.scope ?? .global, hasPartialBlocks: hashing?.hasPartialBlocks ?? true))
  }

  /// The rows before have no blocks.
  private func startBlocks(_ blocks: PrefixBlocks) {
    trace.prefixes = blocks
    for _ in 0..<rows.count { trace.prefixes?.append(BlockRuns()) }
  }

  /// That rows are not in order of arrival, where a format of such files has to be; nil: they are.
  func disorderProblem(_ format: TraceFormat) -> FileProblem? {
    guard let disorder, !sort, !format.reader.isUnordered else { return nil }
    return FileProblem(
      file: trace.file, line: disorder.line,
      message: """
        arrives \(Double(disorder.by) / 1e9) s before a row above it (\(disorderedRows) such rows \
        in all); `sort: true` sorts rows by arrival
        """)
  }

  /// What was wrong with rows, and beside it that the others are not in order.
  func withDisorder(_ problems: FileProblems, format: TraceFormat?) -> FileProblems {
    guard let format, let disorder = disorderProblem(format) else { return problems }
    var problems = problems
    problems.add(disorder)
    return problems
  }

  /// The finished trace.
  func finish(_ reading: TraceReading) throws(FileProblems) -> RequestTrace {
    trace.format = reading.format
    trace.rowsRead = reading.rowsRead
    trace.notes = reading.notes + trace.notes
    trace.said = [reading.said(of: trace.file)] + reading.doubts.map { "\(trace.file): \($0)" }
    if let problem = disorderProblem(reading.format) { throw FileProblems(problem) }
    trace.traits = traits.collected()
    let order = order()
    guard !order.isEmpty else {
      throw FileProblems(
        FileProblem(file: trace.file, message: "no row has both input and output tokens"))
    }
    try checkShare(kept: order.count)
    if disorderedRows > 0 {
      let note = "\(disorderedRows) rows arrive before one above them: sorted by arrival"
      trace.notes.append(note)
      trace.said.append("\(trace.file): \(note)")
    }
    if !trace.dropped.isEmpty { trace.said.append("\(trace.file): \(trace.droppedText)") }
    if order.count < trace.count || disorderedRows > 0 || !isInOrder(order) { trace.keep(order) }
    trace.rebase()
    trace.dropEmptyColumns()
    cutAnswers()
    return trace
  }

  /// Answers end at their clients' limits.
  private func cutAnswers() {
    let limited = trace.traits.limited(trace.outputTokens)
    let cut = zip(limited, trace.outputTokens).count { $0 < $1 }
    guard cut > 0 else { return }
    trace.outputTokens = limited
    let note = "\(cut) answers are longer than their max_output_tokens: cut to it"
    trace.notes.append(note)
    trace.said.append("\(trace.file): \(note)")
  }

  /// What is left of a trace that lost more than it kept is another workload.
  private func checkShare(kept: Int) throws(FileProblems) {
    let dropped = trace.count - kept
    guard dropped > kept else { return }
    let reasons = DropReason.allCases.compactMap { reason in
      trace.dropped[reason].map { "\($0) with \(reason.rawValue)" }
    }
    throw FileProblems(
      FileProblem(
        file: trace.file,
        message: """
          more requests are left out than kept, \(kept) of \(trace.count): \
          \(reasons.joined(separator: ", ")); take them out of the file where the others are meant
          """))
  }

  private func isInOrder(_ order: [Int32]) -> Bool {
    for (place, row) in order.enumerated() where place != Int(row) { return false }
    return true
  }

  /// The rows to keep, by arrival. A row without arrival stays behind all that it stood behind.
  private func order() -> [Int32] {
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

/// Row numbers by request id; costs nothing while ids are the row numbers themselves.
struct RowsByID {
  private(set) var count: Int32 = 0
  private var others: [Int64: Int32]?

  subscript(id: Int64) -> Int32? {
    if let others { return others[id] }
    return id >= 0 && id < count ? Int32(id) : nil
  }

  mutating func append(_ id: Int64) {
    if others == nil, id != count {
      others = Dictionary(uniqueKeysWithValues: (0..<count).map { (Int64($0), $0) })
    }
    others?[id] = count
    count += 1
  }
}

extension RequestTrace {
  /// Reads a trace, plain or gzip. `path` is a file, or for llm-trace its directory.
  package static func read(
    path: String, options: TraceReadOptions = TraceReadOptions()
  ) throws(FileProblems) -> RequestTrace {
    let builder = RequestTraceBuilder(path: path, sort: options.sort)
    let reading: TraceReading
    do throws(FileProblems) {
      reading = try TraceReading.read(path: path, options: options, into: builder)
    } catch {
      throw builder.withDisorder(
        error, format: options.format ?? (try? FormatGuess(path: path))?.format)
    }
    return try builder.finish(reading)
  }
}
