import Glibc

/// How a figure of B differs from that of A, over runs that had the same seeds.
package struct PairedDifference: Hashable, Sendable {
  /// Means over the seeds.
  package var a: Double
  package var b: Double
  /// Of B - A, seed by seed.
  package var difference: Estimate
  /// Of B / A, seed by seed, as a geometric mean; nil: a value is not above 0.
  package var ratio: Estimate?

  /// A mean, and the interval that it lies in with 90 % by Student's t; nil for one seed.
  package struct Estimate: Hashable, Sendable {
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
    fileprivate func exponentiated() -> Estimate {
      Estimate(
        mean: exp(mean), interval: interval.map { exp($0.lowerBound)...exp($0.upperBound) })
    }
  }

  /// `a` and `b` have a value for each seed, in the same order; at least one.
  package init(_ a: [Double], _ b: [Double]) {
    precondition(!a.isEmpty && a.count == b.count, "pairs without a partner")
    self.a = Estimate(a).mean
    self.b = Estimate(b).mean
    difference = Estimate(zip(a, b).map { $1 - $0 })
    if (a + b).allSatisfy({ $0 > 0 }) {
      ratio = Estimate(zip(a, b).map { log($1 / $0) }).exponentiated()
    }
  }

  /// Whether the interval leaves 0 out: the difference is more than chance between seeds.
  package var isSure: Bool {
    difference.interval.map { !$0.contains(0) } ?? false
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
