package import ServingModel
import ServingSim

extension [JudgedObjective] {
  /// The one with the least margin: what keeps the plan from being cheaper. nil: none has a value.
  package var binding: JudgedObjective? {
    var found: (objective: JudgedObjective, margin: Double)?
    for objective in self {
      // Without an answer there is no margin that is smaller.
      let margin = objective.value.map { $0.isFinite ? objective.margin ?? 0 : -.infinity }
      if let margin, margin < found?.margin ?? .infinity { found = (objective, margin) }
    }
    return found?.objective
  }
}

extension JudgedObjective {
  /// Whether it is a ceiling of the bill.
  package var isOfAmount: Bool {
    switch objective.target {
    case .latency, .goodput: false
    case .cost, .carbon: true
    }
  }

  /// `TTFT p95`, and of whom where it is not of all requests.
  package var name: String {
    objective.group.map { "\(objective.name) of \($0.label.name) \($0.name)" } ?? objective.name
  }
}

extension Metrics {
  /// The least that is known of how any of its replicas' steps were measured; nil: the scenario states
  /// all step times itself.
  package var weakestEvidence: CalibrationStatus? {
    let order = CalibrationStatus.allCases
    return stepTimes.compactMap(\.calibration?.status).max {
      (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0)
    }
  }
}
