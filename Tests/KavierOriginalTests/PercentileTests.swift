import Testing

@testable import KavierOriginal

struct PercentileTests {
  @Test func `between two values it is linear`() {
    var values = [4.0, 1, 3, 2]
    // 0.95 of the way from rank 0 to rank 3 is 2.85.
    #expect(Percentile.linear(0.95, &values) == 4 - 0.15000000000000036)
  }

  @Test func `one value is every percentile`() {
    var values = [7.0]
    #expect(Percentile.linear(0.95, &values) == 7)
    values = []
    #expect(Percentile.linear(0.95, &values) == nil)
  }

  @Test func `sums in pairs keep what adding one by one loses`() {
    let values = [Float](repeating: 0.1, count: 1_000_000)
    #expect(abs(PairwiseSum.of(values) - 100_000) < 0.1)
    #expect(abs(values.reduce(0, +) - 100_000) > 100)
    #expect(PairwiseSum.of([1.0, 2, 3]) == 6)
  }
}
