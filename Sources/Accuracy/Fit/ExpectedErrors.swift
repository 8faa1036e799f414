import ServingModel

/// What errors to expect of a profile, by predictions of what its fit did not know.
enum ExpectedErrors {
  /// Fewer figures than this tell nothing.
  static let fewest = 10

  /// From near to far: a figure counts where its fit was as far from it, and once there, by the first
  /// of such fits. All of `heldBack` predict the same rows.
  static func all(_ heldBack: [HeldBack]) -> [ExpectedError] {
    CalibrationStatus.allCases.flatMap { status in
      var figures: [Int: Prediction] = [:]
      for part in heldBack {
        for (row, prediction) in part.predictions.enumerated() where figures[row] == nil {
          let found = prediction.row.caseIndex.flatMap { part.statuses[$0] }
          if found == status { figures[row] = prediction }
        }
      }
      return errors(status, Array(figures.values))
    }
  }

  static func errors(
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
