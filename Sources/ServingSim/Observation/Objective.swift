package import SimKernel

/// A latency that an objective can bound.
package enum Objective: String, CaseIterable, Sendable {
  case timeToFirstToken = "ttft"
  case timePerOutputToken = "tpot"
  case endToEnd = "e2e"

  package func limit(in objectives: ServiceLevelObjectives) -> SimDuration? {
    switch self {
    case .timeToFirstToken: objectives.timeToFirstToken
    case .timePerOutputToken: objectives.timePerOutputToken
    case .endToEnd: objectives.endToEnd
    }
  }

  /// Whether a finished request kept within `limit`. A latency that it does not have (a single
  /// token has no gaps) keeps within any.
  package func isMet(by outcome: Outcome, limit: SimDuration) -> Bool {
    guard let latency = outcome.latency(of: self) else { return true }
    return latency <= limit.picoseconds
  }
}

extension ServiceLevelObjectives {
  /// Those that are stated.
  package var stated: [(objective: Objective, limit: SimDuration)] {
    Objective.allCases.compactMap { objective in objective.limit(in: self).map { (objective, $0) } }
  }
}
