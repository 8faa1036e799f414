import Report
import ServingSim
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct DeadlineMetricsTests {
  /// Answers of 1100, 2300 and 50 ms, and a refusal; the second was held for 150 ms.
  private func metrics(_ milliseconds: [Int?]) throws -> DeadlineMetrics {
    let small = Fixtures.small()
    var run = FinishedRun(plan: small.plan, recording: small.recording)
    run.deadlines = milliseconds.map { $0.map { .millisecond * $0 } ?? .longest }
    run.recording.held = [HeldRequest(number: 1, release: Fixtures.time(350))]
    return try #require(Metrics(run).deadlines)
  }

  @Test func `a deadline is met by a last token in time`() throws {
    let metrics = try metrics([1100, 2299, nil, 60])
    #expect(metrics.requests == 3)
    #expect(metrics.met == 2)
  }

  @Test func `a refused request meets none`() throws {
    let metrics = try metrics([nil, nil, 60, nil])
    #expect(metrics.requests == 1)
    #expect(metrics.met == 0)
  }

  @Test func `holding is from arrival to release`() throws {
    let metrics = try metrics([nil, 9000, nil, nil])
    #expect(metrics.held == 1)
    #expect(metrics.holding?.mean == 0.15)
    #expect(metrics.holding?.max == 0.15)
  }

  @Test func `without deadlines there is nothing to tell`() {
    let small = Fixtures.small()
    #expect(Metrics(FinishedRun(plan: small.plan, recording: small.recording)).deadlines == nil)
  }
}
