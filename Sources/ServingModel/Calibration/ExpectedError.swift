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
}
