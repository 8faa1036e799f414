/// The report for a terminal: at most 80 columns, the answer first.
package enum TextReport {
  /// The report's text, with a newline at its end.
  package static func render(_ metrics: Metrics) -> String {
    let parts = [
      TextLayout.wrap(metrics.name, width: TextLayout.width) + answer(metrics),
      objectives(metrics.objectives),
      summary(metrics),
      latency(metrics.latency),
      ReplicaTable.lines(metrics.replicas),
      source(metrics),
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static func answer(_ metrics: Metrics) -> [String] {
    var sentences: [String] = []
    if metrics.requests.isPartial {
      let open = metrics.requests[.underWay] + metrics.requests[.notArrived]
      sentences.append(
        "Covers only part of the run: \(requests(open)) of \(Figures.count(metrics.requests.total)) "
          + "had not ended.")
    }
    sentences.append(verdict(metrics.objectives))
    for (reason, count) in metrics.requests.rejections where count > 0 {
      sentences.append("Refused: \(requests(count)), \(explanation(of: reason)).")
    }
    return sentences.flatMap { TextLayout.wrap($0, width: TextLayout.width) }
  }

  private static func verdict(_ objectives: ObjectiveMetrics) -> String {
    guard let metAll = objectives.metAll else { return "No objectives (slo) are stated." }
    guard let share = objectives.share else { return "No request ended: no objective is judged." }
    let missed = objectives.judged - metAll
    if missed == 0 { return "All \(requests(metAll)) met every objective." }
    return "Objectives missed by \(requests(missed)) of \(Figures.count(objectives.judged)) "
      + "(\(Figures.percent(1 - share)) %)."
  }

  private static func explanation(of reason: String) -> String {
    reason == "prompt_too_long"
      ? "the prompt leaves no room for a token within max_model_len"
      : reason
  }

  private static func requests(_ n: Int) -> String {
    Figures.count(n) + (n == 1 ? " request" : " requests")
  }

  private static func objectives(_ metrics: ObjectiveMetrics) -> [String] {
    guard !metrics.stated.isEmpty else { return [] }
    var table = TextTable(header: ["Objective", "at most", "met by (%)"])
    for attainment in metrics.stated {
      table.add([
        label(attainment.objective), TimeUnit.text(attainment.bound), percent(attainment.share),
      ])
    }
    return table.lines(width: TextLayout.width)
  }

  private static func label(_ objective: Objective) -> String {
    switch objective {
    case .timeToFirstToken: "TTFT"
    case .timePerOutputToken: "TPOT"
    case .endToEnd: "E2E"
    }
  }

  private static func summary(_ metrics: Metrics) -> [String] {
    let counts = metrics.requests
    let cache = metrics.cache
    return [
      (
        "Requests",
        "\(Figures.count(counts.arrived)) arrived, \(Figures.count(counts.finished)) finished, "
          + "\(Figures.count(counts.rejected)) refused"
      ),
      ("Makespan", metrics.makespan.map { TimeUnit.text($0) } ?? "none: no request ended"),
      ("Throughput", throughput(metrics.throughput)),
      (
        "KV cache",
        "peak use \(percent(cache.peakUse)) %, prefix hits "
          + (cache.prefixHitRatio.map { "\(Figures.percent($0)) % of prompt tokens" }
            ?? "none looked up")
          + ", \(Figures.count(cache.preemptions)) preemptions"
      ),
    ].flatMap { labelled($0.0, $0.1) }
  }

  private static func throughput(_ throughput: ThroughputMetrics) -> String {
    func rate(_ x: Double?, _ unit: String) -> String {
      (x.map { Figures.significant($0, digits: 4) } ?? "-") + " " + unit
    }
    let rates = [
      rate(throughput.requestsPerSecond, "requests/s"),
      rate(throughput.outputTokensPerSecond, "output tokens/s"),
      rate(throughput.totalTokensPerSecond, "tokens/s with prompts"),
    ]
    let goodput = throughput.goodputRequestsPerSecond.map { [rate($0, "requests/s goodput")] } ?? []
    return (rates + goodput).joined(separator: ", ")
  }

  private static func latency(_ latency: LatencyMetrics) -> [String] {
    var table = TextTable(header: ["Latency", "mean", "p50", "p90", "p95", "p99", "max"])
    let rows = [
      ("TTFT", latency.timeToFirstToken), ("ITL", latency.interToken),
      ("TPOT", latency.timePerOutputToken), ("E2E", latency.endToEnd),
      ("Queueing", latency.queueing),
    ]
    for (name, distribution) in rows {
      guard let distribution else {
        table.add([name] + [String](repeating: "-", count: 6))
        continue
      }
      let unit = TimeUnit(for: distribution.mean)
      let values = [
        distribution.mean, distribution.p50, distribution.p90, distribution.p95, distribution.p99,
        distribution.max,
      ]
      table.add(
        ["\(name) (\(unit.rawValue))"]
          + values.map { Figures.significant(unit.value($0), digits: 4) })
    }
    return table.lines(width: TextLayout.width)
  }

  private static func source(_ metrics: Metrics) -> [String] {
    metrics.stepTimes.flatMap { labelled("Step time", "\($0.name); \($0.provenance)") }
      + labelled("Run", "seed \(metrics.seed), outcomes \(metrics.outcomeHashText)")
  }

  private static func labelled(_ label: String, _ text: String) -> [String] {
    TextLayout.row([(label, 10), (text, TextLayout.width - 12)])
  }

  private static func percent(_ share: Double?) -> String {
    share.map { Figures.percent($0) } ?? "-"
  }
}
