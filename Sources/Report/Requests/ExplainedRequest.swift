package import Impact
package import ServingModel
package import ServingSim
package import SimKernel

/// A request of a finished run, and where its time, KV blocks, energy and money went: all that the run
/// recorded of it, and what follows from that exactly.
package struct ExplainedRequest {
  package let run: FinishedRun
  /// In the workload.
  package let number: Int
  package let outcome: Outcome
  /// nil: it never arrived.
  package let time: RequestTime?
  /// nil: no request finished.
  package let medians: MedianTimes?
  /// Of the finished requests.
  package let latency: LatencyMetrics
  package let verdicts: [RequestVerdict]
  /// Until when gates held it.
  package let releases: [SimTime]
  package let attempts: [RequestAttempt]
  package let loads: [Meanwhile]
  /// With the request's charge; nil: none was made.
  package let bill: Bill?

  /// What the engine that had it did while it waited or ran, and in the whole run.
  package struct Meanwhile: Hashable, Sendable {
    package enum Stretch: Hashable, Sendable {
      case waiting
      /// `number`: which attempt; nil: not recorded.
      case attempt(number: Int?)
      case run
    }

    package var stretch: Stretch
    package var load: EngineLoad
  }

  /// `number` is that of one of the run's requests.
  package init(_ number: Int, of run: FinishedRun, bill: Bill?) {
    let histories = RequestHistories(run)
    self.run = run
    self.number = number
    self.bill = bill
    outcome = run.recording.outcomes[number]
    time = histories.time(of: number)
    medians = histories.medians()
    latency = LatencyMetrics(of: run.recording)
    verdicts = RequestVerdict.all(number, of: run)
    releases = histories.releases(of: number)
    attempts = outcome.arrival.isNever ? [] : histories.attempts(at: number, of: run)
    loads = Self.loads(
      attempts, waitsFrom: outcome.retries == 0 ? releases.last ?? outcome.arrival : nil, run)
  }

  package var promptTokens: Int { Int(run.promptTokens[number]) }

  /// Those of its answer; nil: not known yet.
  package var outputTokens: Int? {
    outcome.status == .underWay || outcome.status == .notArrived ? nil : Int(outcome.outputTokens)
  }

  /// What it says of itself.
  package var labels: [(label: RequestLabel, name: String)] {
    RequestLabel.allCases.compactMap { label in
      run.traits[label]?[number].map { (label, $0) }
    }
  }

  /// Tokens that a KV block of its engine holds; nil: it came to none, or it is not recorded.
  package var blockSize: Int? {
    outcome.replica < 0 ? nil : run.replicas[Int(outcome.replica)].blockSize
  }

  /// KV blocks of context that it held at its end, those included that it shared; nil: it did not finish.
  /// The last token of an answer is never computed on.
  package var blocks: Int? {
    guard outcome.status == .finished, let size = blockSize, size > 0 else { return nil }
    let tokens = promptTokens + max(0, Int(outcome.outputTokens) - 1)
    return (tokens + size - 1) / size
  }

  /// Attempts before its last one of which nothing is recorded.
  package var unrecordedAttempts: Int { max(0, Int(outcome.retries) + 1 - attempts.count) }

  /// What the files of a run do not say of it, in clauses.
  package var notRecorded: [String] {
    guard time != nil else { return [] }
    var clauses: [String] = []
    if outcome.replica >= 0, run.replicas[Int(outcome.replica)].frontendLatency == nil {
      clauses.append("the frontend's latency, which prefill includes")
    }
    if outcome.replica >= 0, blockSize == nil { clauses.append("block_size") }
    if outcome.preemptions > 0 {
      clauses.append("when it was preempted, and the tokens that were computed again")
    }
    if unrecordedAttempts > 0 {
      let attempts = unrecordedAttempts == 1 ? "1 attempt" : "\(unrecordedAttempts) attempts"
      clauses.append("when \(attempts) came that nobody worked on, and to which replica")
    }
    if outcome.retries > 0 {
      clauses.append("how long its client waited before it sent the request again")
    }
    return clauses
  }

  private static func loads(
    _ attempts: [RequestAttempt], waitsFrom start: SimTime?, _ run: FinishedRun
  ) -> [Meanwhile] {
    let end = run.recording.end
    var loads: [Meanwhile] = []
    func add(_ stretch: Meanwhile.Stretch, _ engine: Int, from start: SimTime, until end: SimTime) {
      guard let load = EngineLoad(run, engine: engine, from: start, until: end) else { return }
      loads.append(Meanwhile(stretch: stretch, load: load))
    }
    if let start, let attempt = attempts.last, let engine = attempt.engine {
      let until = min(attempt.firstScheduled, attempt.end, end)
      if until > start { add(.waiting, engine, from: start, until: until) }
    }
    for attempt in attempts {
      guard let engine = attempt.engine, !attempt.firstScheduled.isNever else { continue }
      add(
        .attempt(number: attempt.number), engine, from: attempt.firstScheduled,
        until: min(attempt.end, end))
    }
    if let engine = attempts.last?.engine { add(.run, engine, from: .start, until: end) }
    return loads
  }
}
