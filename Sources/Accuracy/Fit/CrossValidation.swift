import ServingModel

/// Which cases are left out of a fit together, to be predicted by it.
package enum LeftOut: String, CaseIterable, Sendable {
  /// All cases with the same precision on the same accelerator, and so on.
  case precision, model, layout, accelerator, engine

  /// The group of a case.
  package func key(_ setUp: CaseSetUp) -> String { key(setUp.subject) }

  func key(_ subject: CalibrationSubject) -> String {
    switch self {
    case .precision: "\(subject.accelerator.id) \(subject.precision.experts.rawValue)"
    case .model: subject.model.id
    case .layout: "\(subject.engine) \(subject.layout.rawValue)"
    case .accelerator: subject.accelerator.id
    case .engine: subject.engine
    }
  }
}

/// Predictions of all rows, each by a fit that did not know the row's group.
struct HeldBack: Sendable {
  var predictions: [Prediction]
  /// By case: how far it is from what its fit knew; nil where nothing is predicted.
  var statuses: [CalibrationStatus?]
}

extension CalibrationFit {
  /// Each by a fit that knows no case that is alike in `dimension`.
  func predictions(leavingOut dimension: LeftOut, _ state: State) async -> HeldBack {
    await predictions(apart: caseIndices.map { subject(of: $0).map(dimension.key) }, state)
  }

  /// Each by a fit that knows four of five cases: other loads of what was measured.
  func predictionsOfOtherLoads(_ state: State) async -> HeldBack {
    await predictions(
      apart: caseIndices.map { index in subject(of: index).map { _ in "\(index % 5)" } }, state)
  }

  /// One prediction a row, each by a fit that knows no case with the same one of `keys`, which are by
  /// case. The other cases' sketches and levels are those of `state`; what was left out is simulated
  /// anew.
  private func predictions(apart keys: [String?], _ state: State) async -> HeldBack {
    let groups = Set(keys.compactMap { $0 }).sorted()
    // The optimum without a group is near the one with it.
    let values = await mapConcurrently(groups) { group in
      optimise(state, steps: 4, including: { keys[$0] != group })
    }
    let found = Dictionary(uniqueKeysWithValues: zip(groups, values))
    let runs = await validation.simulate { setUp, index in
      let values = keys[index].flatMap { found[$0] } ?? state.values
      return Influences(of: parameters, on: setUp.subject).coefficients(values)
    }
    let known = Dictionary(
      uniqueKeysWithValues: groups.map { group in
        (group, evidence(including: { keys[$0] != group }))
      })
    return HeldBack(
      predictions: validation.predictions(runs),
      statuses: caseIndices.map { index in
        guard let subject = subject(of: index), let key = keys[index] else { return nil }
        return subject.status(among: known[key] ?? [])
      })
  }
}
