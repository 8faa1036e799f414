package import Accuracy
import TextAndBytes

/// How far the prediction of each recorded run is off, run by run.
package enum EngineRunTable {
  package static func text(_ predictions: [Prediction]) -> String {
    let runs = PredictedRun.all(predictions)
    let metrics = runs.flatMap { $0.rows.map(\.row.metric) }.reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    var table = TextTable(header: ["error (%)"] + metrics)
    for run in runs {
      table.add(
        [run.name]
          + metrics.map { metric in
            Figures.signedPercent(run.rows.first { $0.row.metric == metric }?.bias)
          })
    }
    return table.lines(width: TextLayout.width).map { $0 + "\n" }.joined() + "\n"
  }
}
