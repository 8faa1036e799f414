/// A row's figures in one unit.
struct PairedCells {
  private let row: PairedComparison.Row
  private let unit: FigureUnit

  init(_ row: PairedComparison.Row, currency: String) {
    self.row = row
    unit = FigureUnit(
      row.figure, largest: max(row.difference.a, row.difference.b), currency: currency)
  }

  var cells: [String] {
    let found = row.difference
    return [
      "  " + unit.label(row.figure), digits(found.a), digits(found.b),
      signed(found.difference.mean), found.difference.interval.map(unit.range) ?? "-",
      found.ratio.map { Figures.significant($0.mean, digits: 3) } ?? "-",
      found.isSure ? "*" : "",
    ]
  }

  func digits(_ x: Double) -> String { unit.digits(x) }

  /// With the sign of what is not 0.
  func signed(_ x: Double) -> String { (x > 0 ? "+" : "") + digits(x) }

  /// `-1.2 s`.
  func withUnit(_ x: Double) -> String {
    signed(x) + (unit.name.isEmpty || x == 0 ? "" : " " + unit.name)
  }
}
