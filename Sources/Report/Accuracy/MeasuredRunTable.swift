package import Accuracy
import TextAndBytes

/// What was measured of each run beside what is predicted.
package enum MeasuredRunTable {
  package static func text(_ predictions: [Prediction]) -> String {
    let runs = PredictedRun.all(predictions).map(text).joined(separator: "\n")
    let coverage = AccuracyReport.coverageText(IntervalCoverage.all(predictions).prefix(1))
    return coverage.isEmpty ? runs : runs + "\n" + coverage
  }

  private static func text(_ run: PredictedRun) -> String {
    var table = TextTable(header: ["", "measured", "predicted", "error (%)"])
    for row in run.rows {
      table.add([
        title(row.row.metric), figure(row.row.value), figure(row.predicted),
        Figures.signedPercent(row.bias),
      ])
    }
    let lines = [run.name] + table.lines(width: TextLayout.width)
    let notes = Set(run.rows.map(\.reason)).subtracting([""]).sorted()
    let wrapped = notes.flatMap { TextLayout.wrap($0, width: TextLayout.width) }
    return (lines + wrapped).map { $0 + "\n" }.joined()
  }

  private static func figure(_ value: Double?) -> String {
    value.map { Figures.significant($0, digits: 4) } ?? "-"
  }

  /// `TTFT p50 (ms)` for `ttft_p50`.
  private static func title(_ metric: String) -> String {
    guard metric != "output_tput_total" else { return "Output (tokens/s)" }
    let words = metric.split(separator: "_")
    return "\(words[0].uppercased()) \(words.dropFirst().joined(separator: " ")) (ms)"
  }
}
