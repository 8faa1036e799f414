package import ServingSim

/// Predicts every row of some measured cases, cases side by side on all cores.
package enum Validation {
  /// One prediction a row, in the order of the rows; the same whatever the number of cores. After
  /// `isStopped` says so the cases left are not run, and the result is nil.
  package static func predictions(
    of cases: MeasuredCases,
    stepTime: @escaping @Sendable (CaseSetUp) -> any StepTimeModel,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) async -> [Prediction]? {
    let metrics = wantedMetrics(cases)
    var results = [CaseResult](repeating: .notRun, count: cases.cases.count)
    await withTaskGroup(of: (Int, CaseResult).self) { group in
      for (index, measured) in cases.cases.enumerated() where !metrics[index].isEmpty {
        group.addTask {
          guard !isStopped() else { return (index, .notRun) }
          return (index, CaseResult(measured, metrics: metrics[index], stepTime: stepTime))
        }
      }
      for await (index, result) in group { results[index] = result }
    }
    return isStopped() ? nil : cases.rows.map { prediction(of: $0, results) }
  }

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

  private static func prediction(of row: MeasuredRow, _ results: [CaseResult]) -> Prediction {
    guard let index = row.caseIndex else {
      return Prediction(row: row, outcome: .unsupported, reason: row.problem ?? "")
    }
    do throws(Unsupported) {
      let (value, assumptions) = try results[index].value(of: try Metric(named: row.metric))
      return Prediction(
        row: row, outcome: .predicted(value), reason: assumptions.joined(separator: "; "))
    } catch {
      return Prediction(row: row, outcome: .unsupported, reason: error.reason)
    }
  }
}

/// What became of one case.
private enum CaseResult: Sendable {
  case notRun
  case refused(Unsupported)
  case ran([Metric: Double], assumptions: [String])

  init(
    _ measured: MeasuredCase, metrics: [Metric], stepTime: (CaseSetUp) -> any StepTimeModel
  ) {
    do throws(Unsupported) {
      let setUp = try CaseSetUp(resolving: measured)
      let prepared = try PreparedCase(measured, setUp, metrics: metrics)
      self = .ran(
        prepared.predict(stepTime: stepTime(setUp)), assumptions: setUp.assumptions)
    } catch {
      self = .refused(error)
    }
  }

  func value(of metric: Metric) throws(Unsupported) -> (Double, [String]) {
    switch self {
    case .notRun: throw Unsupported("not run")
    case .refused(let error): throw error
    case .ran(let values, let assumptions):
      guard let value = values[metric] else {
        throw Unsupported("no request finished that it could be taken of")
      }
      return (value, assumptions)
    }
  }
}
