package import TraceArchive

/// A linear step time fitted to measured steps, in milliseconds.
package struct StepFit: Sendable {
  private let values: [Double]
  private let standardErrors: [Double?]
  /// Terms that the steps do not tell from others; they are zero.
  package let unidentified: [StepTerm]
  /// Terms that come out negative; they are held at zero.
  package let atZero: [StepTerm]

  /// `runs` are lists of steps, each with at least one.
  package init(_ runs: [[TimedStep]]) {
    let rows = runs.enumerated().flatMap { index, steps in
      steps.map { step in
        RobustRegression.Row(
          amounts: StepTerm.allCases.map { $0.amount(in: step) }, time: max(step.busy, 1e-6),
          group: index, weight: 1 / Double(steps.count))
      }
    }
    let regression = RobustRegression(rows)
    values = regression.values
    standardErrors = regression.standardErrors
    unidentified = regression.unidentified.map { StepTerm.allCases[$0] }
    atZero = regression.atZero.map { StepTerm.allCases[$0] }
  }

  package subscript(term: StepTerm) -> Double { values[term.rawValue] }

  /// From how much runs differ; nil: they do not tell.
  package func standardError(_ term: StepTerm) -> Double? { standardErrors[term.rawValue] }

  func duration(of step: TimedStep) -> Double {
    StepTerm.allCases.reduce(0) { $0 + self[$1] * $1.amount(in: step) }
  }
}
