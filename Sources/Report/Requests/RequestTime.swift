import ServingSim
package import SimKernel

/// Where a request's time went, from its arrival to its end: parts that add up to the whole, to the
/// picosecond.
package struct RequestTime: Hashable, Sendable {
  /// In the order in which a request comes through them.
  package enum Part: Int, CaseIterable, Sendable {
    /// Until a gate released it.
    case held
    /// On the way to its region, and its first token's way back.
    case travel
    /// For a replica to be there, and in its queue, until its first step.
    case waiting
    /// Within that, while KV entries came from the host's memory or a tier behind it.
    case loading
    /// In attempts that were worked on and dropped.
    case dropped
    /// Outside these: until its client sent it again, and waiting.
    case between
    /// Of its last attempt, from its first step to the end of the one that yielded its first token.
    case prefill
    /// Within that, where another replica computed its prompt: until its KV entries were with the one
    /// that answers it.
    case handover
    /// That token's way to the client.
    case frontend
    /// From there to the last token, preemptions included.
    case decode
  }

  /// By `Part.rawValue`, in picoseconds.
  private var parts = [Instant](repeating: 0, count: Part.allCases.count)

  package subscript(part: Part) -> Instant { parts[part.rawValue] }

  package var total: Instant { parts.reduce(0, +) }

  /// Up to its first token.
  package var beforeFirstToken: Instant { total - self[.decode] }

  /// `release`: until when its first attempt was held; nil: it was not. `earlier`: the attempts before
  /// its last one that were worked on. `frontend`: the latency of its engine's. `roundTrip`: between its
  /// client and its region. `handoff`, `load`: of its last attempt. `end`: the run's.
  init?(
    _ outcome: Outcome, release: SimTime?, earlier: [LostAttempt], frontend: SimDuration,
    roundTrip: SimDuration, handoff: Handoff? = nil, load: KVLoad? = nil, end: SimTime
  ) {
    guard !outcome.arrival.isNever else { return nil }
    let last = outcome.finish.isNever ? end : outcome.finish
    var time = outcome.arrival.picoseconds
    func pass(to next: Instant, _ part: Part) {
      // Whatever a file says, no part is negative, and they end with the request.
      let next = max(time, min(next, last.picoseconds))
      parts[part.rawValue] += next - time
      time = next
    }
    if let release { pass(to: release.picoseconds, .held) }
    // Of attempts that nobody worked on there is no record.
    var wait = Int(outcome.retries) == earlier.count ? Part.waiting : .between
    let way = Instant(roundTrip.picoseconds / 2)
    // Of an attempt that comes later it is not recorded when its client sent it.
    if wait == .waiting {
      let first = (earlier.first?.firstScheduled ?? outcome.firstScheduled).picoseconds
      pass(to: min(time + way, first), .travel)
    }
    for attempt in earlier {
      pass(to: attempt.firstScheduled.picoseconds, wait)
      pass(to: attempt.end.picoseconds, .dropped)
      wait = .between
    }
    if let load {
      pass(to: load.started.picoseconds, wait)
      pass(to: load.arrived.picoseconds, .loading)
    }
    pass(to: outcome.firstScheduled.picoseconds, wait)
    if let handoff {
      pass(to: handoff.prefilled.picoseconds, .prefill)
      pass(to: handoff.arrived.picoseconds, .handover)
    }
    if !outcome.firstToken.isNever {
      let token = outcome.firstToken.picoseconds
      let sent = token - (Instant(roundTrip.picoseconds) - way)
      pass(to: sent - Instant(frontend.picoseconds), .prefill)
      pass(to: sent, .frontend)
      pass(to: token, .travel)
    }
    pass(to: .max, outcome.firstToken.isNever ? .prefill : .decode)
  }
}

extension RequestTime.Part {
  /// What people call it.
  package var name: String {
    switch self {
    case .held: "held by a gate"
    case .travel: "on the way"
    case .waiting: "waiting"
    case .loading: "loading"
    case .dropped: "dropped attempts"
    case .between: "between attempts"
    case .prefill: "prefill"
    case .handover: "handover"
    case .frontend: "frontend"
    case .decode: "decode"
    }
  }

  /// Its key in JSON, without a unit.
  var key: String {
    switch self {
    case .held: "held"
    case .travel: "travel"
    case .waiting: "waiting"
    case .loading: "loading"
    case .dropped: "dropped_attempts"
    case .between: "between_attempts"
    case .prefill: "prefill"
    case .handover: "handover"
    case .frontend: "frontend"
    case .decode: "decode"
    }
  }
}
