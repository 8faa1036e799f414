import ServingModel
import ServingSim
import SimKernel

/// How far the objectives' shares could move: each latency at the ends of the interval that half of
/// the measured means and medians lie in.
///
/// An error is a share of what is measured. So a latency predicted as x was measured between
/// x / (1 + error) and x / (1 - error).
struct AttainmentErrors {
  private let errors: [(objective: Objective, error: Double)]

  /// nil when no objective is stated, or the error of one's latency is not known or no bound.
  init?(_ metrics: Metrics) {
    let stated = metrics.objectives.stated.map(\.objective)
    errors = stated.compactMap { objective in
      let metric = ExpectedError.Metric(rawValue: objective.rawValue)
      return metric.flatMap { metrics.expectedError(of: $0) }.map { (objective, $0.median) }
    }
    guard !errors.isEmpty, errors.count == stated.count, errors.allSatisfy({ $0.error < 1 }) else {
      return nil
    }
  }

  /// Of the requests that ended, from all latencies longer to all shorter; nil when none did.
  func range(_ run: FinishedRun) -> ClosedRange<Double>? {
    // A latency x / f is within a limit when x is within the limit times f.
    let longer = limits(run) { 1 - $0 }
    let shorter = limits(run) { 1 + $0 }
    var judged = 0
    var met = (longer: 0, shorter: 0)
    for (request, outcome) in run.recording.outcomes.enumerated() {
      switch outcome.status {
      case .finished:
        judged += 1
        if longer.areMet(by: outcome, of: request) { met.longer += 1 }
        if shorter.areMet(by: outcome, of: request) { met.shorter += 1 }
      case .rejectedPromptTooLong, .rejectedByAdmission, .aborted: judged += 1
      case .notArrived, .underWay: continue
      }
    }
    guard judged > 0 else { return nil }
    return Double(met.longer) / Double(judged)...Double(met.shorter) / Double(judged)
  }

  private func limits(_ run: FinishedRun, _ factor: (Double) -> Double) -> RequestLimits {
    var scales: [Objective: Double] = [:]
    for (objective, error) in errors { scales[objective] = factor(error) }
    return RequestLimits(run, scales: scales)
  }
}
