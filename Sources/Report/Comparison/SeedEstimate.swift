import Glibc

/// A mean, and the interval that it lies in with 90 % by Student's t; nil for one seed.
package struct SeedEstimate: Hashable, Sendable {
  package var mean: Double
  package var interval: ClosedRange<Double>?

  /// `values` are at least one.
  init(_ values: [Double]) {
    let count = Double(values.count)
    // Equal values have their own mean to the bit.
    mean =
      values.allSatisfy { $0 == values[0] } ? values[0] : values.reduce(0, +) / count
    guard values.count > 1 else { return }
    let mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let half =
      StudentT.ninetieth(degreesOfFreedom: values.count - 1)
      * (squares / (count - 1) / count).squareRoot()
    interval = (mean - half)...(mean + half)
  }

  private init(mean: Double, interval: ClosedRange<Double>?) {
    self.mean = mean
    self.interval = interval
  }

  /// Of logarithms, by what these are of.
  func exponentiated() -> SeedEstimate {
    SeedEstimate(
      mean: exp(mean), interval: interval.map { exp($0.lowerBound)...exp($0.upperBound) })
  }
}

/// Quantiles of Student's t distribution.
enum StudentT {
  /// Between minus this and this lie 90 %: the 95th percentile.
  static func ninetieth(degreesOfFreedom n: Int) -> Double {
    guard n > few.count else { return few[n - 1] }
    // The first terms of the expansion around the normal distribution (Abramowitz and Stegun 26.7.5).
    let n = Double(n)
    return 1.64485 + 1.52377 / n + 1.42 / (n * n)
  }

  private static let few = [
    6.3138, 2.9200, 2.3534, 2.1318, 2.0150, 1.9432, 1.8946, 1.8595, 1.8331, 1.8125,
  ]
}
