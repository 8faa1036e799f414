import SimKernel

/// What a user is told when a recording was written.
package enum RecordingSummary {
  package static func text(_ outcome: Recorder.Outcome, path: String) -> String {
    let progress = outcome.progress
    let tokens = outcome.records.reduce(0) { $0 + ($1.completionTokens ?? 0) }
    var lines = [
      path,
      "Requests    \(progress.ended) ended, \(progress.ended - progress.failed) ok, "
        + "\(progress.failed) not",
      "Duration    \(figure(outcome.seconds)) s, "
        + "\(figure(Double(tokens) / max(1e-9, outcome.seconds))) output tokens/s",
    ]
    if outcome.samples > 0 { lines.append("Series      \(outcome.samples) values") }
    lines.append("Client      \(figure(outcome.cpuSeconds)) CPU s")
    lines.append("")
    lines.append(row("Latency", ["mean", "p50", "p90", "p99", "max"]))
    for (name, histogram) in [
      ("TTFT (ms)", progress.timeToFirstToken), ("ITL (ms)", progress.interTokenLatency),
      ("Lateness (ms)", progress.lateness),
    ] where histogram.count > 0 {
      lines.append(row(name, values(histogram)))
    }
    return (lines + failures(outcome.records)).joined(separator: "\n") + "\n"
  }

  /// The reasons why requests failed, the most frequent first.
  private static func failures(_ records: [RequestRecord]) -> [String] {
    let reasons = records.compactMap(\.failure?.reason)
    guard !reasons.isEmpty else { return [] }
    let counts = reasons.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return [""] + sorted.prefix(5).map { "\($0.value) not ok: \($0.key.prefix(160))" }
  }

  private static func values(_ histogram: LogHistogram) -> [String] {
    let quantiles = [0.5, 0.9, 0.99].map { histogram.quantile($0) ?? 0 }
    let picoseconds = [histogram.mean ?? 0] + quantiles + [Double(histogram.greatest)]
    return picoseconds.map { figure($0 / 1e9) }
  }

  private static func row(_ name: String, _ cells: [String]) -> String {
    cells.reduce(padded(name, 14)) { line, cell in
      line + String(repeating: " ", count: max(1, 9 - cell.count)) + cell
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// Four digits that count.
  package static func figure(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "-" }
    var scale = 1.0
    var places = 0
    while places < 4, abs(value) * scale < 999.5 {
      scale *= 10
      places += 1
    }
    let rounded = (value * scale).rounded()
    guard places > 0 else { return "\(Int64(rounded))" }
    let digits = "\(Int64(abs(rounded)))"
    let filled = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = rounded < 0 ? "-" : ""
    return sign + filled.dropLast(places) + "." + filled.suffix(places)
  }
}
