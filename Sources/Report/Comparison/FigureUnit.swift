/// The unit that people read a figure of runs in, one for all its values.
package struct FigureUnit: Sendable {
  package let factor: Double
  /// Empty: there is none.
  package let name: String

  /// Times are in the unit of the `largest` of them.
  package init(_ figure: RunFigure, largest: Double, currency: String) {
    switch figure.kind {
    case .time:
      let unit = TimeUnit(for: largest)
      factor = unit.value(1)
      name = unit.rawValue
    case .share: (factor, name) = (100, "%")
    case .money: (factor, name) = (1, currency)
    case .number(let unit): (factor, name) = (figure.scale, unit)
    }
  }

  /// `TTFT p95 (ms)`.
  package func label(_ figure: RunFigure) -> String {
    figure.name + (name.isEmpty ? "" : " (\(name))")
  }

  package func digits(_ x: Double) -> String {
    let x = x * factor
    if name.isEmpty, x == x.rounded(), x.magnitude < 1e15 { return Figures.fixed(x, decimals: 0) }
    let text = BillUnit.digits(x.magnitude)
    return x < 0 && text.contains(where: { ("1"..."9").contains($0) }) ? "-" + text : text
  }

  func range(_ range: ClosedRange<Double>) -> String {
    "\(digits(range.lowerBound)) to \(digits(range.upperBound))"
  }
}
