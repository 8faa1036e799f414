import Charts
import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct FigureTests {
  /// Sets of random runs.
  private static let sets: [[RunDigest]] = {
    var runs = RandomRuns(seed: 5)
    return [1, 1, 1, 2, 3, 6].map { count in
      (0..<count).map { number in
        let random = runs.next()
        return RunDigest(
          FinishedRun(plan: random.plan, recording: random.recording), label: "run \(number)")
      }
    }
  }()

  @Test(arguments: Figure.all.map(\.name))
  func `each figure can be drawn of any runs that have something to show`(name: String) throws {
    let figure = try #require(Figure.named(name))
    for digests in Self.sets {
      guard let chart = figure.chart(digests) else { continue }
      #expect(!chart.title.isEmpty && chart.summary.hasSuffix("."))
      #expect(!chart.x.title.isEmpty)
      #expect(chart.table.rows.allSatisfy { $0.count == chart.table.header.count })
      #expect(!chart.table.rows.isEmpty)
      #expect(!chart.drawing(.page).marks.isEmpty)
    }
  }

  @Test func `names are unique and make good file names`() {
    let names = Figure.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber } })
    #expect(Figure.named("nothing") == nil)
  }

  @Test func `a run without requests has no figure, and says so by nil`() {
    let plan = Fixtures.plan(promptTokens: [], replicas: [Fixtures.replica()])
    let run = FinishedRun(
      plan: plan,
      recording: Fixtures.recording([], replicas: [Fixtures.idle()], end: .start))
    let drawn = Figure.all.filter { $0.chart([RunDigest(run)]) != nil }.map(\.name)
    #expect(drawn.isEmpty)
  }

  @Test func `the objective is drawn where it is within the data`() {
    let charts = [
      LatencyCharts.cdf(.timeToFirstToken, [RunDigest(RunDigestTests.small())]),
      LatencyCharts.overTime(.timeToFirstToken, [RunDigest(RunDigestTests.small())]),
    ]
    for chart in charts {
      let rules = chart?.layers.compactMap { layer -> String? in
        if case .rule(let rule) = layer { rule.label } else { nil }
      }
      #expect(rules == ["objective 250 ms"])
    }
  }

  @Test func `callouts are the figures of the report`() throws {
    let digest = RunDigest(RunDigestTests.small())
    let chart = try #require(LatencyCharts.cdf(.endToEnd, [digest]))
    let distribution = try #require(digest.metrics.latency.endToEnd)
    let texts = chart.layers.flatMap { layer -> [String] in
      if case .callouts(let callouts) = layer { callouts.map(\.text) } else { [] }
    }
    #expect(
      texts == [
        "p50 " + TimeUnit.text(distribution.p50), "p90 " + TimeUnit.text(distribution.p90),
        "p99 " + TimeUnit.text(distribution.p99),
      ])
  }

  @Test func `a few that take very long do not squeeze the others into a corner`() throws {
    func curve(_ values: [Instant]) throws -> QuantileCurve {
      var values = values
      return try #require(QuantileCurve(&values, unit: 1))
    }
    let even = try curve(Array(1...1000))
    let skewed = try curve(Array(1...1000) + [100_000])
    let zeros = try curve([Instant](repeating: 0, count: 900) + Array(1...100))
    #expect([try curve(Array(100...1000))].logarithmicStart == nil)
    #expect([even].logarithmicStart == 1)
    #expect([skewed].logarithmicStart == 10)
    // The least share above 0 whose quantile is not 0.
    #expect([zeros].logarithmicStart == zeros.values.first { $0 > 0 })
    #expect([try curve([0, 0, 0])].logarithmicStart == nil)
  }

  @Test func `times left of a logarithmic axis are left out, and the caption says so`() throws {
    let outcomes = (0..<100).map { number in
      let wait = number < 60 ? 0 : number
      return Fixtures.finished(
        arrival: 0, scheduled: wait, first: wait + 10, finish: wait + 20, tokens: 2)
    }
    let plan = Fixtures.plan(
      promptTokens: outcomes.map { _ in 5 }, replicas: [Fixtures.replica()])
    let recording = Fixtures.recording(
      outcomes, replicas: [Fixtures.idle()], end: Fixtures.time(200))
    let digest = RunDigest(FinishedRun(plan: plan, recording: recording))
    let chart = try #require(LatencyCharts.cdf(.queueing, [digest]))
    #expect(chart.x.scale == .logarithmic && chart.summary.contains("left of the axis"))
    let points = chart.layers.flatMap { layer -> [Point?] in
      if case .line(let line) = layer { line.points } else { [] }
    }
    #expect(points.compactMap { $0 }.allSatisfy { $0.x > 0 && $0.y > 59 })
    let callouts = chart.layers.flatMap { layer -> [Callout] in
      if case .callouts(let callouts) = layer { callouts } else { [] }
    }
    #expect(callouts.map(\.point.y) == [90, 99])
  }

  @Test func `large fleets are drawn as means of neighbours`() throws {
    let plan = Fixtures.plan(
      promptTokens: [1], replicas: (0..<200).map { _ in Fixtures.replica() })
    var recording = Fixtures.recording(
      [Fixtures.finished(arrival: 0, scheduled: 0, first: 500, finish: 1000, tokens: 2)],
      replicas: (0..<200).map { _ in Fixtures.idle(windows: 1) }, end: Fixtures.time(1000))
    recording.replicas[7].windows[0].runningTime = 5e12
    let chart = try #require(
      ReplicaCharts.heat(
        [RunDigest(FinishedRun(plan: plan, recording: recording))], .running))
    #expect(chart.table.rows.count == 40)
    #expect(chart.table.rows[1][0] == "5–9 h100" && chart.table.rows[1][1] == "1.00")
  }
}
