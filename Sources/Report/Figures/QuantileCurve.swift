import SimKernel

/// A distribution in about a hundred points: enough for any drawing of it, whatever it is of.
struct QuantileCurve: Sendable {
  /// Ascending, from 0 to 1; closer to each other in the tail.
  static let shares: [Double] =
    [0, 0.001, 0.005] + (1...99).map { Double($0) / 100 } + [0.995, 0.999, 0.9995, 0.9999, 1]

  /// One for each share: seconds, or tokens.
  let values: [Double]

  /// nil for no values. Reorders them; `unit` is what 1 is given in, such as 1e12 for picoseconds.
  init?(_ values: inout [Instant], unit: Double) {
    guard let found = Quantiles.select(Self.shares, in: &values) else { return nil }
    self.values = found.map { $0 / unit }
  }

  /// nil for an empty histogram.
  init?(_ histogram: LogHistogram) {
    guard histogram.count > 0 else { return nil }
    values = Self.shares.compactMap { share in
      share == 0
        ? Double(histogram.least)
        : share == 1 ? Double(histogram.greatest) : histogram.quantile(share)
    }.map { $0 / 1e12 }
  }

  /// The value at one of `shares`.
  func value(at share: Double) -> Double? {
    Self.shares.firstIndex(of: share).map { values[$0] }
  }
}

extension [QuantileCurve] {
  /// From where on they are drawn: nil on a linear axis, which begins at 0. One is taken where it
  /// would not squeeze most of the values into a corner.
  var logarithmicStart: Double? {
    let all = flatMap(\.values)
    guard let most = all.max(), most > 0 else { return nil }
    let isSkewed = contains { curve in
      guard let median = curve.value(at: 0.5), let last = curve.values.last else { return false }
      return last > 12 * median
    }
    guard isSkewed || (all.wantLogarithms && !all.contains(0)) else { return nil }
    return Swift.max(most * 1e-4, all.filter { $0 > 0 }.min() ?? 0)
  }
}
