import Charts

/// The pictures of a report, each with its caption and its numbers.
struct FigureGallery {
  let runs: [RunDigest]

  init(_ runs: [RunDigest]) { self.runs = runs }

  /// Those of a section side by side; empty when the runs have none.
  func html(_ section: Figure.Section) -> String {
    let figures = Figure.all.filter { $0.section == section }.compactMap { figure in
      figure.chart(runs).map { Self.html($0, name: figure.name) }
    }
    return figures.isEmpty
      ? "" : HTMLText.element("div", "class=\"figures\"", figures.joined())
  }

  static func html(_ chart: Chart, name: String) -> String {
    let caption =
      HTMLText.element("h3", "", HTMLText.escaped(chart.title))
      + HTMLText.paragraph(chart.summary)
    let numbers =
      HTMLText.element(
        "summary", "", "Numbers<span class=\"skip\"> of \(HTMLText.escaped(chart.title))</span>")
      + HTMLText.table(chart.table, caption: "Numbers of \(chart.title)")
    return HTMLText.element(
      "figure", "id=\"fig-\(name)\"",
      HTMLText.element("figcaption", "", caption)
        + SVGWriter.element(chart.drawing(.page), id: name)
        + HTMLText.element("details", "", numbers))
  }
}
