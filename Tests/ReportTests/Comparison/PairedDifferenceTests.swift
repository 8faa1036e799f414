import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct PairedDifferenceTests {
  /// Of published tables.
  @Test(
    arguments: [
      (1, 6.3138), (2, 2.9200), (4, 2.1318), (10, 1.8125), (11, 1.7959), (20, 1.7247),
      (30, 1.6973), (100, 1.6602), (1000, 1.6464),
    ])
  func `quantiles of Student's t are those of the tables`(degrees: Int, value: Double) {
    #expect(abs(StudentT.ninetieth(degreesOfFreedom: degrees) - value) < 1e-3)
  }

  @Test func `differences are taken seed by seed`() throws {
    // The differences are 1, 2 and 3: 2 on average, with a deviation of 1.
    let found = PairedDifference([10, 20, 30], [11, 22, 33])
    #expect(found.a == 20 && found.b == 22 && found.difference.mean == 2)
    let interval = try #require(found.difference.interval)
    let half = 2.9200 / 3.0.squareRoot()
    #expect(abs(interval.lowerBound - (2 - half)) < 1e-4)
    #expect(abs(interval.upperBound - (2 + half)) < 1e-4)
    #expect(found.isSure)
    // Each pair has the same ratio, however far apart the seeds are.
    let ratio = try #require(found.ratio)
    #expect(abs(ratio.mean - 1.1) < 1e-12)
    #expect(abs((ratio.interval?.upperBound ?? 0) - 1.1) < 1e-12)
    #expect(!PairedDifference([10, 20, 30], [11, 19, 31]).isSure)
  }

  @Test func `one seed has no interval, and nothing is sure of it`() {
    let found = PairedDifference([4], [5])
    #expect(found.difference.mean == 1 && found.difference.interval == nil && !found.isSure)
    #expect(found.ratio?.mean == 1.25 && found.ratio?.interval == nil)
  }

  @Test func `the same values differ by exactly nothing`() {
    let found = PairedDifference([0.1, 0.3, 0.7], [0.1, 0.3, 0.7])
    #expect(found.difference.mean == 0 && found.difference.interval == 0...0)
    #expect(found.ratio?.mean == 1 && !found.isSure)
  }

  @Test func `there is no ratio to nothing`() {
    #expect(PairedDifference([0, 1], [1, 2]).ratio == nil)
    #expect(PairedDifference([0], [0]).difference.mean == 0)
  }
}
