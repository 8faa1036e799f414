package import ServingModel

/// Fits the coefficients of a profile to measured cases. The simulation predicts every case; in
/// between, sketches of the cases tell which way to go (see `CaseSketch`).
package struct CalibrationFit: Sendable {
  package let parameters: [FitParameter]
  let validation: Validation
  private let subjects: [CalibrationSubject?]
  private let influences: [Influences?]
  private let squares: LeastSquares
  let observations: [Observation]

  /// Around what `profile` says, or around what is known of kernels alone.
  package init(_ validation: Validation, around profile: CalibrationProfile?) {
    self.validation = validation
    let subjects = validation.prepared.indices.map { validation.setUp($0)?.subject }
    self.subjects = subjects
    let parameters = FitStructure.parameters(
      for: subjects.compactMap { $0 }, around: profile)
    self.parameters = parameters
    let influences = subjects.map { subject in
      subject.map { Influences(of: parameters, on: $0) }
    }
    self.influences = influences
    squares = LeastSquares(
      prior: parameters.map(\.prior), deviation: parameters.map(\.deviation))
    observations = Self.observations(validation, influences)
  }

  var caseIndices: Range<Int> { subjects.indices }

  func subject(of caseIndex: Int) -> CalibrationSubject? { subjects[caseIndex] }

  /// Means and medians: tails say more about the load than about step times.
  private static func observations(
    _ validation: Validation, _ influences: [Influences?]
  ) -> [Observation] {
    validation.cases.rows.compactMap { row in
      guard let index = row.caseIndex, let influences = influences[index],
        let measured = row.value, measured > 0, let metric = try? Metric(named: row.metric),
        let weight = metric.fitWeight
      else { return nil }
      return Observation(
        caseIndex: index, metric: metric, measured: measured,
        weight: weight * tierWeight(row.keys["tier"] ?? ""), influences: influences)
    }
  }

  /// Old or odd software says little about what runs today.
  private static func tierWeight(_ tier: String) -> Double {
    switch tier {
    case "C", "C+", "D": 0.05
    case "A": 12
    default: 1
    }
  }

  /// A fit's state: the parameters' values, and each case's sketch with its level.
  package struct State: Sendable {
    package var values: [Double]
    var sketches: [CaseSketch?]
    /// By observation: simulated over sketched.
    var levels: [Double]
  }

  /// Runs the fit: simulate, then follow the sketches to their optimum, and again.
  package func run(
    rounds: Int, report: @Sendable (String) -> Void = { _ in }
  ) async -> State {
    var state = await simulate(values: squares.prior)
    for round in 1...rounds {
      state.values = optimise(state, including: { _ in true })
      state = await simulate(values: state.values)
      report("round \(round): median error \(percent(medianError(state)))")
    }
    return state
  }

  /// The simulation's predictions with `values`, as levels of the sketches.
  func simulate(values: [Double]) async -> State {
    let runs = await validation.simulate { _, index in
      influences[index]?.coefficients(values) ?? .uncalibrated
    }
    let sketches = runs.map { $0?.sketch }
    var state = State(values: values, sketches: sketches, levels: [])
    state.levels = observations.map { observation in
      guard let simulated = runs[observation.caseIndex]?.values[observation.metric],
        let subject = subjects[observation.caseIndex],
        let sketched = sketch(
          observation, state, subject, observation.influences.coefficients(values)),
        simulated > 0, sketched > 0
      else { return .nan }
      return simulated / sketched
    }
    return state
  }

  private func sketch(
    _ observation: Observation, _ state: State, _ subject: CalibrationSubject,
    _ coefficients: RooflineCoefficients
  ) -> Double? {
    state.sketches[observation.caseIndex]?.value(
      of: observation.metric, subject.stepTime(coefficients),
      frontend: Frontend(coefficients))
  }

  /// log(predicted / measured); nil where nothing is predicted.
  private func residual(
    _ index: Int, _ state: State, _ subject: CalibrationSubject,
    _ coefficients: RooflineCoefficients
  ) -> Double? {
    let observation = observations[index]
    guard state.levels[index].isFinite,
      let sketched = sketch(observation, state, subject, coefficients)
    else { return nil }
    return logarithm(state.levels[index] * sketched / observation.measured)
  }

  private func residual(_ index: Int, _ state: State, _ values: [Double]) -> Double? {
    guard let subject = subjects[observations[index].caseIndex] else { return nil }
    return residual(index, state, subject, observations[index].influences.coefficients(values))
  }

  /// The best values by the sketches, for the observations of the cases that `includes` admits.
  func optimise(
    _ state: State, steps: Int = 12, including includes: (Int) -> Bool
  ) -> [Double] {
    let used = observations.indices.filter { includes(observations[$0].caseIndex) }
    var x = state.values
    var loss = loss(used, state, x)
    var damping = 1e-3
    for _ in 0..<steps {
      let normal = normal(used, state, x)
      var improved = false
      for _ in 0..<6 {
        let step = squares.step(from: x, normal, damping: damping)
        let trial = parameters.indices.map {
          min(parameters[$0].greatest, x[$0] + max(-0.7, min(0.7, step[$0])))
        }
        let after = self.loss(used, state, trial)
        if after < loss {
          improved = loss - after > 1e-4 * loss
          (x, loss, damping) = (trial, after, damping / 4)
          break
        }
        damping = max(damping * 8, 1e-4)
      }
      guard improved else { break }
    }
    return x
  }

  /// Parameters act through the few coefficients, so their slopes are sums of those.
  func normal(_ used: [Int], _ state: State, _ x: [Double]) -> LeastSquares.Normal {
    var normal = LeastSquares.Normal(size: parameters.count)
    for index in used {
      guard let subject = subjects[observations[index].caseIndex] else { continue }
      let influences = observations[index].influences
      let coefficients = influences.coefficients(x)
      guard let residual = residual(index, state, subject, coefficients) else { continue }
      let slopes = Coefficient.allCases.map { coefficient in
        let moved = coefficients.scaled(coefficient, by: Self.nudge)
        let after = self.residual(index, state, subject, moved) ?? residual
        return (after - residual) / logarithm(Self.nudge)
      }
      normal.add(
        residual: residual, weight: observations[index].weight,
        slopes: influences.parameters.compactMap { parameter in
          let slope = parameter.coefficients.reduce(0) { $0 + slopes[$1.rawValue] }
          return slope == 0 ? nil : (parameter.index, slope * parameter.weight)
        })
    }
    return normal
  }

  private static let nudge = 1.01

  private func loss(_ used: [Int], _ state: State, _ x: [Double]) -> Double {
    used.reduce(squares.penalty(x)) { sum, index in
      guard let residual = residual(index, state, x) else { return sum }
      return sum + LeastSquares.loss(residual: residual, weight: observations[index].weight)
    }
  }

  /// Standard errors of the parameters at `state`.
  package func standardErrors(_ state: State) -> [Double] {
    squares.errors(normal(Array(observations.indices), state, state.values))
  }

  private func medianError(_ state: State) -> Double {
    let errors = observations.indices.compactMap { index in
      residual(index, state, state.values).map { abs(exponential($0) - 1) }
    }
    return errors.isEmpty ? 0 : errors.sorted()[errors.count / 2]
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}

extension Metric {
  /// How much a figure counts in a fit; nil: not at all.
  fileprivate var fitWeight: Double? {
    switch self {
    case .latency(.tpot, .mean), .latency(.tpot, .quantile(0.5)), .latency(.itl, .mean),
      .latency(.itl, .quantile(0.5)), .outputThroughput, .batchEndToEnd, .endToEndPerOutputToken,
      .batchPrefill:
      1
    case .latency(.ttft, .mean), .latency(.ttft, .quantile(0.5)): 0.3
    default: nil
    }
  }
}

extension CalibrationSubject {
  /// Its step times, priced step by step without tables.
  package func stepTime(_ coefficients: RooflineCoefficients) -> Roofline {
    Roofline(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      maxNumBatchedTokens: 0, maxNumSeqs: 0, coefficients: coefficients)
  }
}
