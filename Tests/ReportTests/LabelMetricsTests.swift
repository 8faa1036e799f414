import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct LabelMetricsTests {
  /// Requests 0, 1 and 3 finish after 0.1 s, 0.3 s and 0.05 s to the first token; 2 is refused. The
  /// run's objectives are a TTFT of 250 ms and a TPOT of 1 s.
  private static func run(_ change: (inout RequestTraits) -> Void) -> FinishedRun {
    let small = Fixtures.small()
    var run = FinishedRun(plan: small.plan, recording: small.recording)
    change(&run.traits)
    return run
  }

  @Test func `a request's own objective goes before the run's`() throws {
    let run = Self.run { $0[.timeToFirstToken] = [50_000_000_000, 400_000_000_000, -1, -1] }
    let metrics = Metrics(run).objectives
    let ttft = try #require(metrics.stated.first { $0.objective == .timeToFirstToken })
    // 0 misses its 50 ms, 1 meets its 400 ms, 3 the run's 250 ms; the refused one misses.
    #expect(ttft.met == 2 && ttft.judged == 4 && ttft.own == 2 && ttft.bound == 0.25)
    #expect(metrics.metAll == 2 && metrics.judged == 4)
    #expect(Metrics(run).throughput.goodputRequestsPerSecond == 2 / 2.5)
    let without = Metrics(Self.run { _ in }).objectives
    #expect(without.stated.map(\.met) == [2, 3] && without.stated.map(\.own) == [0, 0])
  }

  @Test func `objectives that only requests state are judged for these alone`() throws {
    var run = Self.run { $0[.endToEnd] = [1_000_000_000_000, -1, -1, 100_000_000_000] }
    run.objectives = ServiceLevelObjectives()
    let metrics = Metrics(run).objectives
    let end = try #require(metrics.stated.first)
    #expect(metrics.stated.count == 1 && end.objective == .endToEnd && end.bound == nil)
    // 0 takes 1.1 s of 1 s, 3 takes 50 ms of 100 ms.
    #expect(end.judged == 2 && end.own == 2 && end.met == 1 && end.share == 0.5)
    #expect(metrics.metAll == 2)
    #expect(TextReport.render(Metrics(run)).contains("their own"))
  }

  @Test func `a request that has no limit keeps within all that it has`() {
    var run = Self.run { $0[.endToEnd] = [100_000_000_000, -1, -1, -1] }
    run.objectives = ServiceLevelObjectives()
    let limits = RequestLimits(run)
    let outcomes = run.recording.outcomes
    // 0 takes 1.1 s of 100 ms.
    #expect(
      outcomes.indices.map { limits.areMet(by: outcomes[$0], of: $0) }.prefix(2) == [false, true])
  }

  @Test func `requests are told apart by what they say of themselves`() throws {
    let run = Self.run {
      $0[.serviceClass] = RequestLabels(
        names: ["batch", "critical", "unused"], ofRequest: [1, 0, 1, -1])
      $0[.region] = RequestLabels(names: ["eu"], ofRequest: [0, 0, 0, 0])
    }
    let metrics = Metrics(run)
    #expect(metrics.labels.map(\.label) == [.serviceClass, .region])
    let classes = metrics.labels[0]
    #expect(classes.parts.map(\.name) == ["critical", "batch"])
    #expect(classes.parts.map(\.requests) == [2, 1] && classes.parts.map(\.rejected) == [1, 0])
    #expect(classes.parts.map(\.metAll) == [1, 0] && classes.parts.map(\.share) == [0.5, 0])
    #expect(classes.parts[0].timeToFirstToken?.p50 == 0.1 && classes.parts[1].outputTokens == 21)
    #expect(classes.nobody?.requests == 1 && classes.others == nil)
    let text = TextReport.render(metrics)
    #expect(text.contains("How each class of service fared:") && text.contains("critical"))
    // All come from one region: nothing is told apart.
    #expect(!text.contains("How each region fared"))
    #expect(JSONReport.render(metrics).contains("\"breakdown\""))
  }

  @Test func `of many words the largest are told, and the others together`() throws {
    let count = 60
    let outcome = Fixtures.small().recording.outcomes[0]
    var run = Self.run { _ in }
    run.recording.outcomes = [Outcome](repeating: outcome, count: count)
    run.promptTokens = [Int32](repeating: 10, count: count)
    // The first ten words have three requests each, the last thirty one.
    let words = (0..<count).map { Int32($0 < 30 ? $0 / 3 : $0 - 20) }
    run.traits[.tenant] = RequestLabels(names: (0..<40).map { "t\($0)" }, ofRequest: words)
    let tenants = try #require(Metrics(run).labels.first)
    #expect(tenants.parts.map(\.name) == (0..<20).map { "t\($0)" })
    #expect(tenants.parts.map(\.requests).reduce(0, +) == 40)
    #expect(tenants.otherCount == 20 && tenants.others?.requests == 20 && tenants.nobody == nil)
  }
}
