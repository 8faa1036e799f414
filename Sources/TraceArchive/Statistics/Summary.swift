#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a set of values lies. Quantiles are interpolated between neighbours, the standard deviation
/// is that of the values themselves.
package struct Summary: Hashable, Sendable {
  package static let percents = [1, 5, 10, 25, 50, 75, 90, 95, 99]

  package var count: Int
  package var mean: Double
  package var deviation: Double
  package var minimum: Double
  package var maximum: Double
  /// The quantiles at `percents`.
  package var quantiles: [Double]

  /// nil for no values.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    count = values.count
    let mean = values.reduce(0, +) / Double(count)
    self.mean = mean
    deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    minimum = sorted[0]
    maximum = sorted[count - 1]
    quantiles = Self.percents.map { Self.quantile(sorted, Double($0) / 100) }
  }

  /// The quantile of values in ascending order.
  package static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    precondition(!sorted.isEmpty, "no value has no quantile")
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[low] + (sorted[low + 1] - sorted[low]) * (place - Double(low))
  }

  package func percentile(_ percent: Int) -> Double? {
    Self.percents.firstIndex(of: percent).map { quantiles[$0] }
  }

  /// Standard deviation over mean; nil where the mean is 0.
  package var variation: Double? { mean == 0 ? nil : deviation / mean }

  package func scaled(by factor: Double) -> Summary {
    var copy = self
    copy.mean *= factor
    copy.deviation *= factor
    copy.minimum *= factor
    copy.maximum *= factor
    copy.quantiles = quantiles.map { $0 * factor }
    return copy
  }
}

/// Spearman's rank correlation, ties sharing their mean rank; nil where a side does not vary.
package func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double? {
  precondition(a.count == b.count, "pairs have two sides")
  let x = ranks(a)
  let y = ranks(b)
  guard let meanX = Summary(x), let meanY = Summary(y), meanX.deviation > 0, meanY.deviation > 0
  else { return nil }
  var product = 0.0
  for index in x.indices { product += (x[index] - meanX.mean) * (y[index] - meanY.mean) }
  return product / Double(x.count) / meanX.deviation / meanY.deviation
}

private func ranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var at = 0
  while at < order.count {
    var end = at
    while end < order.count, values[order[end]] == values[order[at]] { end += 1 }
    for place in at..<end { ranks[order[place]] = Double(at + end - 1) / 2 }
    at = end
  }
  return ranks
}

/// The largest distance between the distributions of two samples (Kolmogorov and Smirnov).
package func largestDistance(_ a: [Double], _ b: [Double]) -> Double {
  let x = a.sorted()
  let y = b.sorted()
  guard !x.isEmpty, !y.isEmpty else { return 1 }
  var (i, j) = (0, 0)
  var distance = 0.0
  while i < x.count, j < y.count {
    let value = min(x[i], y[j])
    while i < x.count, x[i] == value { i += 1 }
    while j < y.count, y[j] == value { j += 1 }
    distance = max(distance, abs(Double(i) / Double(x.count) - Double(j) / Double(y.count)))
  }
  return distance
}
