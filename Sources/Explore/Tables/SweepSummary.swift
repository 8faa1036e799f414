package import Report
package import Scenarios

/// The points of a sweep, each with its means over the seeds: the best one first.
package struct SweepSummary: Sendable {
  package struct Row: Sendable {
    /// As the sweep counts them.
    package var point: Int
    package var axes: [StoreValue]
    /// nil: nothing is judged, or the plan cannot be run.
    package var verdict: ObjectiveVerdict?
    /// What the plan cannot be run for.
    package var refusal: String?
    /// By their names in the store.
    package var figures: [String: Double]
    package var currency: String?
  }

  package let columns: SweepColumns
  package let rows: [Row]

  /// What rows are compared by, after their verdicts.
  package static let order = ["cost_per_million_output_tokens", "ttft_p95_s"]

  /// Figures that people look at first, as far as a run has them.
  static let figures = [
    "ttft_p95_s", "tpot_p95_s", "goodput_requests_per_s", "requests_per_s",
    "cost_per_million_output_tokens", "carbon_per_request_gco2e",
  ]

  /// With these `figures` of the store.
  package init(
    _ sweep: Sweep, _ store: RunStore, figures keys: [String] = Self.figures
  ) throws(StoreProblem) {
    columns = SweepColumns(sweep)
    let axes = columns.names.map(\.quotedName)
    let verdicts = Self.verdicts.enumerated().map { "WHEN '\($1.rawValue)' THEN \($0)" }
    let means = keys.map { "avg(\($0.quotedName))" }
    let sql =
      """
      SELECT \((axes + ["max(CASE verdict \(verdicts.joined(separator: " ")) END) AS judged",
        "max(message)", "max(currency)", "point"] + means)
        .joined(separator: ", "))
      FROM results GROUP BY point
      ORDER BY max(status = 'refused'), judged, \(Self.order.map { "avg(\($0))" }.joined(separator: ", ")), point
      """
    var rows: [Row] = []
    let count = axes.count
    try store.database.rows(sql) { values in
      let verdict = values[count].number.map { Self.verdicts[Int($0)] }
      var figures: [String: Double] = [:]
      for (name, value) in zip(keys, values.dropFirst(count + 4)) {
        figures[name] = value.number
      }
      rows.append(
        Row(
          point: Int(values[count + 3].number ?? 0), axes: Array(values.prefix(count)),
          verdict: verdict, refusal: values[count + 1].text,
          figures: figures, currency: values[count + 2].text))
    }
    self.rows = rows
  }

  /// From the best to the worst: the worst one of a point's seeds is the point's.
  static let verdicts: [ObjectiveVerdict] = [.met, .notJudged, .tooClose, .missed]
}

extension StoreValue {
  /// nil for what is no text.
  var text: String? { if case .text(let text) = self { text } else { nil } }
}
