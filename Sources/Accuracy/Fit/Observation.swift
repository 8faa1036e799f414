import ServingModel

/// A measured figure that a fit has to meet, with what it takes to predict it.
struct Observation: Sendable {
  /// In `CalibrationData.cases`.
  var caseIndex: Int
  var metric: Metric
  var measured: Double
  /// How much it counts.
  var weight: Double
  /// What the subject's coefficients are made of: the parameters that touch it, and how much.
  var influences: Influences
}

/// The parameters that a subject's coefficients depend on.
struct Influences: Sendable {
  var parameters: [(index: Int, weight: Double, coefficients: [Coefficient])] = []

  init(of parameters: [FitParameter], on subject: CalibrationSubject) {
    let traits = subject.traits
    for (index, parameter) in parameters.enumerated() {
      guard let dimension = parameter.dimension else {
        self.parameters.append((index, 1, parameter.coefficients))
        continue
      }
      let trait = traits.first {
        $0.dimension == dimension && $0.value == parameter.traitValue
      }
      guard let trait, trait.weight != 0 else { continue }
      self.parameters.append((index, trait.weight, parameter.coefficients))
    }
  }

  /// Shares above 1 are held at 1, softly, so that the fit can find back.
  func coefficients(_ values: [Double]) -> RooflineCoefficients {
    var logarithms = [Double](repeating: 0, count: Coefficient.allCases.count)
    for (index, weight, coefficients) in parameters {
      for coefficient in coefficients {
        logarithms[coefficient.rawValue] += weight * values[index]
      }
    }
    return RooflineCoefficients(provenance: "a trial of the fit") {
      exponential(logarithms[$0.rawValue])
    }
  }
}
