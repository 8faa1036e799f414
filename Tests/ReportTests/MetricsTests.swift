import Report
import ServingSim
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct MetricsTests {
  let metrics: Metrics

  init() {
    let run = Fixtures.small()
    metrics = Metrics(FinishedRun(plan: run.plan, recording: run.recording))
  }

  @Test func `requests are counted by their end`() {
    #expect(metrics.requests.total == 4)
    #expect(metrics.requests.arrived == 4)
    #expect(metrics.requests.finished == 3)
    #expect(metrics.requests.rejected == 1)
    #expect(metrics.requests.rejections.map(\.count) == [1, 0])
    #expect(!metrics.requests.isPartial)
  }

  @Test func `latencies are those of finished requests`() {
    // TTFT 100, 300, 50 ms; TPOT 100, 100 ms; E2E 1100, 2300, 50 ms; queueing 0, 100, 0 ms.
    #expect(metrics.latency.timeToFirstToken?.mean == 0.15)
    #expect(metrics.latency.timeToFirstToken?.p50 == 0.1)
    #expect(metrics.latency.timeToFirstToken?.p90 == 0.26)
    #expect(metrics.latency.timeToFirstToken?.max == 0.3)
    #expect(metrics.latency.timePerOutputToken?.mean == 0.1)
    #expect(metrics.latency.endToEnd?.mean == 1.15)
    #expect(metrics.latency.endToEnd?.p50 == 1.1)
    #expect(metrics.latency.queueing?.p50 == 0)
    #expect(metrics.latency.queueing?.max == 0.1)
    #expect(metrics.latency.interToken?.mean == 0.1)
  }

  /// Arrivals a second apart, each served for four seconds.
  private func growth(_ count: Int, waits: (Int) -> Int) -> QueueGrowth? {
    let outcomes = (0..<count).map { number in
      let scheduled = 1000 * number + waits(number)
      return Fixtures.finished(
        arrival: 1000 * number, scheduled: scheduled, first: scheduled, finish: scheduled + 4000,
        tokens: 2)
    }
    let plan = Fixtures.plan(
      promptTokens: [Int32](repeating: 5, count: count), replicas: [Fixtures.replica()])
    let recording = Fixtures.recording(
      outcomes, replicas: [Fixtures.idle()], end: Fixtures.time(1_000_000))
    return Metrics(FinishedRun(plan: plan, recording: recording)).queueGrowth
  }

  @Test func `a fleet that does not keep up is told from one that does`() {
    let growing = growth(200) { 100 * $0 }
    #expect(growing?.first == 0.95)
    #expect(growing?.last == 18.95)
    #expect(growing?.service == 4)
    #expect(growing?.isBacklog == true)
    #expect(growth(200) { $0 % 2 * 100 }?.isBacklog == false)
    // It grows, but not beyond what serving takes.
    #expect(growth(200) { 10 * $0 }?.isBacklog == false)
    // It is long from the start.
    #expect(growth(200) { 20_000 + 10 * $0 }?.isBacklog == false)
    #expect(growth(50) { 100 * $0 } == nil)
  }

  @Test func `a request of one token has no time per output token`() {
    let run = Fixtures.plan(promptTokens: [5], replicas: [Fixtures.replica()])
    let one = Fixtures.finished(arrival: 0, scheduled: 0, first: 5, finish: 5, tokens: 1)
    let recording = Fixtures.recording(
      [one], replicas: [Fixtures.idle()], end: Fixtures.time(5))
    #expect(Metrics(FinishedRun(plan: run, recording: recording)).latency.timePerOutputToken == nil)
  }

  @Test func `throughput is what finished over the makespan`() {
    #expect(metrics.makespan == 2.5)
    #expect(metrics.throughput.requestsPerSecond == 3 / 2.5)
    #expect(metrics.throughput.outputTokensPerSecond == 33 / 2.5)
    #expect(metrics.throughput.totalTokensPerSecond == (350 + 33) / 2.5)
  }

  @Test func `goodput counts requests that met every objective`() {
    // The second waits 300 ms for its first token, 250 are allowed; the refused one misses all.
    #expect(metrics.objectives.metAll == 2)
    #expect(metrics.objectives.judged == 4)
    #expect(metrics.objectives.share == 0.5)
    #expect(metrics.objectives.stated.map(\.objective) == [.timeToFirstToken, .timePerOutputToken])
    #expect(metrics.objectives.stated.map(\.bound) == [0.25, 1])
    #expect(metrics.objectives.stated.map(\.met) == [2, 3])
    #expect(metrics.objectives.stated.map(\.share) == [0.5, 0.75])
    #expect(metrics.throughput.goodputRequestsPerSecond == 2 / 2.5)
  }

  @Test func `a latency equal to its bound meets it`() {
    for (bound, met) in [(100, 1), (99, 0)] {
      let plan = Fixtures.plan(
        promptTokens: [1], replicas: [Fixtures.replica()],
        objectives: ServiceLevelObjectives(endToEnd: SimDuration.millisecond * bound))
      let outcome = Fixtures.finished(
        arrival: 0, scheduled: 0, first: 50, finish: 100, tokens: 2)
      let recording = Fixtures.recording(
        [outcome], replicas: [Fixtures.idle()], end: Fixtures.time(100))
      #expect(Metrics(FinishedRun(plan: plan, recording: recording)).objectives.metAll == met)
    }
  }

  @Test func `caches are summed over replicas and the fullest one is named`() {
    #expect(metrics.cache.prefixHitRatio == 32.0 / 350)
    #expect(metrics.cache.peakUse == 0.4)
    #expect(metrics.cache.preemptions == 1)
  }

  @Test func `the hash follows every field of every request in order`() {
    let (plan, recording) = Fixtures.small()
    var rows = recording.outcomes
    func hash(_ rows: [Outcome]) -> UInt64 {
      var changed = recording
      changed.outcomes = rows
      return Metrics(FinishedRun(plan: plan, recording: changed)).outcomeHash
    }
    let original = hash(rows)
    #expect(original == metrics.outcomeHash)
    let changes: [(inout Outcome) -> Void] = [
      { $0.arrival.picoseconds += 1 }, { $0.firstScheduled.picoseconds += 1 },
      { $0.firstToken.picoseconds += 1 }, { $0.finish.picoseconds += 1 },
      { $0.cachedTokens += 1 }, { $0.outputTokens += 1 }, { $0.replica = -1 },
      { $0.preemptions += 1 }, { $0.status = .underWay },
    ]
    var hashes: Set = [original]
    for change in changes {
      var changed = rows
      change(&changed[1])
      hashes.insert(hash(changed))
    }
    rows.swapAt(0, 1)
    hashes.insert(hash(rows))
    #expect(hashes.count == changes.count + 2)
    #expect(metrics.outcomeHashText.count == 16)
    #expect(UInt64(metrics.outcomeHashText, radix: 16) == original)
  }

  @Test func `an empty run has no figures but counts`() {
    let plan = Fixtures.plan(promptTokens: [], replicas: [Fixtures.replica()])
    let recording = Fixtures.recording([], replicas: [Fixtures.idle()], end: .start)
    let metrics = Metrics(FinishedRun(plan: plan, recording: recording))
    #expect(metrics.makespan == nil)
    #expect(metrics.requests.total == 0)
    #expect(metrics.latency.timeToFirstToken == nil)
    #expect(metrics.latency.interToken == nil)
    #expect(metrics.throughput.requestsPerSecond == nil)
    #expect(metrics.cache.prefixHitRatio == nil)
    #expect(metrics.replicas[0].busyShare == nil)
    #expect(metrics.replicas[0].modelFLOPsUtilization == nil)
  }

  @Test func `a run that refuses everything has a rate of nought and no latency`() {
    let plan = Fixtures.plan(
      promptTokens: [9999], replicas: [Fixtures.replica()],
      objectives: ServiceLevelObjectives(endToEnd: .second))
    let recording = Fixtures.recording(
      [Fixtures.refused(at: 10)], replicas: [Fixtures.idle()], end: Fixtures.time(10))
    let metrics = Metrics(FinishedRun(plan: plan, recording: recording))
    #expect(metrics.throughput.requestsPerSecond == 0)
    #expect(metrics.objectives.share == 0)
    #expect(metrics.latency.endToEnd == nil)
  }

  @Test func `no goodput without objectives`() {
    let (plan, recording) = Fixtures.small()
    var free = plan
    free.objectives = ServiceLevelObjectives()
    let metrics = Metrics(FinishedRun(plan: free, recording: recording))
    #expect(metrics.throughput.goodputRequestsPerSecond == nil)
    #expect(metrics.objectives.metAll == nil)
  }

  @Test func `parts add up on random runs`() {
    var runs = RandomRuns(seed: 7)
    for _ in 0..<60 {
      let run = runs.next()
      let metrics = Metrics(FinishedRun(plan: run.plan, recording: run.recording))
      let requests = metrics.requests
      #expect(
        requests.arrived == requests.finished + requests.rejected + requests.underWay
          + requests.dropped)
      #expect(requests.total == run.plan.workload.count)
      let routed = run.recording.outcomes.count { $0.replica >= 0 }
      #expect(metrics.replicas.reduce(0) { $0 + $1.requests } == routed)
      for attainment in metrics.objectives.stated {
        #expect(attainment.met >= metrics.objectives.metAll ?? 0)
        #expect(attainment.met <= requests.finished)
      }
    }
  }
}
