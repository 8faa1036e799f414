import Glibc

/// How a figure of B differs from that of A, over runs that had the same seeds.
package struct PairedDifference: Hashable, Sendable {
  /// Means over the seeds.
  package var a: Double
  package var b: Double
  /// Of B - A, seed by seed.
  package var difference: SeedEstimate
  /// Of B / A, seed by seed, as a geometric mean; nil: a value is not above 0.
  package var ratio: SeedEstimate?

  /// `a` and `b` have a value for each seed, in the same order; at least one.
  package init(_ a: [Double], _ b: [Double]) {
    precondition(!a.isEmpty && a.count == b.count, "pairs without a partner")
    self.a = SeedEstimate(a).mean
    self.b = SeedEstimate(b).mean
    difference = SeedEstimate(zip(a, b).map { $1 - $0 })
    if (a + b).allSatisfy({ $0 > 0 }) {
      ratio = SeedEstimate(zip(a, b).map { log($1 / $0) }).exponentiated()
    }
  }

  /// Whether the interval leaves 0 out: the difference is more than chance between seeds.
  package var isSure: Bool {
    difference.interval.map { !$0.contains(0) } ?? false
  }
}
