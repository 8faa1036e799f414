import ServingModel
import TextAndBytes

/// The latencies in text: a row each, with the errors to expect where they are known.
struct LatencyTable {
  let metrics: Metrics

  private static let named: [(metric: ExpectedError.Metric, name: String)] = [
    (.ttft, "TTFT"), (.tpot, "TPOT"), (.e2e, "E2E"),
  ]

  private var isKnown: Bool {
    Self.named.contains { metrics.expectedError(of: $0.metric) != nil }
  }

  var lines: [String] {
    let header = ["Latency", "mean", "p50", "p90", "p95", "p99", "max"]
    var table = TextTable(header: header + (isKnown ? ["+-"] : []))
    let latency = metrics.latency
    table.add(row("TTFT", latency.timeToFirstToken, .ttft))
    table.add(row("ITL", latency.interToken, nil))
    table.add(row("TPOT", latency.timePerOutputToken, .tpot))
    table.add(row("E2E", latency.endToEnd, .e2e))
    table.add(row("Queueing", latency.queueing, nil))
    return table.lines(width: TextLayout.width) + note
  }

  private func row(
    _ name: String, _ distribution: Distribution?, _ metric: ExpectedError.Metric?
  ) -> [String] {
    let error = metric.flatMap { metrics.expectedError(of: $0) }
    return figures(name, distribution)
      + (isKnown ? [error.map { Self.percent($0.median) } ?? ""] : [])
  }

  private func figures(_ name: String, _ distribution: Distribution?) -> [String] {
    guard let d = distribution else { return [name, "-", "-", "-", "-", "-", "-"] }
    let unit = TimeUnit(for: d.mean)
    return ["\(name) (\(unit.rawValue))"]
      + [d.mean, d.p50, d.p90, d.p95, d.p99, d.max].map {
        Figures.significant(unit.value($0), digits: 4)
      }
  }

  /// What the last column means.
  private var note: [String] {
    let ninetieths = Self.named.compactMap { metric, name in
      metrics.expectedError(of: metric).map { "\(name) \(Self.percent($0.ninetieth))" }
    }
    guard !ninetieths.isEmpty else { return [] }
    return TextLayout.wrap(
      "+-: half of such predictions of means and medians are within this share of what is "
        + "measured; nine of ten within \(ninetieths.joined(separator: ", ")).",
      width: TextLayout.width)
  }

  private static func percent(_ share: Double) -> String {
    Figures.fixed(share * 100, decimals: 0) + " %"
  }
}
