/// B against A, figure by figure, over the same seeds.
package struct PairedComparison: Sendable {
  package var a: PairedSide
  package var b: PairedSide
  package var rows: [Row]

  package struct Row: Sendable {
    var figure: RunFigure
    /// Of each seed.
    var values: (a: [Double], b: [Double])
    var difference: PairedDifference

    /// In how a figure is known to people.
    package var key: String { figure.key }
    package var result: PairedDifference { difference }
  }

  /// Both sides have a run for each seed, in the same order.
  package init(_ a: PairedSide, _ b: PairedSide) {
    precondition(a.runs.count == b.runs.count, "sides with other seeds")
    self.a = a
    self.b = b
    // Where the seed changes nothing, one run is all that is known.
    let count = a.isRandom || b.isRandom ? a.runs.count : min(1, a.runs.count)
    let pairs = Array(zip(a.runs, b.runs).prefix(count))
    let hasOneCurrency = a.currency == b.currency
    rows = RunFigure.all.compactMap { figure -> Row? in
      guard hasOneCurrency || !figure.isMoney else { return nil }
      let found = pairs.compactMap { a, b -> (Double, Double)? in
        guard let x = figure.value(a), let y = figure.value(b) else { return nil }
        return (x, y)
      }
      // A figure that a seed lacks would be a mean over other seeds than the rest.
      guard !found.isEmpty, found.count == pairs.count else { return nil }
      let values = (a: found.map(\.0), b: found.map(\.1))
      return Row(
        figure: figure, values: values, difference: PairedDifference(values.a, values.b))
    }
  }

  /// Whether several seeds were run, and the seed changes nothing.
  package var isSeedWithoutEffect: Bool {
    a.runs.count > 1 && !a.isRandom && !b.isRandom
  }

  /// Every request fared the same in both, seed by seed.
  package var isSameOutcome: Bool {
    zip(a.runs, b.runs).allSatisfy { $0.metrics.outcomeHash == $1.metrics.outcomeHash }
  }

  package func row(_ key: String) -> Row? { rows.first { $0.key == key } }
}
