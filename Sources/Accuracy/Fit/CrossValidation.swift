import ServingModel

/// Leaves groups of cases out of the fit and predicts them: what errors to expect of what was
/// never measured.
package enum LeftOut: String, CaseIterable, Sendable {
  case model, accelerator

  package func key(_ setUp: CaseSetUp) -> String { key(setUp.subject) }

  func key(_ subject: CalibrationSubject) -> String {
    switch self {
    case .model: subject.model.id
    case .accelerator: subject.accelerator.id
    }
  }
}

extension CalibrationFit {
  /// One prediction a row, each by a fit that knows no case with the same model (or accelerator).
  /// The other cases' sketches and levels are those of `state`; what was left out is simulated
  /// anew.
  package func predictions(
    leavingOut dimension: LeftOut, _ state: State
  ) async -> [Prediction]? {
    let keys = caseIndices.map { subject(of: $0).map(dimension.key) }
    let groups = Set(keys.compactMap { $0 }).sorted()
    // The optimum without a group is near the one with it.
    let values = await mapConcurrently(groups) { group in
      optimise(state, steps: 4, including: { keys[$0] != group })
    }
    let found = Dictionary(uniqueKeysWithValues: zip(groups, values))
    return await validation.predictions { setUp in
      let subject = setUp.subject
      let values = found[dimension.key(subject)] ?? state.values
      return Influences(of: parameters, on: subject).coefficients(values)
    }
  }
}
