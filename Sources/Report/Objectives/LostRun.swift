import ServingModel
package import ServingSim
import SimKernel

/// Tells of a run under way that it misses an objective, whatever comes of the requests that have not
/// ended: so many have missed a limit already that the percentile is one of them.
package struct LostRun: Sendable {
  private struct Bound: Sendable {
    /// All have to be kept.
    var limits: [(latency: Objective, limit: Instant)]
    /// Requests that may miss one.
    var allowed: Double
  }

  private let bounds: [Bound]
  private let requests: Int

  /// nil: it has no objective that single requests decide before the end.
  package init?(_ plan: Plan) {
    requests = plan.workload.count
    let all = Double(requests)
    var bounds: [Bound] = []
    var share = RunObjective.usualGoodput
    for objective in plan.objectives.ofRun where objective.group == nil {
      switch objective.target {
      case .latency(let latency, let percentile, let limit):
        guard let latency = latency.ofRequest else { continue }
        bounds.append(
          Bound(
            limits: [(latency, Instant(limit.picoseconds))], allowed: (1 - percentile.share) * all))
      case .goodput(let stated): share = stated
      case .cost, .carbon: continue
      }
    }
    let stated = plan.objectives.stated
    // Requests with limits of their own are judged when all has ended.
    if !stated.isEmpty, Objective.allCases.allSatisfy({ plan.workload.traits[$0.number] == nil }) {
      let limits = stated.map { ($0.objective, Instant($0.limit.picoseconds)) }
      bounds.append(Bound(limits: limits, allowed: (1 - share) * all))
    }
    guard !bounds.isEmpty else { return nil }
    self.bounds = bounds
  }

  /// Ends a run that is lost, and says so.
  package func watch(_ lost: @escaping () -> Void) -> RunWatch {
    RunWatch(requests: requests) { outcomes in
      guard isLost(outcomes) else { return true }
      lost()
      return false
    }
  }

  func isLost(_ outcomes: UnsafeBufferPointer<Outcome>) -> Bool {
    bounds.contains { bound in
      let missed = outcomes.count { outcome in
        bound.limits.contains { (outcome.latency(of: $0.latency) ?? 0) > $0.limit }
      }
      // One more, for percentiles lie between two requests.
      return Double(missed) > bound.allowed + 1
    }
  }
}
