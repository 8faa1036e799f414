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
    if let cached = cached(outcome) { lines.append(cached) }
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
    return (lines + notes(outcome)).joined(separator: "\n") + "\n"
  }

  /// What the server says it had in its cache; nil: it says nothing.
  private static func cached(_ outcome: Recorder.Outcome) -> String? {
    let told = outcome.records.filter { $0.isOK && $0.cachedTokens != nil }
    guard !told.isEmpty else {
      return outcome.cacheLookups.map {
        "Cached      \($0.found) of \($0.asked) prompt tokens, by the server's metrics"
      }
    }
    let hits = told.reduce(0) { $0 + ($1.cachedTokens ?? 0) }
    let prompts = told.reduce(0) { $0 + ($1.promptTokens ?? 0) }
    return "Cached      \(hits) of \(prompts) prompt tokens"
  }

  private static func notes(_ outcome: Recorder.Outcome) -> [String] {
    var notes = failures(outcome.records)
    let uncounted = outcome.records.count { $0.isOK && $0.completionTokens == nil }
    if uncounted > 0 {
      notes.append("\(uncounted) ok, but the server did not count their tokens: parts are counted")
    }
    if outcome.samplesLeftOut > 0 {
      notes.append("\(outcome.samplesLeftOut) values of server and devices left out: too many")
    }
    return notes.isEmpty ? [] : [""] + notes
  }

  /// The reasons why requests failed, the most frequent first, each with a case of it.
  private static func failures(_ records: [RequestRecord]) -> [String] {
    let sorted = countedKinds(records)
    let lines = sorted.prefix(Self.mostKinds).map { found in
      let detail = found.count > 1 ? ", such as: \(found.detail)" : ": \(found.detail)"
      return "\(found.count) not ok: \(found.kind)" + (found.detail.isEmpty ? "" : detail)
    }
    let rest = sorted.dropFirst(Self.mostKinds).reduce(0) { $0 + $1.count }
    return lines + (rest > 0 ? ["\(rest) not ok for other reasons"] : [])
  }

  /// The same in a line, without cases.
  package static func kinds(_ records: [RequestRecord]) -> String {
    countedKinds(records).prefix(Self.mostKinds).map { "\($0.count) \($0.kind)" }
      .joined(separator: ", ")
  }

  private static func countedKinds(
    _ records: [RequestRecord]
  ) -> [(kind: String, count: Int, detail: String)] {
    var kinds: [String: (count: Int, detail: String)] = [:]
    for failure in records.compactMap(\.failure) {
      let kind = failure.kind
      let detail = String(failure.reason.dropFirst(kind.count + 2).prefix(160))
      kinds[kind, default: (0, detail)].count += 1
    }
    return kinds.map { ($0.key, $0.value.count, $0.value.detail) }
      .sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
  }

  private static let mostKinds = 8

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
