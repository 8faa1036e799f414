import ServingSim
import SimKernel

/// A latency that an objective can bound.
package enum Objective: String, CaseIterable, Sendable {
  case timeToFirstToken = "ttft"
  case timePerOutputToken = "tpot"
  case endToEnd = "e2e"

  func limit(in objectives: ServiceLevelObjectives) -> SimDuration? {
    switch self {
    case .timeToFirstToken: objectives.timeToFirstToken
    case .timePerOutputToken: objectives.timePerOutputToken
    case .endToEnd: objectives.endToEnd
    }
  }

  /// Whether a finished request kept within `limit`. A latency that it does not have (a single
  /// token has no gaps) keeps within any.
  func isMet(by outcome: Outcome, limit: SimDuration) -> Bool {
    let latency =
      switch self {
      case .timeToFirstToken: outcome.timeToFirstToken
      case .timePerOutputToken: outcome.timePerOutputToken
      case .endToEnd: outcome.endToEnd
      }
    guard let latency else { return true }
    return latency <= limit.picoseconds
  }
}

/// How far the run met its objectives. Judged are the requests that ended: a refused one misses
/// every objective, and one still under way has not been judged.
package struct ObjectiveMetrics: Hashable, Sendable {
  /// The objectives stated; none, nothing was asked for.
  package var stated: [Attainment]
  /// Requests that finished or were refused.
  package var judged: Int
  /// Of these, the ones that met every stated objective; nil when none is stated.
  package var metAll: Int?

  init(tally: OutcomeTally) {
    let judged = tally.counts.finished + tally.counts.rejected
    self.judged = judged
    stated = tally.objectives.map {
      Attainment(
        objective: $0.objective, bound: Double($0.limit.picoseconds) / 1e12, met: $0.met,
        share: ratio(Double($0.met), Double(judged)))
    }
    metAll = stated.isEmpty ? nil : tally.metAll
  }

  /// The share of judged requests that met every objective; nil when none is stated or judged.
  package var share: Double? {
    metAll.flatMap { ratio(Double($0), Double(judged)) }
  }
}

/// One objective and how many requests met it.
package struct Attainment: Hashable, Sendable {
  package var objective: Objective
  /// In seconds.
  package var bound: Double
  package var met: Int
  /// Of the requests judged; nil when there are none.
  package var share: Double?
}
