import ServingModel
package import ServingSim
package import SimKernel
package import TraceArchive
package import TextAndBytes

/// How a recorded trace becomes a workload.
package struct TraceReplay: Hashable, Sendable {
  /// Arrivals come this many times as fast; think times stay as they are.
  package var rateScale = 1.0
  /// Only rows that arrive from `from` on and before `to`, counted from the trace's first arrival;
  /// `from` becomes the start. Rows without arrival go with the rows they wait for.
  package var from = SimTime.start
  package var to: SimTime?
  /// Only the first so many of these rows.
  package var limit: Int?
  package var sessions = SessionMode.recorded
  /// Before a turn that waits and whose think time the trace does not know.
  package var thinkTime = SimDuration.zero
  /// Clients that send the rows which have neither an arrival nor a row to wait for; nil: such rows
  /// are refused, since nothing says when they came.
  package var concurrency: Int?

  /// When the later turns of a session are sent.
  package enum SessionMode: String, CaseIterable, Sendable {
    /// When they were recorded, whatever the simulated fleet does.
    case recorded
    /// A think time after the end of the turn before, as users behave.
    case closed

    /// What the scenario reference says of it.
    var meaning: String {
      switch self {
      case .recorded: "when they were recorded"
      case .closed: "a think time after the end of the turn before"
      }
    }
  }

  package init() {}

  /// The workload, or what keeps the trace from being replayed.
  package func workload(of trace: RequestTrace) throws(FileProblems) -> Workload {
    precondition(rateScale > 0 && rateScale.isFinite, "a rate scale of zero or less")
    let rows = TraceRows(trace, options: self)
    guard !rows.kept.isEmpty else {
      let last = trace.arrivals.last { $0 != RequestTrace.noArrival } ?? 0
      throw problem(
        trace, "the window holds no row; rows arrive from 0 s to \(Double(last) / 1e9) s")
    }
    let waits = TraceDependencies(trace, rows: rows, options: self)
    let arrivals = try arrivals(trace, rows, waits)
    let closedLoop = try closedLoop(
      of: rows.kept.indices.count { arrivals[$0] == .never && waits.isIndependent($0) }, trace, rows
    )
    return Workload(
      arrivals: arrivals,
      promptTokens: rows.kept.map { trace.inputTokens[Int($0)] },
      outputTokens: rows.kept.map { trace.outputTokens[Int($0)] },
      content: try content(trace, rows.kept),
      dependencies: waits.dependencies,
      closedLoop: closedLoop,
      // Traces count urgency upwards, vLLM downwards.
      priorities: trace.priorities.map { column in
        rows.kept.map { -max(column[Int($0)], -Int32.max) }
      },
      sessions: trace.sessions.map { column in rows.kept.map { column[Int($0)] } },
      deadlines: trace.deadlines.map { column in rows.kept.map { deadline(column[Int($0)]) } },
      traits: trace.traits.of(rows.kept.map { Int($0) }),
      description: description(trace, rows))
  }

  /// The clients that send so many rows; nil for none.
  private func closedLoop(
    of count: Int, _ trace: RequestTrace, _ rows: TraceRows
  ) throws(FileProblems) -> ClosedLoop? {
    guard count > 0 else { return nil }
    if let concurrency { return ClosedLoop(concurrency: concurrency) }
    throw problem(
      trace,
      """
      \(count) of \(rows.kept.count) requests have neither an arrival nor a request to wait for; \
      state which column has the times (workload.trace.columns: {arrival: COLUMN}), or, for clients \
      that send the next when the last is answered, how many (workload.trace.concurrency)
      """)
  }

  private func arrivals(
    _ trace: RequestTrace, _ rows: TraceRows, _ waits: TraceDependencies
  ) throws(FileProblems) -> [SimTime] {
    var arrivals: [SimTime] = []
    arrivals.reserveCapacity(rows.kept.count)
    for (place, row) in rows.kept.enumerated() {
      let recorded = trace.arrivals[Int(row)]
      guard recorded != RequestTrace.noArrival, waits.isIndependent(place) else {
        arrivals.append(.never)
        continue
      }
      let sinceStart = recorded - Int64(from.picoseconds / 1000)
      let scaled = Double(sinceStart) / rateScale
      guard scaled <= SimTime.last.seconds * 1e9 else {
        throw problem(
          trace, "row \(row) arrives after more than the four years that the clock holds")
      }
      // Through floating point only where the scale asks for it.
      let nanoseconds = rateScale == 1 ? sinceStart : Int64(scaled.rounded())
      arrivals.append(SimTime(picoseconds: Instant(nanoseconds) * 1000))
    }
    return arrivals
  }

  /// Of so many nanoseconds, as far as the clock reaches; negative: none.
  private func deadline(_ nanoseconds: Int64) -> SimDuration {
    let longest = SimDuration.longest.picoseconds
    guard nanoseconds >= 0, nanoseconds < longest / 1000 else { return .longest }
    return SimDuration(picoseconds: nanoseconds * 1000)
  }

  private func problem(_ trace: RequestTrace, _ message: String) -> FileProblems {
    FileProblems(FileProblem(file: trace.file, message: message))
  }

  private func content(
    _ trace: RequestTrace, _ rows: [Int32]
  ) throws(FileProblems) -> ContentTable? {
    var chains = ContentChains(trace)
    return try chains.table(rows: rows)
  }

  private func description(_ trace: RequestTrace, _ rows: TraceRows) -> String {
    var text = "\(trace.file) (\(trace.format.rawValue)): \(rows.kept.count) requests"
    if rows.kept.count < trace.count { text += " of \(trace.count)" }
    if rateScale != 1 { text += ", rate x \(rateScale)" }
    if sessions == .closed { text += ", later turns wait for the turn before" }
    return text
  }
}
