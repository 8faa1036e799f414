import KavierOriginal
import Testing

struct SnapshotTimesTests {
  /// The times one by one, as the original adds them.
  private func times(_ interval: Double, count: Int) -> [Double] {
    var time = 0.0
    return (0..<count).map { _ in
      defer { time += interval }
      return time
    }
  }

  @Test(arguments: [0.1, 0.001, 1, 0.5, 0.3, 1.0 / 3, 0.007, 2.5e-4, 17.3, 0x1.8p-30])
  func `numbers of times are those of adding one by one`(interval: Double) {
    let times = times(interval, count: 50_000)
    let closed = SnapshotTimes(interval: interval)
    for number in stride(from: 0, to: times.count, by: 97) {
      #expect(closed.count(before: times[number]) == number)
      #expect(closed.count(before: times[number].nextUp) == number + 1)
    }
  }

  @Test func `the rounding of a decimal interval adds up`() {
    // 0.1 added 10 times is less than 1, so that 11 times are before 1.
    #expect(SnapshotTimes(interval: 0.1).count(before: 1) == 11)
    #expect(SnapshotTimes(interval: 0.25).count(before: 1) == 4)
  }

  @Test func `nothing is before the start`() {
    #expect(SnapshotTimes(interval: 0.1).count(before: 0) == 0)
    #expect(SnapshotTimes(interval: 0.1).count(before: -3) == 0)
  }
}
