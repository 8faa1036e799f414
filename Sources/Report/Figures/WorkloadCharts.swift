import Charts

/// What was asked of the fleet, and where the time of an answer goes.
enum WorkloadCharts {
  enum Length { case prompt, output }

  /// The share of requests that were no longer than so many tokens.
  static func lengths(_ runs: [RunDigest], _ length: Length) -> Chart? {
    let name = length == .prompt ? "Prompt" : "Answer"
    let known = runs.enumerated().compactMap { index, run in
      (length == .prompt ? run.promptLengths : run.outputLengths).map { (index, run.label, $0) }
    }
    guard let most = known.compactMap({ $0.2.values.last }).max(), most > 0 else { return nil }
    let isLogarithmic = known.map(\.2).logarithmicStart != nil
    var layers = known.map { series, label, curve in
      Chart.Layer.line(
        Line(
          label, points: zip(QuantileCurve.shares, curve.values).map { Point($1, $0 * 100) },
          series: series))
    }
    if known.count == 1 { layers.append(callouts(known[0].2)) }
    return Chart(
      title: "\(name) lengths",
      summary: "Share of finished requests whose \(name.lowercased()) had at most so many tokens.",
      x: Axis(
        name, unit: "tokens", scale: isLogarithmic ? .logarithmic : .linear,
        includes: isLogarithmic ? [] : [0]),
      y: Axis("Requests", unit: "%", endsAtTick: true), layers: layers,
      table: table(known.map { ($0.1, $0.2) }))
  }

  private static func callouts(_ curve: QuantileCurve) -> Chart.Layer {
    .callouts(
      [0.5, 0.9, 0.99].compactMap { share in
        curve.value(at: share).map {
          Callout(
            Point($0, share * 100),
            text: "p\(Int(share * 100)) \(Figures.count(Int($0.rounded())))", series: 0)
        }
      })
  }

  private static func table(_ curves: [(label: String, curve: QuantileCurve)]) -> DataTable {
    DataTable(
      header: ["Share of requests"] + curves.map { "\($0.label) (tokens)" },
      rows: [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1].map { share in
        [Figures.significant(share * 100, digits: 3) + " %"]
          + curves.map { curve in
            curve.curve.value(at: share).map { Figures.count(Int($0.rounded())) } ?? "-"
          }
      })
  }

  /// Bars of the mean time in the queue, before the first token and after it.
  static func timeParts(_ runs: [RunDigest]) -> Chart? {
    let parts: [(String, (TimeParts) -> Double)] = [
      ("queueing", { $0.queueing }), ("prefill", { $0.prefill }), ("decode", { $0.decode }),
    ]
    let values = runs.map { run in parts.map { part in run.timeParts.map(part.1) } }
    guard let most = values.joined().compactMap({ $0 }).max(), most > 0 else { return nil }
    let scale = TimeScale(latencies: most)
    return Chart(
      title: "Where the time goes",
      summary: "Mean time of a finished request in the queue, from its first step to its first "
        + "token (prefill), and from there to its last (decode). Together they are the mean E2E.",
      x: Axis("Mean time", unit: scale.unit, includes: [0]),
      y: Axis("", unit: "", scale: .categories(parts.map(\.0))),
      layers: runs.indices.map { run in
        .bars(
          Bars(
            runs[run].label, values: values[run].map { $0.map(scale.value) },
            labels: values[run].map { $0.map { TimeUnit.text($0) } ?? "" }, series: run))
      },
      table: DataTable(
        header: ["Part"] + runs.map { "\($0.label) (\(scale.unit))" },
        rows: parts.indices.map { row in
          [parts[row].0] + values.map { $0[row].map { scale.text($0) } ?? "-" }
        }))
  }
}
