package import ServingModel

/// A measured row and what the simulation says to it.
package struct Prediction: Sendable {
  package var row: MeasuredRow
  /// In the row's unit; nil when nothing can be predicted.
  package var predicted: Double?
  /// Why there is no prediction, or what was assumed for it; empty where nothing is to be said.
  package var reason: String
  /// The error to expect of it; nil: nothing is known.
  package var expected: ExpectedError?
  /// Empty where they make no difference that `expected` does not know of.
  package var swings = StepSwings()

  package init(
    row: MeasuredRow, predicted: Double?, reason: String, expected: ExpectedError? = nil
  ) {
    self.row = row
    self.predicted = predicted
    self.reason = reason
    self.expected = expected
  }

  /// Whether it is a sound row without a prediction.
  package var isSkipped: Bool { predicted == nil && row.problem == nil }

  /// `ok` or `unsupported`.
  package var status: String { predicted == nil ? "unsupported" : "ok" }

  /// predicted / measured - 1; nil when either is absent, or nothing was measured to be a share of.
  package var bias: Double? {
    guard let predicted, let measured = row.value, measured != 0 else { return nil }
    return predicted / measured - 1
  }

  /// The absolute error as a share of the measured value.
  package var absoluteError: Double? { bias.map(abs) }
}

extension Prediction {
  /// Whether it is of power or energy.
  var isOfPower: Bool { (try? Metric(named: row.metric))?.isOfPower ?? false }
}
