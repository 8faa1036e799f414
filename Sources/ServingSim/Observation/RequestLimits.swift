package import ServingModel
package import SimKernel

/// The limits that the requests of a run are held to: each one's own where it states some, else the
/// run's.
package struct RequestLimits: Sendable {
  /// What the run or any of its requests has an objective for.
  package let objectives: [Objective]
  private let ofRun: ServiceLevelObjectives
  /// By objective: the requests' own.
  private let own: [[Int64]?]
  private let scale: [Double]

  /// `scales`: what limits are multiplied by, where not 1.
  package init(_ run: FinishedRun, scales: [Objective: Double] = [:]) {
    ofRun = run.objectives
    own = Objective.allCases.map { run.traits[$0.number] }
    scale = Objective.allCases.map { scales[$0] ?? 1 }
    let own = own
    objectives = Objective.allCases.enumerated().compactMap { place, objective in
      objective.limit(in: run.objectives) != nil || own[place] != nil ? objective : nil
    }
  }

  /// Whether a request states its own.
  package func hasOwn(_ objective: Objective, of request: Int) -> Bool {
    own[place(objective)].map { $0[request] >= 0 } ?? false
  }

  /// What a request is held to; nil: nothing.
  package func limit(_ objective: Objective, of request: Int) -> SimDuration? {
    let place = place(objective)
    var limit = objective.limit(in: ofRun)?.picoseconds
    if let column = own[place], column[request] >= 0 { limit = column[request] }
    guard let limit else { return nil }
    guard scale[place] != 1 else { return SimDuration(picoseconds: limit) }
    return SimDuration(picoseconds: Int64(min(Double(limit) * scale[place], 9e18)))
  }

  /// Whether a finished request kept within its limit; nil: it has none.
  package func isMet(_ objective: Objective, by outcome: Outcome, of request: Int) -> Bool? {
    limit(objective, of: request).map { objective.isMet(by: outcome, limit: $0) }
  }

  /// Whether a finished request kept within all the limits that it has.
  package func areMet(by outcome: Outcome, of request: Int) -> Bool {
    objectives.allSatisfy { isMet($0, by: outcome, of: request) ?? true }
  }

  private func place(_ objective: Objective) -> Int {
    switch objective {
    case .timeToFirstToken: 0
    case .timePerOutputToken: 1
    case .endToEnd: 2
    }
  }
}

extension Objective {
  /// The column of its limits.
  package var number: RequestNumber {
    switch self {
    case .timeToFirstToken: .timeToFirstToken
    case .timePerOutputToken: .timePerOutputToken
    case .endToEnd: .endToEnd
    }
  }
}
