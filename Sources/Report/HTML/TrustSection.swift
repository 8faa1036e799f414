import Charts
import ServingModel

/// How far the figures can be trusted: where step times come from, and the errors to expect.
enum TrustSection {
  static func html(_ runs: [RunDigest]) -> String {
    runs.map { run in
      let whose = runs.count > 1 ? ": \(run.label)" : ""
      return (runs.count > 1 ? HTMLText.element("h3", "", HTMLText.escaped(run.label)) : "")
        + HTMLText.element("div", "class=\"words\"", sources(run.metrics, whose))
        + errors(run.metrics, whose)
    }.joined()
  }

  private static func sources(_ metrics: Metrics, _ whose: String) -> String {
    HTMLText.table(
      DataTable(
        header: [
          "Groups", "Step times", "Where they come from", "Calibration",
          "Steps outside what was measured",
        ],
        rows: metrics.stepTimes.map { source in
          [
            source.groups.joined(separator: ", "), source.name, source.provenance,
            calibration(source), outside(source),
          ]
        }), caption: "What prices the engine's steps" + whose)
  }

  /// What the standing means, since its word alone tells only who knows it.
  private static func calibration(_ source: StepTimeSource) -> String {
    guard let status = source.calibration?.status else {
      return "none: the scenario states the step times"
    }
    return "\(status.words): \(status.meaning)"
  }

  private static func outside(_ source: StepTimeSource) -> String {
    ratio(Double(source.stepsOutside), Double(source.steps)).map { Figures.percent($0) + " %" }
      ?? "-"
  }

  private static func errors(_ metrics: Metrics, _ whose: String) -> String {
    let known = ExpectedError.Metric.allCases.compactMap { metric in
      metrics.expectedError(of: metric).map { (metric, $0) }
    }
    guard !known.isEmpty else {
      return HTMLText.paragraph("No errors to expect are known for these step times.")
    }
    return HTMLText.table(
      DataTable(
        header: ["Figure", "half of predictions within", "nine of ten within"],
        rows: known.map { metric, error in
          [name(metric), percent(error.median), percent(error.ninetieth)]
        }), caption: "Errors to expect of means and medians, as shares of what is measured" + whose)
  }

  private static func name(_ metric: ExpectedError.Metric) -> String {
    Latency(rawValue: metric.rawValue)?.name ?? "Throughput"
  }

  private static func percent(_ share: Double) -> String {
    "±" + Figures.fixed(share * 100, decimals: 0) + " %"
  }
}
