import ServingTestSupport
import SimKernel
import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct GapHistogramTests {
  @Test func `a run of growing gaps counts like its gaps one by one`() {
    var random = RandomStream(seed: 3, .tests)
    var gaps = GapHistogram()
    var expected = LogHistogram()
    for _ in 0..<500 {
      let longest = random.pick([1, 100, 1_000_000, 40_000_000_000])
      let first = Int64(random.integer(below: longest + 1))
      let growth = Int64(random.pick([0, 1, 40_000, 90_000_000]))
      let steps = 1 + random.integer(below: 300)
      let times = 1 + random.integer(below: 9)
      gaps.addRun(first: first, growth: growth, steps: steps, times: times)
      for step in 0..<Int64(steps) {
        let gap = SimDuration(picoseconds: first + step * growth)
        expected.add(gap, times: Int64(times))
      }
    }
    let histogram = gaps.histogram
    #expect(histogram.counts == expected.counts)
    #expect(histogram.count == expected.count)
    #expect(histogram.least == expected.least)
    #expect(histogram.greatest == expected.greatest)
    #expect(abs(histogram.total - expected.total) <= 1e-12 * expected.total)
  }
}
