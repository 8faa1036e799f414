/// The error of predictions in cross-validation: half of them are within `median`, nine of ten
/// within `ninetieth`, as shares of the measured value.
package struct ExpectedError: Hashable, Sendable {
  /// Of means and medians; tails are further off.
  package enum Metric: String, CaseIterable, Sendable { case ttft, tpot, e2e, throughput }

  package var status: CalibrationStatus
  package var metric: Metric
  package var median: Double
  package var ninetieth: Double

  package init(
    _ status: CalibrationStatus, _ metric: Metric, median: Double, ninetieth: Double
  ) {
    self.status = status
    self.metric = metric
    self.median = median
    self.ninetieth = ninetieth
  }

  /// Where what is measured lies if a prediction of it is off by at most a `share` of it. From 1 on
  /// there is no upper end.
  package static func measured(
    _ predicted: Double, within share: Double
  ) -> ClosedRange<Double> {
    let least = predicted / (1 + share)
    return least...max(least, share < 1 ? predicted / (1 - share) : .infinity)
  }

  /// Steps that could be off by more than this, and take five times as long, tell nothing of how long
  /// requests would queue.
  package static let mostOfSteps = 0.8
}
