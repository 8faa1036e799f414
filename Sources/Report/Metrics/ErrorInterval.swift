package import ServingModel

/// What errors to expect of a figure, as shares of what would be measured.
package struct ErrorInterval: Hashable, Sendable {
  /// Half of all errors are smaller.
  package var median: Double
  /// Nine of ten are.
  package var ninetieth: Double

  package init(median: Double, ninetieth: Double) {
    self.median = median
    self.ninetieth = ninetieth
  }
}

extension Metrics {
  /// Over all groups, the largest; nil when nothing is known for one of them.
  package func expectedError(of metric: ExpectedError.Metric) -> ErrorInterval? {
    let errors = stepTimes.map { $0.calibration?.error(of: metric) }
    let known = errors.compactMap { $0 }
    guard known.count == errors.count, let median = known.map(\.median).max(),
      let ninetieth = known.map(\.ninetieth).max()
    else { return nil }
    return ErrorInterval(median: median, ninetieth: ninetieth)
  }
}
