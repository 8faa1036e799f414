package import Impact
package import ServingModel

/// Fits power models to measured draws: floor, compute and memory, each as a value for all
/// accelerators times a factor for each architecture.
package struct PowerFit: Sendable {
  private let validation: Validation
  private let observations: [PowerObservation]
  /// Those measured, by name.
  private let architectures: [String]
  private let squares: LeastSquares

  /// What is taken for likely before: round figures, each good to a factor of 1.6, and
  /// architectures that differ by a fifth.
  private static let prior = [0.25, 2, 1]
  private static let deviation = 0.5
  private static let architectureDeviation = 0.2

  /// Simulates every case with the step times of `coefficients`.
  package init(
    _ validation: Validation,
    coefficients: @escaping @Sendable (CaseSetUp) -> RooflineCoefficients
  ) async {
    self.validation = validation
    let runs = await validation.simulate { setUp, _ in coefficients(setUp) }
    let figures = Self.figures(validation.cases)
    observations = runs.enumerated().compactMap { index, run in
      guard let run, let ready = try? validation.prepared[index]?.get() else { return nil }
      return PowerObservation(index, figures[index], ready, run)
    }
    architectures = Set(observations.map(\.architecture)).sorted()
    let effects = 3 * architectures.count
    squares = LeastSquares(
      prior: Self.prior.map(logarithm) + [Double](repeating: 0, count: effects),
      deviation: [Double](repeating: Self.deviation, count: 3)
        + [Double](repeating: Self.architectureDeviation, count: effects))
  }

  /// How many draws there are to fit to.
  package var drawCount: Int { observations.count }

  /// By case.
  private static func figures(_ cases: MeasuredCases) -> [[Metric: Double]] {
    var figures = [[Metric: Double]](repeating: [:], count: cases.cases.count)
    for row in cases.rows {
      guard let index = row.caseIndex, let metric = try? Metric(named: row.metric) else { continue }
      figures[index][metric] = row.value
    }
    return figures
  }

  /// The models of a fit: for every architecture, and for those not measured.
  package struct Models: Sendable {
    package var general: PowerModel
    package var byArchitecture: [String: PowerModel]
    /// How many draws each was fitted to.
    package var draws: [String: Int]

    package init(
      general: PowerModel, byArchitecture: [String: PowerModel], draws: [String: Int]
    ) {
      self.general = general
      self.byArchitecture = byArchitecture
      self.draws = draws
    }

    package func model(for accelerator: Accelerator) -> PowerModel {
      byArchitecture[accelerator.architecture] ?? general
    }
  }

  /// Fitted to the draws of the cases that `includes` admits.
  package func models(including includes: (CaseSetUp) -> Bool = { _ in true }) -> Models {
    let used = observations.filter { validation.setUp($0.caseIndex).map(includes) ?? false }
    let values = optimise(used)
    let known = Set(used.map(\.architecture))
    return Models(
      general: model(values, nil),
      byArchitecture: Dictionary(
        uniqueKeysWithValues: known.map { ($0, model(values, $0)) }),
      draws: Dictionary(grouping: used, by: \.architecture).mapValues(\.count))
  }

  /// Errors of the power law alone, at measured times: |predicted / measured - 1|, one a draw.
  package func errors(_ models: (CaseSetUp) -> Models) -> [Double] {
    observations.compactMap { observation in
      validation.setUp(observation.caseIndex).map { setUp in
        let model = models(setUp).model(for: setUp.accelerator)
        return abs(observation.share(by: model) / observation.measured - 1)
      }
    }
  }

  private func model(_ values: [Double], _ architecture: String?) -> PowerModel {
    let place = architecture.flatMap(architectures.firstIndex)
    let shares = (0..<3).map { term in
      exponential(values[term] + (place.map { values[3 + 3 * $0 + term] } ?? 0))
    }
    return PowerModel(
      idle: PowerModels.idle, floor: shares[0], compute: shares[1], memory: shares[2],
      provenance: "fitted")
  }

  private func residual(_ observation: PowerObservation, _ values: [Double]) -> Double {
    logarithm(
      observation.share(by: model(values, observation.architecture)) / observation.measured)
  }

  private func loss(_ used: [PowerObservation], _ values: [Double]) -> Double {
    used.reduce(squares.penalty(values)) {
      $0 + LeastSquares.loss(residual: residual($1, values), weight: 1)
    }
  }

  private func normal(_ used: [PowerObservation], _ values: [Double]) -> LeastSquares.Normal {
    var normal = LeastSquares.Normal(size: values.count)
    for observation in used {
      guard let place = architectures.firstIndex(of: observation.architecture) else { continue }
      let model = model(values, observation.architecture)
      let share = observation.share(by: model)
      let slopes = observation.slopes(by: model).enumerated().flatMap { term, slope in
        [(index: term, slope: slope / share), (index: 3 + 3 * place + term, slope: slope / share)]
      }
      normal.add(residual: logarithm(share / observation.measured), weight: 1, slopes: slopes)
    }
    return normal
  }

  private func optimise(_ used: [PowerObservation]) -> [Double] {
    var values = squares.prior
    var best = loss(used, values)
    var damping = 1e-3
    for _ in 0..<60 {
      let step = squares.step(from: values, normal(used, values), damping: damping)
      let trial = zip(values, step).map { $0 + $1 }
      let after = loss(used, trial)
      if after < best {
        (values, best, damping) = (trial, after, damping / 4)
      } else {
        damping *= 8
      }
    }
    return values
  }
}

extension PowerFit {
  /// By what a fit is to leave out, the models of the fit that knows no such case.
  package func models(leavingOut dimension: LeftOut) -> [String: Models] {
    let keys = Set(observations.compactMap { validation.setUp($0.caseIndex).map(dimension.key) })
    return keys.reduce(into: [:]) { found, key in
      found[key] = models { dimension.key($0) != key }
    }
  }
}
