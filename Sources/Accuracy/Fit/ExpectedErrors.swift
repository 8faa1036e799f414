package import ServingModel

/// What errors to expect of a profile, by predictions of what its fit did not know.
package enum ExpectedErrors {
  /// Fewer figures than this tell nothing.
  static let fewest = 10

  /// `withoutModel` and `withoutAccelerator` are predictions of each row by a fit that knew no case
  /// with its model or accelerator. Of the first count those whose engine the fit still knew on the
  /// accelerator, by another model.
  package static func all(
    withoutModel: [Prediction], withoutAccelerator: [Prediction],
    subject: (_ caseIndex: Int) -> CalibrationSubject?
  ) -> [ExpectedError] {
    var models: [Pair: Set<String>] = [:]
    for prediction in withoutModel {
      guard let subject = prediction.row.caseIndex.flatMap(subject) else { continue }
      models[Pair(subject), default: []].insert(subject.model.id)
    }
    let known = withoutModel.filter { prediction in
      guard let subject = prediction.row.caseIndex.flatMap(subject) else { return false }
      return (models[Pair(subject)]?.count ?? 0) > 1
    }
    return errors(.calibrated, known) + errors(.transferred, withoutAccelerator)
  }

  private struct Pair: Hashable {
    var engine: String
    var accelerator: String

    init(_ subject: CalibrationSubject) {
      (engine, accelerator) = (subject.engine, subject.accelerator.id)
    }
  }

  private static func errors(
    _ status: CalibrationStatus, _ predictions: [Prediction]
  ) -> [ExpectedError] {
    ExpectedError.Metric.allCases.compactMap { metric in
      let errors = predictions.filter { metric.covers($0.row.metric) }
        .compactMap(\.absoluteError).sorted()
      guard errors.count >= fewest else { return nil }
      return ExpectedError(
        status, metric, median: quantile(0.5, of: errors).rounded(digits: 2),
        ninetieth: quantile(0.9, of: errors).rounded(digits: 2))
    }
  }

  /// The least value that a share of `sorted` does not exceed.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
  }
}

extension ExpectedError.Metric {
  /// Whether a case file's metric is a mean or median of this.
  func covers(_ name: String) -> Bool {
    guard let metric = try? Metric(named: name) else { return false }
    switch (self, metric) {
    case (.ttft, .latency(.ttft, let statistic)), (.tpot, .latency(.tpot, let statistic)),
      (.tpot, .latency(.itl, let statistic)), (.e2e, .latency(.e2e, let statistic)):
      return statistic == .mean || statistic == .quantile(0.5)
    case (.e2e, .batchEndToEnd), (.e2e, .endToEndPerOutputToken), (.throughput, .outputThroughput):
      return true
    default: return false
    }
  }
}
