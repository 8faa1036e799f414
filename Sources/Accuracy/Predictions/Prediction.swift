/// A measured row and what the simulation says to it.
package struct Prediction: Sendable {
  package var row: MeasuredRow
  package var outcome: Outcome

  package enum Outcome: Hashable, Sendable {
    /// In the row's unit.
    case predicted(Double)
    case unsupported
  }

  /// Why there is no prediction, or what was assumed for it; empty where nothing is to be said.
  package var reason: String

  package init(row: MeasuredRow, outcome: Outcome, reason: String) {
    self.row = row
    self.outcome = outcome
    self.reason = reason
  }

  package var predicted: Double? {
    if case .predicted(let value) = outcome { value } else { nil }
  }

  /// `ok` or `unsupported`.
  package var status: String { predicted == nil ? "unsupported" : "ok" }

  /// The absolute error as a share of the measured value.
  package var absoluteError: Double? { bias.map(abs) }

  /// predicted / measured - 1.
  package var bias: Double? {
    guard let predicted, let measured = row.value else { return nil }
    return predicted / measured - 1
  }
}
