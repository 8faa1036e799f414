import ServingModel

/// What a row would be predicted as if all steps were off by the error to expect of them, in either
/// direction. Where requests come at their own time, a few percent decide how long they queue.
package struct StepSwings: Hashable, Sendable {
  /// By the error that half of such predictions are nearer than, and that nine of ten are.
  package var half: [Double] = []
  package var ninetieth: [Double] = []

  package init(half: [Double] = [], ninetieth: [Double] = []) {
    self.half = half
    self.ninetieth = ninetieth
  }
}

extension Prediction {
  /// Whether what was measured lies where half of such measurements are to be expected; nil where no
  /// interval is known.
  var isWithinHalf: Bool? { expected.flatMap { isWithin($0.median, swings.half) } }

  /// The same of nine in ten.
  var isWithinNinetieth: Bool? { expected.flatMap { isWithin($0.ninetieth, swings.ninetieth) } }

  /// What swinging steps make of a prediction widens its interval.
  private func isWithin(_ share: Double, _ swings: [Double]) -> Bool? {
    guard let predicted, let measured = row.value, measured != 0 else { return nil }
    let all = [predicted] + swings
    guard let least = all.min(), let most = all.max() else { return nil }
    return measured >= ExpectedError.measured(least, within: share).lowerBound
      && measured <= ExpectedError.measured(most, within: share).upperBound
  }
}

extension ExpectedError {
  /// How much longer or shorter steps are that are off by a share of what they really take.
  static func factors(_ share: Double) -> [Double] {
    let range = measured(1, within: min(share, mostOfSteps))
    return [range.lowerBound, range.upperBound]
  }
}
