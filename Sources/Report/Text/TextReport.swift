import ServingSim
import TextAndBytes

/// The report for a terminal: at most 80 columns, the answer first.
package enum TextReport {
  /// The report's text, with a newline at its end.
  package static func render(_ metrics: Metrics) -> String {
    let parts = [
      paragraph(metrics.name) + Verdict.sentences(on: metrics).flatMap(paragraph),
      ObjectiveTable.lines(metrics.verdicts),
      remarks(metrics.remarks),
      objectives(metrics.objectives),
      summary(metrics),
      LatencyTable(metrics: metrics).lines,
      LabelTables.lines(metrics),
      ReplicaTable.lines(metrics.replicas, of: metrics.fleet),
      source(metrics),
      LatencyShapes.lines(metrics.latency),
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static func paragraph(_ text: String) -> [String] {
    TextLayout.wrap(text, width: TextLayout.width)
  }

  private static func remarks(_ remarks: [Remark]) -> [String] {
    remarks.flatMap { TextLayout.row([("Note", 4), ($0.text, TextLayout.width - 6)]) }
  }

  private static func labelled(_ label: String, _ text: String) -> [String] {
    TextLayout.row([(label, 10), (text, TextLayout.width - 12)])
  }

  private static func objectives(_ metrics: ObjectiveMetrics) -> [String] {
    guard !metrics.stated.isEmpty else { return [] }
    var table = TextTable(header: ["Each request", "at most", "met by (%)"])
    for attainment in metrics.stated {
      table.add([
        label(attainment.objective), attainment.boundText, percent(attainment.share),
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
    let makespan = metrics.makespan.map { TimeUnit.text($0) } ?? "-"
    return labelled("Requests", requests(metrics.requests))
      + labelled("Makespan", makespan)
      + labelled("Throughput", throughput(metrics.throughput))
      + goodput(metrics.throughput)
      + (metrics.losses.map(losses) ?? [])
      + (metrics.handovers.map(handovers) ?? [])
      + (metrics.deadlines.map(deadlines) ?? [])
      + labelled("KV cache", cache(metrics.cache))
      + (metrics.loads.map(loads) ?? [])
      + (metrics.speculation.map(speculation) ?? [])
      + fleet(metrics.fleet)
  }

  /// Only where it changed, or where replicas and engines differ in number.
  private static func fleet(_ fleet: FleetSize) -> [String] {
    let size = fleet.changes.map { [$0.text] } ?? []
    let ranks =
      fleet.isDataParallel
      ? ["\(fleet.text); dp: the data parallel rank, an engine of its own"] : []
    let nodes = fleet.nodes.map { labelled("Nodes", $0.text) } ?? []
    return size.isEmpty && ranks.isEmpty
      ? nodes : labelled("Fleet", (size + ranks).joined(separator: "; ")) + nodes
  }

  private static func requests(_ counts: RequestCounts) -> String {
    let arrived = Figures.count(counts.arrived)
    let finished = Figures.count(counts.finished)
    let aborted = counts.aborted > 0 ? ", \(Figures.count(counts.aborted)) aborted" : ""
    let failed = counts.failed > 0 ? ", \(Figures.count(counts.failed)) failed" : ""
    return "\(arrived) arrived, \(finished) finished, \(Figures.count(counts.rejected)) refused"
      + aborted + failed
  }

  private static func throughput(_ throughput: ThroughputMetrics) -> String {
    let rates = [
      rate(throughput.requestsPerSecond, "requests/s"),
      rate(throughput.outputTokensPerSecond, "output tokens/s"),
      rate(throughput.totalTokensPerSecond, "tokens/s with prompts"),
    ]
    return rates.joined(separator: ", ")
  }

  private static func goodput(_ throughput: ThroughputMetrics) -> [String] {
    guard let goodput = throughput.goodputRequestsPerSecond else { return [] }
    return labelled("Goodput", rate(goodput, "requests/s that met every objective"))
  }

  private static func losses(_ losses: LossMetrics) -> [String] {
    var lines: [String] = []
    if losses.failures > 0 {
      lines += labelled(
        "Failures",
        "\(Figures.count(losses.failures)) of engines, "
          + "\(TimeUnit.text(losses.downTime)) down together")
    }
    if losses.retries > 0 {
      lines += labelled("Retries", "\(Figures.count(losses.retries)) further attempts at requests")
    }
    if losses.migrations > 0 {
      lines += labelled(
        "Migrations", "\(Figures.count(losses.migrations)) requests went on at another replica")
    }
    if losses.attempts > 0 {
      lines += labelled(
        "In vain",
        "\(Figures.count(losses.promptTokens)) prompt and \(Figures.count(losses.outputTokens)) "
          + "output tokens of \(Figures.count(losses.attempts)) dropped attempts, "
          + "\(percent(losses.share)) % of all computed")
    }
    return lines
  }

  private static func handovers(_ handovers: HandoverMetrics) -> [String] {
    func spread(_ name: String, _ spread: Distribution?) -> String {
      guard let spread else { return "" }
      return "; \(name) p50 \(TimeUnit.text(spread.p50)), p99 \(TimeUnit.text(spread.p99))"
    }
    return labelled(
      "Handovers",
      "\(Figures.count(handovers.prompts)) prompts computed for other replicas"
        + spread("their wait for blocks", handovers.waiting)
        + spread("transfers", handovers.transfer))
  }

  private static func loads(_ loads: LoadMetrics) -> [String] {
    let times = loads.time.map {
      ", p50 \(TimeUnit.text($0.p50)), p99 \(TimeUnit.text($0.p99))"
    }
    return labelled(
      "KV tiers",
      "\(Figures.count(loads.loads)) loads\(times ?? ""): \(Figures.count(loads.hostTokens)) tokens "
        + "from the host's memory, \(Figures.count(loads.secondaryTokens)) from tiers behind it; "
        + "\(Figures.count(loads.offloadedBlocks)) blocks offloaded")
  }

  private static func speculation(_ metrics: SpeculationMetrics) -> [String] {
    let length = metrics.meanAcceptanceLength.map { Figures.significant($0, digits: 3) } ?? "-"
    return labelled(
      "Drafts",
      "\(Figures.count(metrics.draftTokens)) tokens proposed, "
        + "\(percent(metrics.acceptanceRate)) % accepted; \(length) tokens a draft yields on average"
    )
  }

  private static func deadlines(_ metrics: DeadlineMetrics) -> [String] {
    var text = "\(Figures.count(metrics.met)) of \(Figures.count(metrics.requests)) met"
    if let holding = metrics.holding {
      text += "; \(Figures.count(metrics.held)) held, \(TimeUnit.text(holding.mean)) on average, "
      text += "\(TimeUnit.text(holding.max)) at most"
    }
    return labelled("Deadlines", text)
  }

  private static func rate(_ x: Double?, _ unit: String) -> String {
    let figure = x.map { Figures.significant($0, digits: 4) } ?? "-"
    return "\(figure) \(unit)"
  }

  private static func cache(_ cache: CacheMetrics) -> String {
    let hits = cache.prefixHitRatio.map { "\(Figures.percent($0)) % of prompt tokens" }
    let preemptions = Figures.count(cache.preemptions)
    return "peak use \(percent(cache.peakUse)) %, prefix hits \(hits ?? "none looked up"), "
      + "preemptions \(preemptions)"
  }

  private static func percent(_ share: Double?) -> String {
    share.map { Figures.percent($0) } ?? "-"
  }

  private static func source(_ metrics: Metrics) -> [String] {
    metrics.stepTimes.flatMap { labelled("Step time", stepTime($0, of: metrics)) }
      + labelled("Run", "seed \(metrics.seed), outcome hash \(metrics.outcomeHashText)")
  }

  private static func stepTime(_ source: StepTimeSource, of metrics: Metrics) -> String {
    let groups = source.groups.joined(separator: ", ")
    let words =
      (metrics.stepTimes.count > 1 ? "\(groups): " : "") + "\(source.name); \(source.provenance)"
    guard let share = ratio(Double(source.stepsOutside), Double(source.steps)), share > 0 else {
      return words
    }
    return words + "; \(Figures.percent(share)) % of the steps lie outside the measured ones"
  }
}
