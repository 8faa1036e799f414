import Impact

/// The figures of several runs, and how each run after the first differs from it.
enum ComparisonTable {
  static func html(_ runs: [RunDigest]) -> String {
    let rows = ComparedFigure.all(of: runs).compactMap { row($0, runs) }
    let head = (["Figure"] + runs.map(\.label)).map {
      HTMLText.element("th", "scope=\"col\"", HTMLText.escaped($0))
    }
    return HTMLText.framed(
      caption: "Figures of each run, and how they differ from those of \(runs[0].label)",
      HTMLText.element("thead", "", HTMLText.element("tr", "", head.joined()))
        + HTMLText.element("tbody", "", rows.joined()))
  }

  /// nil when no run has the figure.
  private static func row(_ figure: ComparedFigure, _ runs: [RunDigest]) -> String? {
    let values = runs.map { figure.value($0) }
    guard values.contains(where: { $0 != nil }) else { return nil }
    let currencies = runs.map { $0.bill?.plan.currency ?? "" }
    let cells = values.enumerated().map { index, value in
      let text = value.map { HTMLText.escaped(figure.text($0, currency: currencies[index])) }
      // Amounts in two currencies have no difference.
      let isComparable = index > 0 && (!figure.isMoney || currencies[index] == currencies[0])
      return HTMLText.element(
        "td", "",
        (text ?? "-")
          + (isComparable ? change(figure, from: values[0], to: value, currencies[index]) : ""))
    }
    return HTMLText.element(
      "tr", "",
      HTMLText.element("th", "scope=\"row\"", HTMLText.escaped(figure.name)) + cells.joined())
  }

  private static func change(
    _ figure: ComparedFigure, from a: Double?, to b: Double?, _ currency: String
  ) -> String {
    guard let a, let b else { return "" }
    guard let change = figure.change(from: a, to: b, currency: currency) else {
      return HTMLText.element("span", "class=\"change\"", "equal")
    }
    let isBetter = figure.isBetter(b, than: a)
    let word = isBetter.map { $0 ? ", better" : ", worse" } ?? ""
    let tone = isBetter.map { $0 ? " good" : " bad" } ?? ""
    return HTMLText.element(
      "span", "class=\"change\(tone)\"", HTMLText.escaped(change + word))
  }
}
