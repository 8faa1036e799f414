import ServingModel
package import ServingSim
import SimKernel

/// What a run recorded of its requests beside their outcomes, found by the request's number.
package struct RequestHistories {
  private let run: FinishedRun
  /// Until when it was held, each time.
  private var releases: [Int32: [SimTime]] = [:]
  /// In the order in which they were dropped.
  private var lost: [Int32: [LostAttempt]] = [:]
  private let handoffs: HandoffFinder
  /// In the order in which they began.
  private var loads: [Int32: [KVLoad]] = [:]

  package init(_ run: FinishedRun) {
    self.run = run
    handoffs = HandoffFinder(run.recording.handoffs)
    for load in run.recording.loads { loads[load.number, default: []].append(load) }
    for held in run.recording.held { releases[held.number, default: []].append(held.release) }
    for attempt in run.recording.lost { lost[attempt.number, default: []].append(attempt) }
  }

  /// Where its time went; nil: it never arrived.
  package func time(of request: Int) -> RequestTime? {
    let outcome = run.recording.outcomes[request]
    return RequestTime(
      outcome, release: release(of: request), earlier: earlier(request),
      frontend: frontend(of: outcome) ?? .zero, roundTrip: roundTrip(of: request),
      handoff: handoffs.handoff(of: request, outcome), load: load(of: request, outcome),
      end: run.recording.end)
  }

  /// Until when its first attempt was held; nil: it was not, or it is not recorded which one was.
  func release(of request: Int) -> SimTime? {
    let earlier = earlier(request)
    guard Int(run.recording.outcomes[request].retries) == earlier.count else { return nil }
    let first = earlier.first?.firstScheduled ?? .never
    return releases(of: request).last { $0 <= first }
  }

  func releases(of request: Int) -> [SimTime] { releases[Int32(request)] ?? [] }

  /// Its attempts that were worked on and dropped, but for its last one.
  func earlier(_ request: Int) -> [LostAttempt] {
    let all = lost[Int32(request)] ?? []
    return lastLost(request) == nil ? all : Array(all.dropLast())
  }

  /// What was dropped with its last attempt; nil: it was not dropped, or not worked on.
  func lastLost(_ request: Int) -> LostAttempt? {
    let outcome = run.recording.outcomes[request]
    guard outcome.status.isDropped, !outcome.firstScheduled.isNever else { return nil }
    return lost[Int32(request)]?.last
  }

  /// What came for its last attempt before that had its first step; nil: nothing.
  private func load(of request: Int, _ outcome: Outcome) -> KVLoad? {
    loads[Int32(request)]?.last {
      $0.attempt == Int32(outcome.retries) + 1 && $0.arrived <= outcome.firstScheduled
    }
  }

  /// That of the engine which had it last; nil: it came to none, or it is not recorded.
  func frontend(of outcome: Outcome) -> SimDuration? {
    outcome.replica < 0 ? nil : run.replicas[Int(outcome.replica)].frontendLatency
  }

  /// Between its client and the replica that had it last.
  private func roundTrip(of request: Int) -> SimDuration {
    let replica = Int(run.recording.outcomes[request].replica)
    guard replica >= 0, let region = run.traits[.region]?[request] else { return .zero }
    return run.replicas[replica].roundTrips[region] ?? .zero
  }

  /// Medians over the finished requests, in seconds; nil: none finished.
  func medians() -> MedianTimes? {
    let finished = run.recording.outcomes.indices.filter {
      run.recording.outcomes[$0].status == .finished
    }
    func median(_ value: (RequestTime) -> Instant) -> Double? {
      // One column at a time: all at once would take many times the memory.
      var column = finished.compactMap { time(of: $0).map(value) }
      return Quantiles.select([0.5], in: &column).map { $0[0].rounded() / 1e12 }
    }
    guard let total = median({ $0.total }) else { return nil }
    return MedianTimes(
      requests: finished.count, total: total,
      parts: RequestTime.Part.allCases.map { part in median { $0[part] } ?? 0 })
  }
}

/// What finished requests of a run took, in seconds: the median of each part, and of the whole. They
/// are of different requests and do not add up.
package struct MedianTimes: Hashable, Sendable {
  package var requests: Int
  package var total: Double
  /// By `RequestTime.Part.rawValue`.
  private var parts: [Double]

  fileprivate init(requests: Int, total: Double, parts: [Double]) {
    self.requests = requests
    self.total = total
    self.parts = parts
  }

  package subscript(part: RequestTime.Part) -> Double { parts[part.rawValue] }
}
