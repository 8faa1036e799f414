package import ServingModel

/// A fit to measured cases, and what there is to say of it.
package struct CalibrationOutcome: Sendable {
  package let parameters: [FittedParameter]
  /// Median errors in sample and, after cross-validation, out of sample.
  package let tables: [SampleTable]
  /// By cross-validation; empty without it or with too few cases.
  package let expected: [ExpectedError]
  private let fit: CalibrationFit
  private let state: CalibrationFit.State
  private let prior: CalibrationProfile?

  /// Fits around `prior`, or around what is known of kernels alone; nil when no case has a figure
  /// to fit to. `report` is told what is done, in phrases.
  package init?(
    _ cases: MeasuredCases, prior: CalibrationProfile?, crossValidates: Bool,
    report: @escaping @Sendable (String) -> Void
  ) async {
    let validation = await Validation(cases)
    let fit = CalibrationFit(validation, around: prior)
    guard fit.figureCount > 0 else { return nil }
    report("\(fit.parameters.count) unknowns, \(fit.figureCount) figures")
    let state = await fit.run(rounds: Self.rounds, report: report)
    let profile = fit.profile(state, name: "", source: "", over: prior)
    var samples = [
      ("in sample", await validation.predictions { profile.coefficients(for: $0.subject) } ?? [])
    ]
    var expected: [ExpectedError] = []
    if crossValidates {
      report("fits that each leave out every fifth case")
      var heldBack = [await fit.predictionsOfOtherLoads(state)]
      for part in LeftOut.allCases {
        report("fits that each leave out some cases, by \(part.rawValue)")
        let without = await fit.predictions(leavingOut: part, state)
        if part == .model || part == .accelerator {
          samples.append(("new \(part.rawValue)", without.predictions))
        }
        heldBack.append(without)
      }
      expected = ExpectedErrors.all(heldBack)
    }
    parameters = fit.fitted(state)
    tables = [[], ["family", "metric", "engine"], ["gpu"]].map { SampleTable(samples, by: $0) }
    (self.expected, self.fit, self.state, self.prior) = (expected, fit, state, prior)
  }

  /// After so many simulations of all cases the fit no longer moves.
  private static let rounds = 4

  /// Where cross-validation does not tell what errors to expect, the prior profile's are kept.
  package func profile(name: String, source: String?) -> CalibrationProfile {
    let kept = (prior?.errors ?? []).filter { known in
      !expected.contains { ($0.status, $0.metric) == (known.status, known.metric) }
    }
    return fit.profile(
      state, name: name, source: source ?? self.source, over: prior, errors: expected + kept)
  }

  private var source: String {
    let cases = Set(fit.observations.map(\.caseIndex)).count
    let beginning = "fitted to \(fit.figureCount) figures of \(cases) measured cases"
    return prior.map { "\(beginning), around \($0.name)" } ?? beginning
  }
}
