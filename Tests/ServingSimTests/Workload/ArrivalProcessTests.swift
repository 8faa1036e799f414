import SimKernel
import Testing

@testable import ServingSim

private func gaps(_ process: ArrivalProcess, count: Int = 50_000) -> [Double] {
  var sequence = ArrivalSequence(process, seed: 7)
  var last = 0.0
  return (0..<count).map { _ in
    let now = sequence.next().seconds
    defer { last = now }
    return now - last
  }
}

private func coefficientOfVariation(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  return variance.squareRoot() / mean
}

@Test func `Poisson arrivals keep their rate and an exponential law of gaps`() {
  let gaps = gaps(.poisson(rate: 5)).sorted()
  #expect(abs(gaps.reduce(0, +) / Double(gaps.count) - 0.2) < 0.003)
  // Kolmogorov-Smirnov against 1 - exp(-5 x) on a grid of quantiles; 1.63 / sqrt(n) is the 1 %
  // bound. The median of the law is ln 2 / 5, its 90th percentile ln 10 / 5.
  let bound = 1.63 / Double(gaps.count).squareRoot()
  for (share, value) in [(0.5, 0.138629), (0.75, 0.277259), (0.9, 0.460517), (0.99, 0.921034)] {
    let below = Double(gaps.count { $0 <= value }) / Double(gaps.count)
    #expect(abs(below - share) < bound)
  }
}

@Test(arguments: [0.5, 1, 3])
func `gamma arrivals keep their rate and coefficient of variation`(cv: Double) {
  let gaps = gaps(.gamma(rate: 2, cv: cv))
  #expect(abs(gaps.reduce(0, +) / Double(gaps.count) - 0.5) < 0.02)
  #expect(abs(coefficientOfVariation(gaps) - cv) < 0.06 * cv)
}

@Test func `deterministic arrivals start at once and keep to the grid`() {
  var sequence = ArrivalSequence(.deterministic(rate: 3), seed: 1)
  let times = (0..<3001).map { _ in sequence.next().picoseconds }
  #expect(times[0] == 0)
  #expect(times[1] == 333_333_333_333)
  #expect(times[3000] == 1_000_000_000_000_000)
}
