import Charts
import Report
package import Scenarios
import TextAndBytes

/// A sweep as a page of its own: heat maps over pairs of its axes, pictures, and tables.
package struct SweepPage: Sendable {
  private let sweep: Sweep
  /// The key of a figure; nil: what plans are usually chosen by.
  private let figure: String?
  private let pairs: [SweepGrid.Pair]

  /// More make a page that browsers are slow with.
  package static let mostPoints = 50_000

  /// Heat maps of `figure` over pairs of `axes`, each by its column or its path; without any, over the
  /// two with the most values.
  ///
  /// Throws what of it the sweep does not have, and why it is too large for a page.
  package init(
    _ sweep: Sweep, figure: String? = nil, axes: [[String]] = []
  ) throws(PageProblem) {
    guard sweep.product <= Self.mostPoints else {
      throw PageProblem(
        "--page: found \(sweep.product) points; at most \(Self.mostPoints) fit on a page; --query and "
          + "--csv take any number")
    }
    self.sweep = sweep
    self.figure = figure
    let known = SweepGrid.axes(sweep)
    pairs =
      axes.isEmpty
      ? [Self.largest(known)].compactMap { $0 }
      : try axes.map { names throws(PageProblem) in try Self.pair(names, known) }
  }

  /// Throws where no run has the figure that was asked for.
  package func render(_ store: RunStore) throws -> String {
    let keys = SweepFigure.usual + [figure].compactMap { $0 }
    let others = SweepSummary.figures.filter { !keys.contains($0) }
    let summary = try SweepSummary(sweep, store, figures: keys + others)
    let grid = SweepGrid(sweep, summary, keys: keys)
    let maps = try heatMaps(grid)
    let pictures = SweepFront.pictures(grid)
    let parts: [PicturePage.Part?] =
      maps + [
        pictures.isEmpty ? nil : .pictures("The front", pictures),
        SweepText.table(summary).map {
          .table("The best points", $0, caption: "By verdict, then by cost or TTFT")
        },
        Self.values(grid), Self.refusals(summary),
      ]
    return PicturePage.render(
      title: sweep.name, note: Self.note(summary, sweep), parts: parts.compactMap { $0 },
      style: Self.style, script: maps.isEmpty ? "" : SweepPageScript.text)
  }

  private static func note(_ summary: SweepSummary, _ sweep: Sweep) -> String {
    let seeds =
      sweep.seeds.count == 1
      ? "one seed each" : "\(sweep.seeds.count) seeds each; figures are means over them"
    return SweepText.head(summary, sweep, nil).replacing(" in the store.", with: "")
      + ", \(seeds). All figures are predictions."
  }

  // MARK: heat maps

  private func heatMaps(_ grid: SweepGrid) throws(PageProblem) -> [PicturePage.Part] {
    let known = grid.figures.map(\.figure.key)
    if let figure, !known.contains(figure) {
      throw PageProblem(
        "--figure: no run has \"\(figure)\"; known are \(Spelling.list(known))")
    }
    let first = figure ?? SweepFigure.first.first { known.contains($0) } ?? known.first
    guard let place = first.flatMap(grid.place) else { return [] }
    return pairs.enumerated().map { index, pair in
      let map = SweepHeatMap(grid: grid, pair: pair, figure: place)
      let names = [pair.rows, pair.columns].compactMap { $0 }.map { grid.axes[$0].name }
      // One copy of the figures is enough.
      return PicturePage.Part(
        names.joined(separator: " and "),
        content: (index == 0 ? SweepPageScript.data(grid) : "") + map.html)
    }
  }

  /// The two axes with the most values.
  private static func largest(_ axes: [SweepGrid.Axis]) -> SweepGrid.Pair? {
    let order = axes.indices.sorted { axes[$0].values.count > axes[$1].values.count }
    return order.first.map { SweepGrid.Pair(columns: $0, rows: order.dropFirst().first) }
  }

  private static func pair(
    _ names: [String], _ known: [SweepGrid.Axis]
  ) throws(PageProblem) -> SweepGrid.Pair {
    let axes = try names.map { name throws(PageProblem) in
      guard let axis = known.firstIndex(where: { $0.words.contains(name) }) else {
        let words = known.compactMap(\.words.first)
        throw PageProblem(
          "--axes: no axis \"\(name)\"\(Spelling.hint(for: name, of: words)); "
            + "axes: \(words.isEmpty ? "none" : Spelling.list(words))")
      }
      return axis
    }
    guard let columns = axes.first, axes.dropFirst().first != columns else {
      throw PageProblem(
        "--axes: found \(names.joined(separator: ",")); expected two different axes")
    }
    return SweepGrid.Pair(columns: columns, rows: axes.dropFirst().first)
  }

  // MARK: tables

  /// Of each axis, what its values come to.
  private static func values(_ grid: SweepGrid) -> PicturePage.Part? {
    guard !grid.axes.isEmpty else { return nil }
    let figure = SweepFigure.first.compactMap { grid.place(ofFigure: $0) }.first
    let tables = grid.axes.indices.map { axis in
      HTMLText.table(
        table(grid, axis, figure), caption: "Points by \(grid.axes[axis].name)")
    }
    return PicturePage.Part(
      "What each value comes to",
      content: HTMLText.element("div", "class=\"tables\"", tables.joined()))
  }

  private static func table(_ grid: SweepGrid, _ axis: Int, _ figure: Int?) -> DataTable {
    let states = SweepGrid.State.allCases.filter { state in
      grid.points.contains { $0.state == state }
    }
    let best = figure.map { grid.best(SweepGrid.Pair(columns: axis), figure: $0)[0] }
    return DataTable(
      header: [grid.axes[axis].name]
        + states.map { $0 == .run ? "run" : $0.mark.words }
        + (figure.map { ["best \(grid.figures[$0].label)"] } ?? []),
      rows: grid.axes[axis].values.enumerated().map { place, value in
        let points = grid.points.filter { $0.places[axis] == place }
        let counts = states.map { state in "\(points.count { $0.state == state })" }
        guard let figure, let best else { return [value] + counts }
        let figures = grid.figures[figure]
        return [value] + counts + [best[place]?.values[figure].map(figures.unit.digits) ?? "-"]
      })
  }

  private static func refusals(_ summary: SweepSummary) -> PicturePage.Part? {
    let reasons = SweepText.reasons(summary.rows)
    guard !reasons.isEmpty else { return nil }
    return .table(
      "What cannot be run",
      DataTable(header: ["Why", "Points"], rows: reasons.map { [$0.reason, "\($0.count)"] }),
      caption: "Reasons, the most frequent first")
  }

  private static let style =
    ":root{--heat:0 114 178}@media screen and (prefers-color-scheme:dark){:root{--heat:86 180 233}}\n"
    + (0..<10).map { ".h\($0){background:rgb(var(--heat)/\(Double(4 + 5 * $0) / 100))}" }.joined()
      + """

      .heat td{padding:.3rem .8rem;border:1px solid var(--surface)}

      """ + PageControls.style
}

/// What a page cannot show.
package struct PageProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  init(_ description: String) { self.description = description }
}
