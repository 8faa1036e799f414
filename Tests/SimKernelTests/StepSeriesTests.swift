import Testing

@testable import SimKernel

@Suite(.timeLimit(.minutes(30))) struct StepSeriesTests {
  let series = StepSeries(starts: [-1000, 0, 2000], values: [10, 20, 40], end: 3000)

  @Test func `a value holds until the next one begins`() {
    #expect(series.value(at: -1000) == 10 && series.value(at: -1) == 10)
    #expect(series.value(at: 0) == 20 && series.value(at: 1999) == 20)
    #expect(series.value(at: 2000) == 40)
  }

  @Test func `a mean weighs each value by its time`() {
    #expect(series.mean(fromSeconds: -1, toSeconds: 3) == 22.5)  // 90 over 4 s
    #expect(series.mean(fromSeconds: 1.5, toSeconds: 2.5) == 30)
    #expect(series.mean(fromSeconds: 0.5, toSeconds: 0.75) == 20)
    #expect(series.mean(fromSeconds: 2, toSeconds: 2) == 40)
  }

  @Test func `halves of a stretch have the mean of the whole`() {
    let halves =
      (series.mean(fromSeconds: -1, toSeconds: 1) + series.mean(fromSeconds: 1, toSeconds: 3)) / 2
    #expect(halves == series.mean(fromSeconds: -1, toSeconds: 3))
  }

  @Test func `coverage ends where the last value does`() {
    #expect(series.covers(from: -1000, to: 3000))
    #expect(!series.covers(from: -1001, to: 0) && !series.covers(from: 0, to: 3001))
    #expect(StepSeries(constant: 7).covers(from: -1_000_000_000_000, to: 1_000_000_000_000))
  }

  @Test func `starts are those within a stretch, its ends included`() {
    #expect(series.starts(from: -1000, through: 2000) == [-1000, 0, 2000])
    #expect(series.starts(from: -999, through: 1999) == [0])
    #expect(series.starts(from: 1, through: 1000).isEmpty)
    #expect(series.starts(from: -5000, through: -1000) == [-1000])
    #expect(series.starts(from: 2001, through: 9000).isEmpty)
  }

  @Test func `rebasing moves the zero, scaling the values`() {
    let moved = series.rebased(to: 2000)
    #expect(moved.value(at: 0) == 40 && moved.value(at: -2000) == 20 && moved.end == 1000)
    #expect(series.scaled(by: 2).values == [20, 40, 80])
  }
}
