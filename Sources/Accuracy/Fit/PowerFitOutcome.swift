package import ServingModel

/// A fit of power models to measured cases, and how far it is off.
package struct PowerFitOutcome: Sendable {
  package let models: PowerFit.Models
  /// Of the models alone, at measured times: absolute errors as shares of the measured draws, in
  /// sample and by fits that left a case's model or accelerator out.
  package let errorsAtMeasuredTimes: [(sample: String, errors: [Double])]
  /// Of predictions, whose times are simulated, in the same samples.
  package let tables: [SampleTable]

  /// Simulates with the step times of `coefficients`; nil when no case has a draw to fit to.
  package init?(
    _ cases: MeasuredCases,
    coefficients: @escaping @Sendable (CaseSetUp) -> RooflineCoefficients
  ) async {
    let validation = await Validation(cases.withPower)
    let fit = await PowerFit(validation, coefficients: coefficients)
    guard fit.drawCount > 0 else { return nil }
    let models = fit.models()
    let samples =
      [Sample(name: "in sample", models: { _ in models })]
      + [LeftOut.model, .accelerator].map { Sample(leavingOut: $0, of: fit) }
    var predictions: [(name: String, predictions: [Prediction])] = []
    for sample in samples {
      let all = await validation.predictions(
        coefficients: coefficients,
        powerModel: { sample.models($0).model(for: $0.accelerator) })
      predictions.append((sample.name, (all ?? []).filter(\.isOfPower)))
    }
    self.models = models
    errorsAtMeasuredTimes = samples.map { ($0.name, fit.errors($0.models)) }
    tables = [["metric"], ["gpu", "metric"]].map { SampleTable(predictions, by: $0) }
  }
}

/// Which models predict which case.
private struct Sample: Sendable {
  var name: String
  var models: @Sendable (CaseSetUp) -> PowerFit.Models

  init(name: String, models: @escaping @Sendable (CaseSetUp) -> PowerFit.Models) {
    self.name = name
    self.models = models
  }

  init(leavingOut dimension: LeftOut, of fit: PowerFit) {
    let without = fit.models(leavingOut: dimension)
    let all = fit.models()
    self.init(name: "new \(dimension)") { without[dimension.key($0)] ?? all }
  }
}
