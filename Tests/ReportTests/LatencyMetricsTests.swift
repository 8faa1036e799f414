import Report
import ServingSim
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct LatencyMetricsTests {
  @Test func `figures agree with a naive computation`() {
    var random = RandomStream(seed: 3, .tests)
    let outcomes = (0..<5000).map { _ in
      let arrival = random.integer(below: 10_000)
      let scheduled = arrival + random.integer(below: 100)
      let first = scheduled + 1 + random.integer(below: 50)
      let tokens = 1 + random.integer(below: 5)
      return Fixtures.finished(
        arrival: arrival, scheduled: scheduled, first: first,
        finish: first + (tokens - 1) * random.integer(below: 40), tokens: Int32(tokens))
    }
    let plan = Fixtures.plan(
      promptTokens: outcomes.map { _ in 1 }, replicas: [Fixtures.replica()])
    let recording = Fixtures.recording(
      outcomes, replicas: [Fixtures.idle()], end: Fixtures.time(20_000))
    let latency = Metrics(FinishedRun(plan: plan, recording: recording)).latency
    check(latency.timeToFirstToken, outcomes.map { $0.firstToken.since($0.arrival).seconds })
    check(latency.endToEnd, outcomes.map { $0.finish.since($0.arrival).seconds })
    check(latency.queueing, outcomes.map { $0.firstScheduled.since($0.arrival).seconds })
    check(
      latency.timePerOutputToken,
      outcomes.filter { $0.outputTokens > 1 }.map {
        $0.finish.since($0.firstToken).seconds / Double($0.outputTokens - 1)
      })
  }

  private func check(_ found: Distribution?, _ values: [Double]) {
    let ordered = values.sorted()
    func quantile(_ q: Double) -> Double {
      let rank = q * Double(ordered.count - 1)
      let lower = Int(rank)
      let upper = min(lower + 1, ordered.count - 1)
      return ordered[lower] + (ordered[upper] - ordered[lower]) * (rank - Double(lower))
    }
    let expected = [
      values.reduce(0, +) / Double(values.count), quantile(0.5), quantile(0.9), quantile(0.95),
      quantile(0.99), quantile(1),
    ]
    let figures = found.map { [$0.mean, $0.p50, $0.p90, $0.p95, $0.p99, $0.max] } ?? []
    #expect(figures.count == expected.count)
    for (figure, value) in zip(figures, expected) { #expect(abs(figure - value) < 1e-9) }
  }

  @Test func `long waits of many requests do not overflow the mean`() {
    let days = 100 * 86_400_000
    let outcomes = (0..<1000).map { _ in
      Fixtures.finished(arrival: 0, scheduled: days, first: days, finish: days, tokens: 1)
    }
    let plan = Fixtures.plan(
      promptTokens: outcomes.map { _ in 1 }, replicas: [Fixtures.replica()])
    let recording = Fixtures.recording(
      outcomes, replicas: [Fixtures.idle()], end: Fixtures.time(days))
    #expect(
      Metrics(FinishedRun(plan: plan, recording: recording)).latency.endToEnd?.mean == 8_640_000)
  }
}
