package import Accuracy
package import Charts

/// Measured figures against predicted ones.
package enum AccuracyCharts {
  /// One for each latency and for throughput; those that no row was predicted for are left out.
  package static func all(_ predictions: [Prediction]) -> [(name: String, chart: Chart)] {
    let latencies = ["ttft", "tpot", "itl", "e2e"].map { name in
      Kind(name: name, title: name.uppercased(), unit: "ms", metrics: statistics(name))
    }
    let throughput = Kind(
      name: "throughput", title: "Output tokens", unit: "1/s", metrics: ["output_tput_total"])
    return (latencies + [throughput]).compactMap { kind in
      chart(kind, predictions).map { ("predicted-\(kind.name)", $0) }
    }
  }

  private struct Kind {
    var name: String
    var title: String
    /// Of the rows: case files have no other.
    var unit: String
    var metrics: [String]
  }

  private static func statistics(_ latency: String) -> [String] {
    ["mean", "median", "p50", "p90", "p95", "p99"].map { "\(latency)_\($0)" }
  }

  private static func chart(_ kind: Kind, _ predictions: [Prediction]) -> Chart? {
    let found = kind.metrics.compactMap { metric -> (metric: String, rows: [Prediction])? in
      let rows = predictions.filter {
        $0.row.metric == metric && ($0.predicted ?? 0) > 0 && ($0.row.value ?? 0) > 0
      }
      return rows.isEmpty ? nil : (metric, rows)
    }
    guard !found.isEmpty else { return nil }
    // Both axes hold both, so that the line of equal values is a diagonal.
    let rows = found.flatMap(\.rows)
    let values = rows.compactMap(\.row.value) + rows.compactMap(\.predicted)
    let layers = found.enumerated().map { index, entry in
      Chart.Layer.dots(
        Dots(
          name(entry.metric),
          points: entry.rows.map { Point($0.row.value ?? 0, $0.predicted ?? 0) }, series: index))
    }
    return Chart(
      title: "\(kind.title): predicted against measured",
      summary: "Each dot is a measured row; on the line the prediction is what was measured.",
      x: Axis("Measured", unit: kind.unit, scale: .logarithmic, includes: values),
      y: Axis("Predicted", unit: kind.unit, scale: .logarithmic, includes: values),
      layers: [.rule(Rule(.diagonal, label: "equal"))] + layers,
      table: table(found))
  }

  private static func name(_ metric: String) -> String {
    metric.split(separator: "_").last.map(String.init) ?? metric
  }

  private static func table(_ found: [(metric: String, rows: [Prediction])]) -> DataTable {
    DataTable(
      header: ["Figure", "Rows", "Median error (%)", "Bias (%)"],
      rows: found.map { metric, rows in
        let errors = rows.compactMap(\.absoluteError).sorted()
        let biases = rows.compactMap(\.bias).sorted()
        return [
          metric, "\(rows.count)", Figures.fixed(errors[errors.count / 2] * 100, decimals: 1),
          Figures.fixed(biases[biases.count / 2] * 100, decimals: 1),
        ]
      })
  }
}
