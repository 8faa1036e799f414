import Report
import ServingSim
import SimKernel
import Testing

/// What must hold between the parts of a report of a run that the engine made.
@Suite(.timeLimit(.minutes(30))) struct EngineLawsTests {
  let recording: Recording
  let metrics: Metrics
  /// timeline.csv by row and column.
  let timeline: [[Double]]

  /// Memory is ample, so nothing is preempted; long prompts take two steps.
  private static var replica: ReplicaPlan {
    var replica = Fixtures.replica()
    replica.maxNumBatchedTokens = 700
    replica.usableBlocks = 512
    return replica
  }

  init() throws {
    var random = RandomStream(seed: 29, .tests)
    let count = 400
    var plan = Fixtures.plan(
      promptTokens: (0..<count).map { _ in Int32(1 + random.integer(below: 900)) },
      replicas: [Self.replica, Self.replica],
      objectives: ServiceLevelObjectives(endToEnd: .millisecond * 60))
    plan.workload.arrivals = (0..<count).map { Fixtures.time(2 * $0) }
    plan.workload.outputTokens = (0..<count).map { _ in Int32(1 + random.integer(below: 60)) }
    recording = Simulation.run(plan)
    metrics = Metrics(FinishedRun(plan: plan, recording: recording))
    var text = ""
    try TimelineCSV.write(FinishedRun(plan: plan, recording: recording)) {
      text += String(decoding: $0, as: UTF8.self)
    }
    timeline = text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? 0 }
    }
  }

  private func integral(_ column: Int) -> Double {
    timeline.reduce(0) { $0 + $1[1] * $1[column] }
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b))
  }

  @Test func `the run is worth looking at`() {
    #expect(metrics.requests.finished == 400)
    #expect(metrics.replicas.allSatisfy { $0.requests > 0 })
    #expect(metrics.cache.preemptions == 0)
    #expect((metrics.replicas[0].meanWaiting ?? 0) > 0.01)
    #expect((1..<400).contains(metrics.objectives.metAll ?? 0))
    #expect(timeline.count > 2)
  }

  @Test func `windows count every arrival, end and token once`() {
    #expect(timeline.reduce(0) { $0 + $1[8] } == 400)
    #expect(timeline.reduce(0) { $0 + $1[9] } == 400)
    let tokens = recording.outcomes.reduce(0) { $0 + Int($1.outputTokens) }
    #expect(isClose(integral(12), Double(tokens)))
  }

  @Test func `requests in the queue are arrivals times their wait`() {
    // Little's law: the integral of the queue's length is the sum of the waits.
    let waits = recording.outcomes.reduce(0.0) {
      $0 + $1.firstScheduled.since($1.arrival).seconds
    }
    #expect(isClose(integral(4), waits))
    #expect(isClose((metrics.latency.queueing?.mean ?? 0) * 400, waits))
    let service = recording.outcomes.reduce(0.0) {
      $0 + $1.finish.since($1.firstScheduled).seconds
    }
    #expect(isClose(integral(3), service))
  }

  @Test func `gaps between tokens add up to the time after the first`() {
    let gaps = recording.interTokenLatencies
    let after = recording.outcomes.reduce(0) {
      $0 + $1.finish.picoseconds - $1.firstToken.picoseconds
    }
    #expect(gaps.total == Double(after))
    #expect(gaps.count == recording.outcomes.reduce(0) { $0 + Int64($1.outputTokens) - 1 })
  }

  @Test func `shares are shares`() {
    for replica in metrics.replicas {
      let shares = [
        replica.busyShare, replica.meanCacheUse, replica.peakCacheUse, replica.prefixHitRatio,
      ]
      for share in shares { #expect((0...1).contains(share ?? 0)) }
      #expect((replica.meanCacheUse ?? 0) <= (replica.peakCacheUse ?? 0))
    }
  }
}
