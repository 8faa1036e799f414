package import Impact
package import ServingModel

/// Measured cases ready to be predicted, again and again with other step times.
package struct Validation: Sendable {
  package let cases: MeasuredCases
  /// By case: ready to run, or why not; nil where nobody asks for a figure of it.
  package let prepared: [Result<PreparedCase, Unsupported>?]

  /// Looks up every case's set-up and draws its requests, on all cores.
  package init(_ cases: MeasuredCases) async {
    self.cases = cases
    let wanted = Self.wantedMetrics(cases)
    prepared = await mapConcurrently(Array(zip(cases.cases, wanted))) { measured, metrics in
      metrics.isEmpty ? nil : PreparedCase.result(measured, metrics: metrics)
    }
  }

  /// One prediction a row, in the order of the rows; the same whatever the number of cores. Each has
  /// the error that is to be `expected` of it. Once `isStopped` says so the cases left are not run,
  /// and the result is nil.
  package func predictions(
    coefficients: @escaping @Sendable (CaseSetUp) -> RooflineCoefficients,
    powerModel: @escaping @Sendable (CaseSetUp) -> PowerModel? = { _ in nil },
    expected: (CaseSetUp) -> [ExpectedError] = { _ in [] },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) async -> [Prediction]? {
    let runs = await simulate(isStopped: isStopped, powerModel: powerModel) { setUp, _ in
      coefficients(setUp)
    }
    let errors = prepared.indices.map { index in setUp(index).map(expected) ?? [] }
    let steps = errors.map { $0.first { $0.metric == .tpot } }
    let half = await swings(
      steps.map { $0?.median }, isStopped: isStopped, coefficients: coefficients)
    let ninetieth = await swings(
      steps.map { $0?.ninetieth }, isStopped: isStopped, coefficients: coefficients)
    guard !isStopped() else { return nil }
    return predictions(runs).map { prediction in
      guard let index = prediction.row.caseIndex else { return prediction }
      var prediction = prediction
      let name = prediction.row.metric
      prediction.expected = ExpectedError.of(metric: name, among: errors[index])
      if let metric = try? Metric(named: name) {
        prediction.swings = StepSwings(
          half: half[index].compactMap { $0[metric] },
          ninetieth: ninetieth[index].compactMap { $0[metric] })
      }
      return prediction
    }
  }

  /// By case, its figures with steps that are off by its `share` in either direction. None where its
  /// clients wait for answers: there, queues are no longer for slower steps.
  private func swings(
    _ shares: [Double?], isStopped: @escaping @Sendable () -> Bool,
    coefficients: @escaping @Sendable (CaseSetUp) -> RooflineCoefficients
  ) async -> [[[Metric: Double]]] {
    await mapConcurrently(Array(zip(prepared, shares))) { result, share in
      guard case .success(let ready) = result, ready.isOpenLoop, let share, !isStopped() else {
        return []
      }
      return ExpectedError.factors(share).map {
        ready.run(coefficients(ready.setUp), stepsLongerBy: $0).values
      }
    }
  }

  /// One a row, of what `simulate` returned.
  func predictions(_ runs: [PreparedCase.Run?]) -> [Prediction] {
    let values = runs.map { $0?.values ?? [:] }
    return cases.rows.map { prediction(of: $0, values) }
  }

  /// By case, its run with the coefficients for it; nil where it cannot be run.
  func simulate(
    isStopped: @escaping @Sendable () -> Bool = { false },
    powerModel: @escaping @Sendable (CaseSetUp) -> PowerModel? = { _ in nil },
    coefficients: @escaping @Sendable (CaseSetUp, _ index: Int) -> RooflineCoefficients
  ) async -> [PreparedCase.Run?] {
    await mapConcurrently(Array(prepared.enumerated())) { index, result in
      guard case .success(let ready) = result, !isStopped() else { return nil }
      return ready.run(
        coefficients(ready.setUp, index), powerModel: powerModel(ready.setUp))
    }
  }

  /// nil where the case cannot be run.
  func setUp(_ index: Int) -> CaseSetUp? { try? prepared[index]?.get().setUp }

  /// By case, each metric once.
  private static func wantedMetrics(_ cases: MeasuredCases) -> [[Metric]] {
    var metrics = [[Metric]](repeating: [], count: cases.cases.count)
    for row in cases.rows {
      guard let index = row.caseIndex, let metric = try? Metric(named: row.metric),
        !metrics[index].contains(metric)
      else { continue }
      metrics[index].append(metric)
    }
    return metrics
  }

  private func prediction(of row: MeasuredRow, _ values: [[Metric: Double]]) -> Prediction {
    do throws(Unsupported) {
      guard let index = row.caseIndex else { throw Unsupported(row.problem ?? "no case") }
      let metric = try Metric(named: row.metric)
      let setUp = try prepared[index]?.get().setUp
      if metric.isOfPower, let accelerator = setUp?.accelerator,
        accelerator.thermalDesignPower == nil
      {
        throw Unsupported("the thermal design power of \(accelerator.id) is not published")
      }
      guard let value = values[index][metric] else {
        throw Unsupported("no request finished that it could be taken of")
      }
      let assumptions = setUp?.assumptions ?? []
      return Prediction(row: row, predicted: value, reason: assumptions.joined(separator: "; "))
    } catch {
      return Prediction(row: row, predicted: nil, reason: error.reason)
    }
  }
}

extension PreparedCase {
  fileprivate static func result(
    _ measured: MeasuredCase, metrics: [Metric]
  ) -> Result<PreparedCase, Unsupported> {
    do throws(Unsupported) {
      return .success(
        try PreparedCase(measured, try CaseSetUp(resolving: measured), metrics: metrics))
    } catch {
      return .failure(error)
    }
  }
}

/// What `transform` makes of each item, in the order of the items.
func mapConcurrently<Item: Sendable, Value: Sendable>(
  _ items: [Item], _ transform: @escaping @Sendable (Item) -> Value
) async -> [Value] {
  await withTaskGroup(of: (Int, Value).self) { group in
    for (index, item) in items.enumerated() {
      group.addTask { (index, transform(item)) }
    }
    var values = [Value?](repeating: nil, count: items.count)
    for await (index, value) in group { values[index] = value }
    return values.compactMap { $0 }
  }
}
