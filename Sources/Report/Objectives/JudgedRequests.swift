import ServingModel
import ServingSim
import SimKernel

/// The requests of a run that an objective counts: all, or those of a group.
///
/// A percentile over finished requests alone would flatter a fleet that refuses half of them. So a
/// request that was refused, or whose client gave up, counts as one that takes for ever.
struct JudgedRequests {
  let run: FinishedRun
  private let isAll: Bool
  private let labels: RequestLabels?
  private let number: Int32

  init(_ run: FinishedRun, of group: RunObjective.Group? = nil) {
    let labels = group.flatMap { run.traits[$0.label] }
    let place = group.flatMap { labels?.names.firstIndex(of: $0.name) }
    self.run = run
    self.labels = labels
    isAll = group == nil
    // No request has the number of a word that is not there.
    number = place.map { Int32($0) } ?? .max
  }

  private func forEach(_ body: (Int, Outcome) -> Void) {
    for (request, outcome) in run.recording.outcomes.enumerated()
    where isAll || labels?.ofRequest[request] == number {
      body(request, outcome)
    }
  }

  /// The share of those that ended that met all their limits; nil: none ended.
  func goodput(_ limits: RequestLimits) -> Double? {
    var (judged, met) = (0, 0)
    forEach { request, outcome in
      guard outcome.status.isJudged else { return }
      judged += 1
      if outcome.status == .finished, limits.areMet(by: outcome, of: request) { met += 1 }
    }
    return ratio(Double(met), Double(judged))
  }

  /// How many ended, and of these how many without their whole answer.
  var counts: (requests: Int, unanswered: Int) {
    var counts = (requests: 0, unanswered: 0)
    forEach { _, outcome in
      guard outcome.status.isJudged else { return }
      counts.requests += 1
      if outcome.status != .finished { counts.unanswered += 1 }
    }
    return counts
  }

  /// A percentile of a latency in seconds, infinite where requests up to it got no answer; nil: no
  /// request has the latency. From the value that it has at least to the one that it has at most:
  /// requests under way when a run was stopped have taken so long, and may take for ever.
  func percentile(_ percentile: Percentile, of latency: ObjectiveLatency) -> ClosedRange<Double>? {
    if latency == .interToken { return gaps(percentile) }
    var ended: [Instant] = []
    var open: [Instant] = []
    forEach { _, outcome in
      switch outcome.status {
      case .notArrived: break
      case .finished: if let value = latency.value(outcome) { ended.append(value) }
      case .underWay:
        if let value = latency.value(outcome) {
          ended.append(value)
        } else {
          open.append(latency.least(outcome, at: run.recording.end))
        }
      case .rejectedPromptTooLong, .rejectedByAdmission, .aborted, .failed:
        if latency.isOf(outcome) { ended.append(Self.never) }
      }
    }
    var least = ended + open
    guard let low = Self.seconds(percentile, &least) else { return nil }
    guard !open.isEmpty else { return low...low }
    var most = ended + open.map { _ in Self.never }
    return low...max(low, Self.seconds(percentile, &most) ?? low)
  }

  /// Longer than any run.
  private static let never = Instant.max
  private static let longest = 1e25

  private static func seconds(_ percentile: Percentile, _ values: inout [Instant]) -> Double? {
    guard let found = Quantiles.select([percentile.share], in: &values)?.first else { return nil }
    return found > longest ? .infinity : found.rounded() / 1e12
  }

  /// Gaps are counted for the run as a whole. Those that a refused request never had count as ones
  /// without end; of one that was dropped, one.
  private func gaps(_ percentile: Percentile) -> ClosedRange<Double>? {
    var missing = 0.0
    for outcome in run.recording.outcomes where outcome.status.isJudged {
      if outcome.status.isDropped {
        missing += 1
      } else if outcome.status != .finished {
        missing += Double(max(0, outcome.outputTokens - 1))
      }
    }
    let gaps = run.recording.interTokenLatencies
    let count = Double(gaps.count)
    guard count + missing > 0 else { return nil }
    let share = count > 0 ? percentile.share * (count + missing) / count : .infinity
    guard share <= 1, let found = gaps.quantile(share) else { return .infinity ... .infinity }
    let seconds = found.rounded() / 1e12
    return seconds...seconds
  }
}

extension ObjectiveLatency {
  /// In picoseconds; nil: it has none.
  fileprivate func value(_ outcome: Outcome) -> Instant? {
    ofRequest.flatMap { outcome.latency(of: $0) }
  }

  /// Whether a request that got no answer would have had the latency: an answer of one token has no
  /// time between tokens.
  fileprivate func isOf(_ outcome: Outcome) -> Bool {
    self != .timePerOutputToken || outcome.status.isDropped || outcome.outputTokens != 1
  }

  /// What a request that is under way at `end` has taken up to then.
  fileprivate func least(_ outcome: Outcome, at end: SimTime) -> Instant {
    self == .timePerOutputToken ? 0 : max(0, end.picoseconds - outcome.arrival.picoseconds)
  }
}
