package import Accuracy

/// How far the prediction of each recorded run is off, run by run.
package enum EngineRunTable {
  package static func text(_ predictions: [Prediction]) -> String {
    var runs: [(name: String, rows: [Prediction])] = []
    for prediction in predictions {
      if runs.last?.name == prediction.row.caseID {
        runs[runs.count - 1].rows.append(prediction)
      } else {
        runs.append((prediction.row.caseID, [prediction]))
      }
    }
    let metrics = runs.flatMap { $0.rows.map(\.row.metric) }.reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    var table = TextTable(header: ["error (%)"] + metrics)
    for run in runs {
      table.add(
        [run.name]
          + metrics.map { metric in
            percent(run.rows.first { $0.row.metric == metric }?.bias)
          })
    }
    return table.lines(width: TextLayout.width).map { $0 + "\n" }.joined() + "\n"
  }

  private static func percent(_ bias: Double?) -> String {
    bias.map { ($0 < 0 ? "" : "+") + Figures.fixed($0 * 100, decimals: 1) } ?? "-"
  }
}
