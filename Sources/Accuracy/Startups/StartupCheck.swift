/// What a plan says of a start.
package struct PlannedStartup: Hashable, Sendable {
  /// GiB an accelerator; below zero: so much is missing.
  package var weights: Double?
  package var kvCache: Double?
  package var kvTokens: Double?
  /// nil: it could not be planned.
  package var starts: Bool?
  /// Why it would not start, or could not be planned.
  package var reason: String

  package init(
    weights: Double? = nil, kvCache: Double? = nil, kvTokens: Double? = nil, starts: Bool? = nil,
    reason: String = ""
  ) {
    self.weights = weights
    self.kvCache = kvCache
    self.kvTokens = kvTokens
    self.starts = starts
    self.reason = reason
  }
}

/// Start-ups beside what is planned for their settings.
package struct StartupCheck: Sendable {
  package struct Row: Sendable {
    package var measured: MeasuredStartup
    package var planned: PlannedStartup
  }

  package var rows: [Row]

  package init(_ startups: [MeasuredStartup], plan: (MeasuredStartup) -> PlannedStartup) {
    rows = startups.map { Row(measured: $0, planned: plan($0)) }
  }

  /// A figure of servers' logs.
  package enum Figure: String, CaseIterable, Sendable {
    case weights = "weights_gib"
    case kvCache = "kv_gib"
    case kvTokens = "kv_tokens"
  }

  /// How far the plans are off, of the rows that say the figure.
  package struct Errors: Sendable {
    package var figure: Figure
    package var rows: Int
    /// Shares of what was printed; nil without rows.
    package var median: Double?
    package var bias: Double?
    package var worst: Double?
    /// The row of the worst.
    package var worstID: String?
  }

  package func errors(of figure: Figure) -> Errors {
    let biases = rows.compactMap { row -> (Double, String)? in
      guard let printed = row.measured[figure], printed > 0, let ours = row.planned[figure] else {
        return nil
      }
      return (ours / printed - 1, row.measured.id)
    }
    let worst = biases.max { abs($0.0) < abs($1.0) }
    return Errors(
      figure: figure, rows: biases.count, median: Self.median(biases.map { abs($0.0) }),
      bias: Self.median(biases.map(\.0)), worst: worst?.0, worstID: worst?.1)
  }

  private static func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The rows whose servers did `starts`, and whose plans say `promised`.
  package func rows(starts: Bool, promised: Bool) -> [Row] {
    rows.filter { $0.measured.starts == starts && $0.planned.starts == promised }
  }

  /// Rows that could not be planned.
  package var unplanned: [Row] { rows.filter { $0.planned.starts == nil } }

  /// A row for each printed figure, and for each start that is known.
  package var predictions: [Prediction] {
    rows.flatMap { row in
      Figure.allCases.compactMap { figure in
        row.measured[figure].map { row.prediction(figure.rawValue, $0, row.planned[figure]) }
      }
        + [row.measured.starts].compactMap { $0 }.map { starts in
          row.prediction("starts", starts ? 1 : 0, row.planned.starts.map { $0 ? 1 : 0 })
        }
    }
  }

  /// Columns of predictions that say what a row is of.
  package static let keyColumns = ["family", "gpu", "n_gpu", "model", "engine", "engine_version"]
}

extension MeasuredStartup {
  fileprivate subscript(figure: StartupCheck.Figure) -> Double? {
    switch figure {
    case .weights: weights
    case .kvCache: kvCache
    case .kvTokens: kvTokens
    }
  }
}

extension PlannedStartup {
  fileprivate subscript(figure: StartupCheck.Figure) -> Double? {
    switch figure {
    case .weights: weights
    case .kvCache: kvCache
    case .kvTokens: kvTokens
    }
  }
}

extension StartupCheck.Row {
  fileprivate func prediction(_ metric: String, _ value: Double, _ ours: Double?) -> Prediction {
    Prediction(
      row: MeasuredRow(
        caseID: measured.id, caseIndex: nil, metric: metric, value: value,
        keys: [
          "family": "startup", "gpu": measured.accelerator,
          "n_gpu": "\(measured.tensorParallelSize)", "model": measured.model, "engine": "vllm",
          "engine_version": measured.engineVersion,
        ]),
      predicted: ours, reason: planned.reason)
  }
}
