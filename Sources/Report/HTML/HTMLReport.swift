import Charts

/// A report as one file of HTML that needs nothing else: no network, no script, no font. One run, or
/// several side by side.
package enum HTMLReport {
  /// The file's text; `runs` are one or more, at most `Figure.mostRuns`.
  package static func render(_ runs: [RunDigest]) -> String {
    let sections = sections(of: runs).filter { !$0.content.isEmpty }
    let name = runs.map(\.label).joined(separator: " · ")
    return page(
      title: name,
      header: HTMLText.element("h1", "", HTMLText.escaped(name)) + subtitle(runs),
      sections: sections)
  }

  struct Section {
    var id: String
    var title: String
    var content: String
  }

  private static func subtitle(_ runs: [RunDigest]) -> String {
    let kind =
      runs.count == 1
      ? "A simulated run of LLM serving"
      : "\(runs.count) simulated runs of LLM serving, side by side"
    return HTMLText.paragraph(kind + ". All figures are predictions.")
  }

  private static func sections(of runs: [RunDigest]) -> [Section] {
    let figures = FigureGallery(runs)
    return [
      Section(id: "answer", title: "The answer", content: AnswerSection.html(runs)),
      Section(
        id: "differences", title: "Differences",
        content: runs.count > 1 ? ComparisonTable.html(runs) : ""),
      Section(id: "objectives", title: "Objectives", content: figures.html(.objectives)),
      Section(
        id: "latency", title: "Latency",
        content: LatencyTables.html(runs) + figures.html(.latency)),
      Section(id: "over-time", title: "Latency over time", content: figures.html(.overTime)),
      Section(id: "workload", title: "Workload", content: figures.html(.workload)),
      Section(
        id: "throughput", title: "Throughput and goodput", content: figures.html(.throughput)),
      Section(id: "load", title: "Queue and batch", content: figures.html(.load)),
      Section(
        id: "cache", title: "KV and prefix cache", content: figures.html(.cache)),
      Section(
        id: "bill", title: "Energy, carbon and cost",
        content: figures.html(.bill) + BillSection.html(runs)),
      Section(
        id: "replicas", title: "Replicas",
        content: figures.html(.replicas) + ReplicaSection.html(runs)),
      Section(id: "trust", title: "How sure", content: TrustSection.html(runs)),
      Section(id: "plan", title: "The plan and its assumptions", content: PlanSection.html(runs)),
    ]
  }

  static func page(
    title: String, header: String, sections: [Section], style: String = "", script: String = ""
  ) -> String {
    let links = sections.map {
      HTMLText.element(
        "li", "", "<a href=\"#\($0.id)\">\(HTMLText.escaped($0.title))</a>")
    }
    let content = sections.map { section in
      HTMLText.element(
        "section", "id=\"\(section.id)\" aria-labelledby=\"\(section.id)-h\"",
        HTMLText.element("h2", "id=\"\(section.id)-h\"", HTMLText.escaped(section.title))
          + section.content)
    }
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
      + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
      + "<meta name=\"color-scheme\" content=\"light dark\" />\n"
      + HTMLText.element("title", "", HTMLText.escaped(title))
      + HTMLText.element("style", "", PageStyle.css + style) + "</head>\n<body>\n"
      + "<a class=\"skip\" href=\"#main\">To the report</a>\n"
      + HTMLText.element("header", "", header)
      + HTMLText.element(
        "nav", "aria-label=\"Sections\"", HTMLText.element("ul", "", links.joined()))
      + HTMLText.element("main", "id=\"main\"", content.joined())
      + HTMLText.element("footer", "", HTMLText.paragraph("Made by kavier."))
      + (script.isEmpty ? "" : HTMLText.element("script", "", script)) + "</body>\n</html>\n"
  }
}
