import ServingModel
package import ServingSim
package import SimKernel

/// A latency of a request beside what it is held to.
package struct RequestVerdict: Hashable, Sendable {
  package var objective: Objective
  /// Of a percentile of the run, which binds no single request; nil: of the request itself.
  package var percentile: Percentile?
  /// nil: the request has no such latency.
  package var value: Instant?
  /// nil: none is stated.
  package var limit: SimDuration?
  /// Whether the limit is the request's own and not the run's.
  package var isOwn = false
  /// Whether it is within the limit; nil: there is none, or the request has not ended.
  package var isMet: Bool?

  /// How far the value is on the right side of the limit, as a share of it; nil: there are not both.
  package var margin: Double? {
    guard let value, let limit, limit > .zero else { return nil }
    return 1 - Double(value) / Double(limit.picoseconds)
  }

  /// Each latency with the limit of the request, and with those of the run's percentiles for it.
  static func all(_ request: Int, of run: FinishedRun) -> [RequestVerdict] {
    let outcome = run.recording.outcomes[request]
    let limits = RequestLimits(run)
    return Objective.allCases.flatMap { objective in
      let own = RequestVerdict(
        objective, outcome, limit: limits.limit(objective, of: request),
        isOwn: limits.hasOwn(objective, of: request))
      return [own]
        + percentiles(of: objective, request, run).map {
          RequestVerdict(objective, outcome, percentile: $0, limit: $1)
        }
    }
  }

  private init(
    _ objective: Objective, _ outcome: Outcome, percentile: Percentile? = nil, limit: SimDuration?,
    isOwn: Bool = false
  ) {
    self.objective = objective
    self.percentile = percentile
    self.limit = limit
    self.isOwn = isOwn
    value = outcome.latency(of: objective)
    guard let limit, outcome.status.isJudged else { return }
    // One that was refused or dropped misses whatever it is held to.
    isMet = outcome.status == .finished && objective.isMet(by: outcome, limit: limit)
  }

  /// Those of all requests, and of the groups that the request is in.
  private static func percentiles(
    of objective: Objective, _ request: Int, _ run: FinishedRun
  ) -> [(Percentile, SimDuration)] {
    run.objectives.ofRun.compactMap { stated in
      guard case .latency(let latency, let percentile, let limit) = stated.target,
        latency.ofRequest == objective,
        stated.group.map({ run.traits[$0.label]?[request] == $0.name }) ?? true
      else { return nil }
      return (percentile, limit)
    }
  }
}
