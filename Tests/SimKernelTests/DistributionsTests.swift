import SimKernel
import Testing

/// Mean and variance of many draws.
private func moments(
  _ count: Int = 200_000, _ draw: (inout RandomStream) -> Double
) -> (mean: Double, variance: Double) {
  var stream = RandomStream(seed: 11, .tests)
  var sum = 0.0
  var squares = 0.0
  for _ in 0..<count {
    let value = draw(&stream)
    sum += value
    squares += value * value
  }
  let mean = sum / Double(count)
  return (mean, squares / Double(count) - mean * mean)
}

private func isClose(_ a: Double, _ b: Double, within share: Double) -> Bool {
  abs(a - b) <= share * abs(b)
}

@Test func `exponential draws have their mean and its square as variance`() {
  let (mean, variance) = moments { $0.exponential(mean: 3) }
  #expect(isClose(mean, 3, within: 0.01))
  #expect(isClose(variance, 9, within: 0.03))
}

@Test func `normal draws have mean 0, variance 1 and the normal share beyond two deviations`() {
  let (mean, variance) = moments { $0.standardNormal() }
  #expect(abs(mean) < 0.01)
  #expect(isClose(variance, 1, within: 0.02))
  let beyond = moments { abs($0.standardNormal()) > 2 ? 1 : 0 }.mean
  #expect(isClose(beyond, 0.0455, within: 0.05))
}

@Test func `lognormal draws have their median and the law's mean`() {
  // exp(sigma^2 / 2) is 1.133148 at sigma 0.5.
  let mean = moments { $0.lognormal(median: 100, sigma: 0.5) }.mean
  #expect(isClose(mean, 113.3148, within: 0.01))
  let below = moments { $0.lognormal(median: 100, sigma: 0.5) < 100 ? 1 : 0 }.mean
  #expect(isClose(below, 0.5, within: 0.02))
}

@Test(arguments: [0.25, 0.93, 1, 4.5])
func `gamma draws have mean shape x scale and variance shape x scale squared`(shape: Double) {
  let (mean, variance) = moments { $0.gamma(shape: shape, scale: 2) }
  #expect(isClose(mean, 2 * shape, within: 0.02))
  #expect(isClose(variance, 4 * shape, within: 0.06))
}

@Test func `a gamma law of shape 1 is the exponential one`() {
  let beyond = moments { $0.gamma(shape: 1, scale: 1) > 2 ? 1 : 0 }.mean
  #expect(isClose(beyond, 0.1353, within: 0.03))
}

@Test func `geometric draws start at 1 and have their mean and variance`() {
  let (mean, variance) = moments { Double($0.geometric(mean: 4)) }
  #expect(isClose(mean, 4, within: 0.01))
  #expect(isClose(variance, 12, within: 0.04))
  let ones = moments { $0.geometric(mean: 4) == 1 ? 1 : 0 }.mean
  #expect(isClose(ones, 0.25, within: 0.03))
  let alwaysOne = moments(100) { Double($0.geometric(mean: 1)) }
  #expect(alwaysOne.mean == 1)
}

@Test func `empirical draws lie between the quantiles in the shares they state`() {
  let quantiles = [0.0, 10, 10, 100]
  var stream = RandomStream(seed: 5, .tests)
  let draws = (0..<60_000).map { _ in stream.empirical(quantiles: quantiles) }
  #expect(draws.allSatisfy { (0...100).contains($0) })
  #expect(isClose(Double(draws.count { $0 < 10 }), 20_000, within: 0.03))
  #expect(isClose(Double(draws.count { $0 == 10 }), 20_000, within: 0.03))
  #expect(isClose(Double(draws.count { $0 > 55 }), 10_000, within: 0.05))
  #expect(stream.empirical(quantiles: [7]) == 7)
}
