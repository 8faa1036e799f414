import SimKernel

/// A distribution in about a hundred points: enough for any drawing of it, whatever it is of.
struct QuantileCurve: Sendable {
  /// Ascending, from 0 to 1; closer to each other in the tail.
  static let shares: [Double] =
    [0, 0.001, 0.005] + (1...99).map { Double($0) / 100 } + [0.995, 0.999, 0.9995, 0.9999, 1]

  /// In seconds, one for each share.
  let values: [Double]

  /// nil for no values. Reorders them.
  init?(picoseconds values: inout [Int64]) {
    guard let found = Quantiles.select(Self.shares, in: &values) else { return nil }
    self.values = found.map { $0 / 1e12 }
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
