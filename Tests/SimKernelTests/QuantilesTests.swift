import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct QuantilesTests {
  static let shares = [0, 0.5, 0.9, 0.95, 0.99, 1]

  /// The definition, by sorting.
  static func sorted(_ values: [Int64], _ q: Double) -> Double {
    let ordered = values.sorted()
    let rank = q * Double(ordered.count - 1)
    let lower = Int(rank.rounded(.down))
    let upper = min(lower + 1, ordered.count - 1)
    let low = Double(ordered[lower])
    return low + (Double(ordered[upper]) - low) * (rank - Double(lower))
  }

  static func check(_ values: [Int64], sourceLocation: SourceLocation = #_sourceLocation) {
    var scratch = values
    guard let found = Quantiles.select(shares, in: &scratch) else {
      Issue.record("no quantiles of \(values.count) values", sourceLocation: sourceLocation)
      return
    }
    for (share, value) in zip(shares, found) {
      let expected = sorted(values, share)
      #expect(
        abs(value - expected) <= 1e-12 * max(1, abs(expected)),
        "quantile \(share) of \(values.count) values", sourceLocation: sourceLocation)
    }
    #expect(scratch.sorted() == values.sorted(), sourceLocation: sourceLocation)
  }

  @Test func `no values have no quantiles`() {
    var none: [Int64] = []
    #expect(Quantiles.select([0.5], in: &none) == nil)
  }

  @Test func `ranks between two values are interpolated as numpy does`() {
    // numpy.quantile([10, 20, 40, 80], [0.25, 0.5, 0.9]) == [17.5, 30, 68]
    var values: [Int64] = [80, 10, 40, 20]
    #expect(Quantiles.select([0.25, 0.5, 0.9], in: &values) == [17.5, 30, 68])
  }

  @Test func `quantiles come in the order asked for`() {
    var values: [Int64] = [3, 1, 2]
    #expect(Quantiles.select([1, 0, 0.5, 1], in: &values) == [3, 1, 2, 3])
  }

  @Test func `random values agree with sorting`() {
    var random = RandomStream(seed: 1, .tests)
    for count in [1, 2, 3, 63, 64, 65, 100, 1000, 20_000] {
      for spread in [1, 2, 10, 1_000_000_000_000] {
        Self.check((0..<count).map { _ in Int64(random.integer(below: spread)) - 5 })
      }
    }
  }

  @Test func `ordered, folded and periodic values agree with sorting`() {
    let count: Int64 = 10_000
    Self.check(Array(0..<count))
    Self.check((0..<count).reversed())
    Self.check((0..<count).map { min($0, count - $0) })
    Self.check((0..<count).map { $0 % (count / 64) })
    Self.check((0..<count).map { $0 % 64 })
  }

  @Test func `values that mislead every sample still come out right`() {
    // Whatever is sampled is small and the rest is large, again and again.
    Self.check((0..<65_536).map { Int64($0.trailingZeroBitCount) * -1000 + Int64($0 % 7) })
  }

  @Test func `the widest values do not overflow`() {
    Self.check((0..<1000).map { $0.isMultiple(of: 2) ? Int64.max - $0 : $0 })
  }
}
