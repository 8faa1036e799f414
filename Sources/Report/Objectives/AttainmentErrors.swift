import ServingModel
import ServingSim
import SimKernel

/// How far the share of requests that meet their limits could move: each latency at the ends of the
/// interval that a share of the measured means and medians lies in.
///
/// An error is a share of what is measured. So a latency predicted as x was measured between
/// x / (1 + error) and x / (1 - error).
struct AttainmentErrors {
  private let errors: [(objective: Objective, error: Double)]

  /// nil when no objective of a request is stated, or the error of one's latency is not known.
  init?(_ metrics: Metrics, _ error: KeyPath<ErrorInterval, Double>) {
    let stated = metrics.objectives.stated.map(\.objective)
    errors = stated.compactMap { objective in
      let metric = ExpectedError.Metric(rawValue: objective.rawValue)
      return metric.flatMap { metrics.expectedError(of: $0) }.map {
        (objective, $0[keyPath: error])
      }
    }
    guard !errors.isEmpty, errors.count == stated.count else { return nil }
  }

  /// Of the requests that ended, from all latencies longer to all shorter; nil when none did. The longer
  /// ones are longer by their `growth`, too.
  func range(
    _ requests: JudgedRequests, growth: (Objective) -> Double = { _ in 1 }
  ) -> ClosedRange<Double>? {
    // A latency x / f is within a limit when x is within the limit times f. There is no end to how
    // long it is measured where an error is 1 or more: no limit is met then.
    let longer = limits(requests.run) { max(0, 1 - $1) / growth($0) }
    let shorter = limits(requests.run) { 1 + $1 }
    guard let least = requests.goodput(longer), let most = requests.goodput(shorter) else {
      return nil
    }
    return least...max(least, most)
  }

  private func limits(
    _ run: FinishedRun, _ factor: (Objective, Double) -> Double
  ) -> RequestLimits {
    var scales: [Objective: Double] = [:]
    for (objective, error) in errors { scales[objective] = factor(objective, error) }
    return RequestLimits(run, scales: scales)
  }
}
