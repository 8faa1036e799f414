/// What a comparison comes to, in sentences: which is faster, by what, and which is cheaper.
struct PairedAnswer {
  private let comparison: PairedComparison

  init(_ comparison: PairedComparison) { self.comparison = comparison }

  private var a: String { comparison.a.letter }
  private var b: String { comparison.b.letter }

  var sentences: [String] {
    let head = "\(b) against \(a)."
    guard !comparison.isSameOutcome else {
      let differing = comparison.rows.contains { $0.difference.difference.mean != 0 }
      return [
        head + " Every request fares the same in both"
          + (differing ? "; the bills differ." : ", and no figure differs.")
      ] + [cost].compactMap { differing ? $0 : nil }
    }
    return [[head, wait, whole, cost].compactMap { $0 }.joined(separator: " ")]
  }

  /// The mean TTFT and its parts.
  private var wait: String? { explained("ttft_mean_s", "TTFT", parts: 2) }

  private var whole: String? { explained("e2e_mean_s", "E2E", parts: 3) }

  /// `The mean TTFT is 108.8 ms lower (0.525 of A's): queueing -90 ms, prefill -18.8 ms.`
  private func explained(_ key: String, _ name: String, parts count: Int) -> String? {
    guard let row = comparison.row(key) else { return nil }
    let cells = PairedCells(row, currency: "")
    let difference = row.difference.difference.mean
    guard difference != 0 else { return "The mean \(name) is the same." }
    let parts = RunFigure.parts.prefix(count).compactMap { figure in
      comparison.row(figure.key).map {
        "\(figure.name) \(PairedCells($0, currency: "").withUnit($0.difference.difference.mean))"
      }
    }
    let ratio = row.difference.ratio.map {
      " (\(Figures.significant($0.mean, digits: 3)) of \(a)'s)"
    }
    return "The mean \(name) is \(cells.withUnit(difference.magnitude).drop { $0 == "+" }) "
      + (difference < 0 ? "lower" : "higher") + (ratio ?? "") + doubt(row) + ": "
      + parts.joined(separator: ", ") + "."
  }

  /// Empty where the seeds agree.
  private func doubt(_ row: PairedComparison.Row) -> String {
    row.difference.difference.interval != nil && !row.difference.isSure
      ? ", which may be chance between seeds" : ""
  }

  private var cost: String? {
    guard let row = comparison.row("cost_per_million_output_tokens") else { return nil }
    let cells = PairedCells(row, currency: comparison.a.currency)
    let found = row.difference
    guard found.difference.mean != 0 else { return "They cost the same." }
    return
      "A million output tokens cost \(cells.digits(found.b)) \(comparison.a.currency) instead of "
      + "\(cells.digits(found.a))" + doubt(row) + "."
  }
}
