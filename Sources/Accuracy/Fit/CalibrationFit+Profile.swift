package import ServingSim

extension CalibrationFit {
  /// The fit's outcome as a profile.
  package func profile(
    _ state: State, name: String, source: String, errors: [ExpectedError] = []
  ) -> CalibrationProfile {
    let deviations = standardErrors(state)
    var base = Coefficient.allCases.map { FitStructure.prior(of: $0).value }
    var effects: [CalibrationEffect] = []
    for (index, parameter) in parameters.enumerated() {
      let value = exponential(state.values[index])
      if let dimension = parameter.dimension {
        effects.append(
          CalibrationEffect(
            parameter.coefficients, dimension, parameter.traitValue, factor: value,
            standardError: deviations[index]))
      } else {
        for coefficient in parameter.coefficients { base[coefficient.rawValue] = value }
      }
    }
    return CalibrationProfile(
      name: name, source: source, base: base, effects: effects, evidence: evidence,
      errors: errors)
  }

  /// Cases by engine, accelerator and model.
  private var evidence: [CalibrationEvidence] {
    var counts: [[String]: Set<Int>] = [:]
    for observation in observations {
      guard let subject = subject(of: observation.caseIndex) else { continue }
      let key = [subject.engine, subject.accelerator.id, subject.model.id]
      counts[key, default: []].insert(observation.caseIndex)
    }
    return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      CalibrationEvidence(
        engine: $0.key[0], accelerator: $0.key[1], model: $0.key[2], cases: $0.value.count)
    }
  }
}
