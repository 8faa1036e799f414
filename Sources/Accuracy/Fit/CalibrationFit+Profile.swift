package import ServingModel

extension CalibrationFit {
  /// The fit's outcome as a profile: over what `prior` says where the fit was around one.
  package func profile(
    _ state: State, name: String, source: String, over prior: CalibrationProfile? = nil,
    errors: [ExpectedError] = []
  ) -> CalibrationProfile {
    let deviations = standardErrors(state)
    var base = Coefficient.allCases.map { FitStructure.prior(of: $0).value }
    var effects = prior?.effects ?? []
    for (index, parameter) in parameters.enumerated() {
      let value = exponential(state.values[index]).rounded(digits: 4)
      guard let dimension = parameter.dimension else {
        for coefficient in parameter.coefficients { base[coefficient.rawValue] = value }
        continue
      }
      let effect = CalibrationEffect(
        parameter.coefficients, dimension, parameter.traitValue, factor: value,
        standardError: deviations[index].rounded(digits: 2))
      effects.removeAll { $0.isAbout(effect) }
      effects.append(effect)
    }
    return CalibrationProfile(
      name: name, source: source, base: base, effects: effects,
      evidence: evidence(over: prior?.evidence ?? []), errors: errors)
  }

  /// What the cases that `includes` admits are evidence of, and those of `prior`.
  func evidence(
    over prior: [CalibrationEvidence] = [], including includes: (Int) -> Bool = { _ in true }
  ) -> [CalibrationEvidence] {
    var counts: [CalibrationEvidence: Int] = [:]
    for index in Set(observations.map(\.caseIndex)) where includes(index) {
      guard let subject = subject(of: index) else { continue }
      counts[CalibrationEvidence(subject, cases: 0), default: 0] += 1
    }
    for known in prior { counts[known.with(cases: 0), default: 0] += known.cases }
    return counts.map { $0.key.with(cases: $0.value) }.sorted { $0.order < $1.order }
  }
}

extension Double {
  /// To so many significant digits and twelve decimals: to the picosecond where it is seconds.
  func rounded(digits: Int) -> Double {
    var scale = 1.0
    while scale < 1e12, abs(self) * scale < tens(digits - 1) { scale *= 10 }
    return (self * scale).rounded() / scale
  }

  private func tens(_ power: Int) -> Double { (0..<power).reduce(1.0) { ten, _ in ten * 10 } }
}
