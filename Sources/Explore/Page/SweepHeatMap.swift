import Glibc
import Report

/// A table over two axes of a sweep whose cells are the stronger in colour the higher their figure is,
/// with controls for who has scripts.
struct SweepHeatMap {
  let grid: SweepGrid
  let pair: SweepGrid.Pair
  let figure: Int

  static let key =
    SweepGrid.State.allCases.filter { !$0.mark.sign.isEmpty }.map {
      "\($0.mark.sign) \($0.mark.words)"
    }
    .joined(separator: ", ") + ". The stronger the colour of a cell, the higher its figure."

  private static let levels = 10

  var html: String {
    let attributes =
      "class=\"heat\" data-columns=\"\(pair.columns)\" data-rows=\"\(pair.rows ?? -1)\" "
      + "data-figure=\"\(figure)\""
    return HTMLText.element(
      "div", attributes, controls + HTMLText.framed(caption: caption, header + body))
      + HTMLText.paragraph(Self.key)
  }

  /// What it shows. The script writes the same for what is chosen.
  private var caption: String {
    let over = [pair.columns, pair.rows].compactMap { $0 }.map { grid.axes[$0].name }
    let rest = others.isEmpty ? "" : "; of what else is varied, the best"
    return "\(grid.figures[figure].label) by \(over.joined(separator: " and "))\(rest)"
  }

  private var others: [Int] {
    grid.axes.indices.filter { $0 != pair.columns && $0 != pair.rows }
  }

  // MARK: table

  private var header: String {
    let corner = pair.rows.map { grid.axes[$0].name } ?? ""
    let cells = [corner] + grid.axes[pair.columns].values
    return HTMLText.element(
      "thead", "",
      HTMLText.element(
        "tr", "",
        cells.map { HTMLText.element("th", "scope=\"col\"", HTMLText.escaped($0)) }.joined()))
  }

  private var body: String {
    let cells = grid.best(pair, figure: figure)
    let level = level(cells)
    let names = pair.rows.map { grid.axes[$0].values } ?? [grid.figures[figure].label]
    let rows = zip(names, cells).map { name, row in
      HTMLText.element(
        "tr", "",
        HTMLText.element("th", "scope=\"row\"", HTMLText.escaped(name))
          + row.map { cell($0, level) }.joined())
    }
    return HTMLText.element("tbody", "", rows.joined())
  }

  /// From 0 for the lowest of the cells to 9 for the highest, by orders of magnitude where they span
  /// more than one.
  private func level(_ cells: [[SweepGrid.Point?]]) -> (Double) -> Int {
    let values = cells.joined().compactMap { $0?.values[figure] }
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    let isWide = least > 0 && most > 10 * least
    func place(_ x: Double) -> Double { isWide ? log(x) : x }
    let span = place(most) - place(least)
    return { x in
      span > 0
        ? min(Self.levels - 1, Int((place(x) - place(least)) / span * Double(Self.levels))) : 0
    }
  }

  private func cell(_ point: SweepGrid.Point?, _ level: (Double) -> Int) -> String {
    guard let point else { return HTMLText.element("td", "", "") }
    let (sign, words) = point.state.mark
    let mark =
      sign.isEmpty
      ? ""
      : " <span aria-hidden=\"true\">\(sign)</span><span class=\"skip\"> \(words)</span>"
    let value = point.values[figure]
    let text = value.map(grid.figures[figure].unit.digits) ?? ""
    let chosen = (point.state == .refused ? [] : others).map {
      "<span class=\"change\">\(HTMLText.escaped(grid.axes[$0].values[point.places[$0]]))</span>"
    }.joined()
    return HTMLText.element(
      "td", value.map { "class=\"h\(level($0))\"" } ?? "", text + mark + chosen)
  }

  // MARK: controls

  private var controls: String {
    let axes = grid.axes.enumerated().map { ($0, $1.name) }
    let figures = grid.figures.enumerated().map { ($0, $1.label) }
    let rows = [(-1, "none")] + axes
    let rest = grid.axes.indices.map { axis in
      select(
        grid.axes[axis].name, "axis\" data-axis=\"\(axis)",
        [(-1, "the best")] + grid.axes[axis].values.enumerated().map { ($0, $1) })
    }
    return HTMLText.element(
      "div", "class=\"controls\" hidden=\"\"",
      select("Figure", "figure", figures) + select("Columns", "columns", axes)
        + select("Rows", "rows", rows) + rest.joined())
  }

  private func select(_ name: String, _ role: String, _ options: [(Int, String)]) -> String {
    let list = options.map {
      HTMLText.element("option", "value=\"\($0.0)\"", HTMLText.escaped($0.1))
    }
    return HTMLText.element(
      "label", "",
      HTMLText.escaped(name) + " "
        + HTMLText.element("select", "data-role=\"\(role)\"", list.joined()))
  }
}
