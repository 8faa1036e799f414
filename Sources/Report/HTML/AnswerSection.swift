import ServingModel
import ServingSim

/// What a reader wants to know first: are the objectives met, and how sure is that.
enum AnswerSection {
  /// One run with its main figures; of several only this much, since the table of differences
  /// that follows has the figures of all.
  static func html(_ runs: [RunDigest]) -> String {
    if let run = runs.first, runs.count == 1 {
      return lead(run) + objectives(run.metrics.verdicts) + remarks(run.metrics)
        + HTMLText.element("dl", "class=\"tiles\"", tiles(run).map(html).joined())
        + sureness(run)
    }
    let answers = runs.map { run in
      HTMLText.element(
        "div", "",
        HTMLText.element("h3", "", HTMLText.escaped(run.label)) + lead(run)
          + objectives(run.metrics.verdicts, of: run.label) + sureness(run) + remarks(run.metrics))
    }
    return HTMLText.element("div", "class=\"runs\"", answers.joined())
  }

  /// In a word with its colour, then in sentences.
  private static func lead(_ run: RunDigest) -> String {
    let verdicts = run.metrics.verdicts
    let headline = ObjectiveTable.headline(verdicts)
    let badge = ObjectiveVerdict(of: verdicts.lazy.map(\.verdict)).map { verdict in
      HTMLText.element(
        "strong", "class=\"verdict \(verdict.tone)\"",
        HTMLText.escaped(String((headline ?? "").dropLast()))) + " "
    }
    // The headline is the badge; elsewhere it is a sentence among the others.
    let sentences = Verdict.sentences(on: run.metrics).filter { $0 != headline }
    return HTMLText.element(
      "p", "class=\"lead\"",
      (badge ?? "") + HTMLText.escaped(sentences.joined(separator: " ")))
  }

  /// Each objective with its verdict; empty where none is stated.
  private static func objectives(_ verdicts: [JudgedObjective], of label: String = "") -> String {
    guard !verdicts.isEmpty else { return "" }
    let head = (["Objective"] + ObjectiveTable.header.dropFirst()).map {
      HTMLText.element("th", "scope=\"col\"", HTMLText.escaped($0))
    }
    let rows = verdicts.map { judged in
      let cells = ObjectiveTable.cells(judged)
      let group = judged.objective.group.map { "\($0.label.name) \($0.name): " } ?? ""
      return HTMLText.element(
        "tr", "",
        HTMLText.element("th", "scope=\"row\"", HTMLText.escaped(group + cells[0]))
          + cells.dropFirst().map { HTMLText.element("td", "", HTMLText.escaped($0)) }.joined()
          + HTMLText.element(
            "td", "",
            HTMLText.element(
              "span", "class=\"\(judged.verdict.tone)\"", HTMLText.escaped(judged.verdict.words))))
    }
    return HTMLText.framed(
      caption: "Objectives and verdicts" + (label.isEmpty ? "" : ": \(label)"),
      HTMLText.element("thead", "", HTMLText.element("tr", "", head.joined()))
        + HTMLText.element("tbody", "", rows.joined()))
      + ObjectiveTable.notes(verdicts).map { HTMLText.paragraph($0) }.joined()
  }

  /// What had no effect; empty where all had.
  private static func remarks(_ metrics: Metrics) -> String {
    guard !metrics.remarks.isEmpty else { return "" }
    let items = metrics.remarks.map { HTMLText.element("li", "", HTMLText.escaped($0.text)) }
    return HTMLText.element("ul", "class=\"remarks\"", items.joined())
  }

  /// In a sentence or two; the section on trust has the rest.
  private static func sureness(_ run: RunDigest) -> String {
    let metrics = run.metrics
    let known = [Latency.timeToFirstToken, .timePerOutputToken, .endToEnd].compactMap { latency in
      error(latency, metrics).map { "\(latency.name) ±\(percent($0.median))" }
    }
    guard !known.isEmpty else {
      return HTMLText.paragraph(
        "How far such predictions are from measurements is not known for this set-up.")
    }
    return HTMLText.paragraph(
      "Half of such predictions of means and medians are this close to what is measured: "
        + known.joined(separator: ", ") + "." + attainment(run))
  }

  /// What such errors would do to the objectives.
  private static func attainment(_ run: RunDigest) -> String {
    guard let range = run.attainmentWithinErrors else { return "" }
    let (least, most) = (Figures.percent(range.lowerBound), Figures.percent(range.upperBound))
    return " Were all latencies off by that much, "
      + (least == most ? "still \(least) %" : "\(least) to \(most) %")
      + " of the requests would meet every objective."
  }

  struct Tile {
    var name: String
    var figure: String
    var note: String
  }

  private static func html(_ tile: Tile) -> String {
    HTMLText.element(
      "div", "class=\"tile\"",
      HTMLText.element("dt", "", HTMLText.escaped(tile.name))
        + HTMLText.element("dd", "class=\"figure\"", figure(tile.figure))
        + (tile.note.isEmpty
          ? "" : HTMLText.element("dd", "class=\"note\"", HTMLText.escaped(tile.note))))
  }

  /// The unit, the last word of a figure that has one, in smaller letters.
  private static func figure(_ text: String) -> String {
    guard let space = text.lastIndex(of: " ") else { return HTMLText.escaped(text) }
    return HTMLText.escaped(String(text[...space]))
      + "<span class=\"unit\">\(HTMLText.escaped(String(text[text.index(after: space)...])))</span>"
  }

  /// What was asked for and what it takes first: a small screen shows no more.
  private static func tiles(_ run: RunDigest) -> [Tile] {
    let metrics = run.metrics
    return [objectives(metrics), goodput(metrics.throughput)].compactMap { $0 }
      + [Latency.timeToFirstToken, .timePerOutputToken, .endToEnd].compactMap {
        tile($0, metrics)
      } + BillSection.tiles(run.bill) + load(metrics)
  }

  private static func load(_ metrics: Metrics) -> [Tile] {
    [
      Tile(
        name: "Throughput", figure: rate(metrics.throughput.outputTokensPerSecond) + " tokens/s",
        note: "generated; \(rate(metrics.throughput.requestsPerSecond)) requests/s"),
      Tile(
        name: "KV cache", figure: metrics.cache.peakUse.map { Figures.percent($0) + " %" } ?? "-",
        note: "of a replica's blocks at most; "
          + "\(Figures.count(metrics.cache.preemptions)) preemptions"),
      Tile(
        name: "Requests", figure: Figures.count(metrics.requests.finished),
        note: "finished in \(metrics.makespan.map { TimeUnit.text($0) } ?? "-"), "
          + "\(Figures.count(metrics.requests.rejected)) refused"),
    ]
  }

  private static func objectives(_ metrics: Metrics) -> Tile? {
    guard let share = metrics.objectives.share else { return nil }
    let bounds = metrics.objectives.stated.map {
      "\($0.objective.rawValue.uppercased()) at most \($0.boundText)"
    }
    return Tile(
      name: "Met every objective", figure: Figures.percent(share) + " %",
      note: bounds.joined(separator: ", "))
  }

  private static func goodput(_ throughput: ThroughputMetrics) -> Tile? {
    throughput.goodputRequestsPerSecond.map {
      Tile(
        name: "Goodput", figure: rate($0) + " requests/s", note: "that met every objective")
    }
  }

  private static func tile(_ latency: Latency, _ metrics: Metrics) -> Tile? {
    latency.distribution(in: metrics.latency).map { d in
      let error = error(latency, metrics).map { " ±\(percent($0.median))" } ?? ""
      return Tile(
        name: "\(latency.name), median", figure: TimeUnit.text(d.p50),
        note: (error.isEmpty ? "" : error.dropFirst() + "; ") + "p99 \(TimeUnit.text(d.p99))")
    }
  }

  private static func error(_ latency: Latency, _ metrics: Metrics) -> ErrorInterval? {
    latency.expectedError.flatMap { metrics.expectedError(of: $0) }
  }

  private static func percent(_ share: Double) -> String {
    Figures.fixed(share * 100, decimals: 0) + " %"
  }

  private static func rate(_ x: Double?) -> String {
    x.map { Figures.significant($0, digits: 4) } ?? "-"
  }
}
