import Charts
import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite struct FigureTests {
  @Test(arguments: Figure.all.map(\.name))
  func `each figure can be drawn of any runs that have something to show`(name: String) throws {
    let figure = try #require(Figure.named(name))
    var runs = RandomRuns(seed: 5)
    for count in [1, 1, 1, 2, 3, 6] {
      let digests = (0..<count).map { number in
        let random = runs.next()
        return RunDigest(
          FinishedRun(plan: random.plan, recording: random.recording), label: "run \(number)")
      }
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
