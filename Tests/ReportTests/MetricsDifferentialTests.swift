import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import Report
import ServingModel

/// Figures against the same taken of the recording one request and one window at a time.
@Suite(.timeLimit(.minutes(30))) struct MetricsDifferentialTests {
  @Test(arguments: plans(40))
  func `the load of a replica is what its definitions say`(seed: Int) {
    let (run, metrics) = Self.run(UInt64(seed))
    let time = Double(run.recording.end.picoseconds)
    for (i, replica) in run.recording.replicas.enumerated() {
      func sum(_ part: (WindowTotals) -> Double) -> Double {
        replica.windows.reduce(0) { $0 + part($1) }
      }
      func both(_ part: (StepTotals) -> Double) -> Double {
        sum { part($0.prefillSteps) + part($0.decodeSteps) }
      }
      let figures = metrics.replicas[i]
      expectClose(figures.busyShare, both(\.busy) / time)
      expectClose(figures.meanRunning, sum(\.runningTime) / time)
      expectClose(figures.meanWaiting, sum(\.waitingTime) / time)
      expectClose(
        figures.meanCacheUse, sum(\.usedBlockTime) / time / Double(replica.usableBlocks))
      let load = LoadFigures(
        replica.windows, time: time, absence: 0, usableBlocks: replica.usableBlocks, meter: nil)
      expectClose(load.promptTokensPerSecond, both(\.prefillTokens) / time * 1e12)
      expectClose(load.outputTokensPerSecond, replica.totals.outputTokens / time * 1e12)
      guard let meter = run.replicas[i].meter else { continue }
      let tokens = both(\.tokens)
      let flops =
        tokens * meter.flopsPerToken
        + both(\.sampledTokens) * meter.flopsPerSampledSequence
        + both(\.pairs) * meter.flopsPerPair + both(\.windowedPairs) * meter.flopsPerWindowedPair
      let bytes =
        both(\.weightBytes) + both(\.context) * meter.readBytesPerContext
        + both(\.windowedContext) * meter.readBytesPerWindowedContext
        + tokens * meter.writtenBytesPerToken
      expectClose(figures.modelFLOPsUtilization, flops / (time / 1e12 * meter.peakCompute.rate))
      expectClose(
        figures.modelBandwidthUtilization, bytes / (time / 1e12 * meter.peakBandwidth.rate))
    }
  }

  @Test(arguments: plans(40))
  func `counts, rates and latencies are what their definitions say`(seed: Int) {
    let (run, metrics) = Self.run(UInt64(seed))
    let ended = run.recording.outcomes.enumerated().filter {
      [.finished, .rejectedPromptTooLong, .rejectedByAdmission, .aborted, .failed]
        .contains($0.element.status)
    }
    let finished = ended.filter { $0.element.status == .finished }
    guard metrics.makespan != nil else { return #expect(ended.isEmpty) }
    let time = run.recording.end.seconds
    let output = finished.reduce(0) { $0 + Int($1.element.outputTokens) }
    let prompt = finished.reduce(0) { $0 + Int(run.promptTokens[$1.offset]) }
    expectClose(metrics.throughput.requestsPerSecond, Double(finished.count) / time)
    expectClose(metrics.throughput.outputTokensPerSecond, Double(output) / time)
    expectClose(metrics.throughput.totalTokensPerSecond, Double(prompt + output) / time)
    var met = (first: 0, whole: 0, all: 0)
    for (_, outcome) in finished {
      let first = outcome.firstToken.since(outcome.arrival) <= Self.limits.0
      let whole = outcome.finish.since(outcome.arrival) <= Self.limits.1
      met.first += first ? 1 : 0
      met.whole += whole ? 1 : 0
      met.all += first && whole ? 1 : 0
    }
    #expect(metrics.objectives.judged == ended.count)
    #expect(metrics.objectives.stated.map(\.met) == [met.first, met.whole])
    #expect(metrics.objectives.metAll == met.all)
    expectClose(metrics.throughput.goodputRequestsPerSecond, Double(met.all) / time)
    compare(
      metrics.latency.timeToFirstToken,
      finished.map { $0.element.firstToken.since($0.element.arrival) })
    compare(metrics.latency.endToEnd, finished.map { $0.element.finish.since($0.element.arrival) })
    compare(
      metrics.latency.queueing, finished.map { $0.element.firstScheduled.since($0.element.arrival) }
    )
  }

  @Test func `a run that refuses everybody took time, too`() {
    var plan = randomPlan(seed: 1)
    plan.workload = Workload(
      arrivals: [.start, SimTime(seconds: 2)], promptTokens: [9, 9], outputTokens: [1, 1],
      description: "two")
    for i in plan.replicas.indices { plan.replicas[i].maxModelLength = 9 }
    let metrics = Metrics(FinishedRun(plan: plan, recording: Simulation.run(plan)))
    #expect(metrics.requests.rejected == 2 && metrics.makespan == 2)
    #expect(metrics.objectives.judged == 2)
  }

  /// Quantiles between two values lie on the straight line between them.
  private func compare(_ distribution: Distribution?, _ durations: [SimDuration]) {
    let values = durations.map(\.seconds).sorted()
    guard let distribution, let greatest = values.last else {
      return #expect(values.isEmpty && distribution == nil)
    }
    func quantile(_ q: Double) -> Double {
      let place = q * Double(values.count - 1)
      let (low, part) = (Int(place), place - place.rounded(.down))
      return values[low] + part * (values[min(low + 1, values.count - 1)] - values[low])
    }
    let mean = values.reduce(0, +) / Double(values.count)
    for (found, expected) in [
      (distribution.mean, mean), (distribution.p50, quantile(0.5)),
      (distribution.p90, quantile(0.9)), (distribution.p95, quantile(0.95)),
      (distribution.p99, quantile(0.99)), (distribution.max, greatest),
    ] {
      // To the picosecond.
      #expect(abs(found - expected) <= 1e-12 + 1e-9 * expected)
    }
  }

  private func expectClose(
    _ value: Double?, _ expected: Double, _ location: SourceLocation = #_sourceLocation
  ) {
    let isClose = value.map { abs($0 - expected) <= 1e-9 * max(abs(expected), 1e-9) } ?? false
    #expect(isClose, "\(String(describing: value)), not \(expected)", sourceLocation: location)
  }

  private static let limits = (SimDuration.millisecond * 3, SimDuration.millisecond * 20)

  private static func run(_ seed: UInt64) -> (FinishedRun, Metrics) {
    var plan = seed % 2 == 0 ? randomPlan(seed: seed) : randomPlanWithPatience(seed: seed)
    plan.objectives = ServiceLevelObjectives(timeToFirstToken: limits.0, endToEnd: limits.1)
    let run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    return (run, Metrics(run))
  }
}
