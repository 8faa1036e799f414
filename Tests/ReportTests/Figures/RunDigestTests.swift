import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct RunDigestTests {
  static func small() -> FinishedRun {
    let small = Fixtures.small()
    return FinishedRun(plan: small.plan, recording: small.recording)
  }

  @Test func `curves go through the report's quantiles`() throws {
    var runs = RandomRuns(seed: 11)
    for _ in 0..<40 {
      let random = runs.next()
      let digest = RunDigest(FinishedRun(plan: random.plan, recording: random.recording))
      for latency in Latency.allCases {
        guard let found = latency.distribution(in: digest.metrics.latency) else {
          #expect(digest.curves[latency] == nil)
          continue
        }
        let curve = try #require(digest.curves[latency])
        let pairs = [(0.5, found.p50), (0.9, found.p90), (0.99, found.p99), (1, found.max)]
        for (share, value) in pairs {
          let drawn = try #require(curve.value(at: share))
          #expect(abs(drawn - value) <= 1e-11 + 1e-12 * value, "\(latency) \(share)")
        }
        #expect(curve.values == curve.values.sorted())
      }
    }
  }

  @Test func `stretches of time count every request once`() {
    var runs = RandomRuns(seed: 12)
    for _ in 0..<40 {
      let random = runs.next()
      let bins = RunDigest(FinishedRun(plan: random.plan, recording: random.recording)).bins
      let counts = Metrics(FinishedRun(plan: random.plan, recording: random.recording)).requests
      #expect(bins.arrived.reduce(0, +) == counts.arrived)
      #expect(bins.finished.reduce(0, +) == counts.finished)
      #expect(zip(bins.good, bins.finished).allSatisfy { $0 <= $1 })
    }
  }

  @Test func `good requests over time are those of the goodput`() {
    let run = Self.small()
    let digest = RunDigest(run)
    #expect(digest.bins.good.reduce(0, +) == digest.metrics.objectives.metAll)
  }

  @Test func `the parts of the time add up to the mean E2E`() throws {
    let digest = RunDigest(Self.small())
    let parts = try #require(digest.timeParts)
    let mean = try #require(digest.metrics.latency.endToEnd?.mean)
    #expect(abs(parts.queueing + parts.prefill + parts.decode - mean) < 1e-9)
    #expect(abs(parts.queueing - 0.1 / 3) < 1e-9)
    #expect(TimeParts([Fixtures.refused(at: 1)]) == nil)
  }

  @Test func `lengths are those of finished requests`() throws {
    let digest = RunDigest(Self.small())
    #expect(digest.promptLengths?.value(at: 1) == 200)
    #expect(digest.outputLengths?.value(at: 0) == 1)
    #expect(digest.outputLengths?.value(at: 0.5) == 11)
  }

  @Test func `errors move the share of requests that meet the objectives`() throws {
    // TTFT of 100, 300 and 50 ms against 250 ms, and one that was refused.
    var run = Self.small()
    func range(ttft: Double, tpot: Double) -> ClosedRange<Double>? {
      run.replicas[0].calibration = CalibrationStanding(
        profile: "p", status: .measured,
        errors: [
          ExpectedError(.measured, .ttft, median: ttft, ninetieth: 2),
          ExpectedError(.measured, .tpot, median: tpot, ninetieth: 2),
        ])
      return RunDigest(run).attainmentWithinErrors
    }
    #expect(range(ttft: 0.1, tpot: 0.1) == 0.5...0.5)
    // 300 ms are at most 250 when all are a fifth shorter, and 100 more when 0.61 longer.
    #expect(range(ttft: 0.21, tpot: 0.1) == 0.5...0.75)
    #expect(range(ttft: 0.61, tpot: 0.1) == 0.25...0.75)
    // Measured times have no upper end.
    #expect(range(ttft: 1.2, tpot: 0.1) == 0...0.75)
    run.replicas[0].calibration = nil
    #expect(RunDigest(run).attainmentWithinErrors == nil)
  }

  @Test func `the load over time has the replica's means`() throws {
    let digest = RunDigest(Self.small())
    let lengths = zip(digest.load.edges, digest.load.edges.dropFirst()).map { $1 - $0 }
    #expect(lengths == [1, 1, 0.5])
    let replica = digest.metrics.replicas[0]
    let makespan = try #require(digest.metrics.makespan)
    let running = zip(digest.load.fleet, lengths).reduce(0) { $0 + $1.0.running * $1.1 }
    #expect(abs(running / makespan - (replica.meanRunning ?? 0)) < 1e-12)
    let busy = zip(digest.load.fleet, lengths).reduce(0) { $0 + ($1.0.busyShare ?? 0) * $1.1 }
    #expect(abs(busy / makespan - (replica.busyShare ?? 0)) < 1e-12)
    #expect(digest.load.fleet[1].preemptions == 1)
    #expect(digest.load.fleet[0].prefixHitRatio == 32.0 / 350)
    #expect(digest.load.fleet[2].prefixHitRatio == nil)
  }

  @Test func `long runs have no more columns than short ones`() {
    var run = Self.small()
    run.recording.replicas[0].windows = [WindowTotals](repeating: WindowTotals(), count: 512)
    run.recording.end = SimTime(seconds: 511.5)
    let load = LoadGrid(run)
    #expect(load.fleet.count <= LoadGrid.mostColumns)
    #expect(load.edges.first == 0 && load.edges.last == 511.5)
    #expect(load.edges == load.edges.sorted())
  }
}
