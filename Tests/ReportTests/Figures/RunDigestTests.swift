import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite struct RunDigestTests {
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
