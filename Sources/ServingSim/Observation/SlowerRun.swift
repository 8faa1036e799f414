import ServingModel
import SimKernel

/// How the requests of a run would fare if all steps took longer by the error to expect of them: what
/// that error comes to once queues have had their say. Where a fleet is near the most that it can
/// do, a few percent decide between milliseconds and minutes.
package struct SlowerRun: Hashable, Sendable {
  /// By how much the steps are longer: 0.08 is 8 %.
  package var share: Double
  package var latencies: [Objective: LatencyFigures]

  package init(share: Double, latencies: [Objective: LatencyFigures]) {
    self.share = share
    self.latencies = latencies
  }

  /// Beyond so many requests or replicas a second run beside the first takes more time and memory than
  /// it is worth.
  package static let mostRequests = 1_000_000
  package static let mostReplicas = 10_000

  /// Runs `plan` with slower steps. nil: no error of its steps is known or the plan is too large, or
  /// `progress` ended the run.
  package init?(_ plan: Plan, progress: @escaping (Int) -> Bool = { _ in true }) {
    guard let error = plan.expectedStepError, error < ExpectedError.mostOfSteps,
      plan.workload.count <= Self.mostRequests, plan.replicas.count <= Self.mostReplicas
    else { return nil }
    let factor = ExpectedError.measured(1, within: error).upperBound
    var isWhole = true
    let recording = Simulation.run(plan.slowed(by: factor)) { ended in
      isWhole = progress(ended)
      return isWhole
    }
    guard isWhole else { return nil }
    share = factor - 1
    latencies = Objective.allCases.reduce(into: [:]) { found, objective in
      found[objective] = LatencyFigures(
        recording.outcomes.compactMap { $0.status == .finished ? $0.latency(of: objective) : nil })
    }
  }
}

/// A latency of the requests that finished, in seconds.
package struct LatencyFigures: Hashable, Sendable {
  package var mean: Double
  package var p50: Double
  package var p90: Double
  package var p95: Double
  package var p99: Double

  package init(mean: Double, p50: Double, p90: Double, p95: Double, p99: Double) {
    (self.mean, self.p50, self.p90, self.p95, self.p99) = (mean, p50, p90, p95, p99)
  }

  /// nil when there are none.
  init?(_ picoseconds: [Instant]) {
    var values = picoseconds
    guard let found = Quantiles.select([0.5, 0.9, 0.95, 0.99], in: &values) else { return nil }
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    self.init(
      mean: mean / 1e12, p50: found[0] / 1e12, p90: found[1] / 1e12, p95: found[2] / 1e12,
      p99: found[3] / 1e12)
  }
}
