import ServingPolicies
import ServingModel
import ServingSim
import SimKernel

/// Runs made by hand, and at random.
enum Fixtures {
  struct PricelessSteps: StepTimeModel {
    var name = "roofline"
    var provenance = "not calibrated: datasheet roofline with published efficiencies"
    var attentionWindow: Int? { nil }
    func duration(of work: StepWork) -> SimDuration { .millisecond }
    func decodeLine(sequences: Int) -> DecodeLine? { nil }
  }

  /// Two operations a token and one byte a token of context; peaks of 1000 a second.
  static let meter = WorkMeter(
    flopsPerToken: 2, flopsPerSampledSequence: 3, flopsPerPair: 0.5, flopsPerWindowedPair: 0.25,
    readBytesPerContext: 1, readBytesPerWindowedContext: 0.5, writtenBytesPerToken: 4,
    weightBytes: [0, 10], peakCompute: FLOPsPerSecond(1000), peakBandwidth: BytesPerSecond(1000))

  static func replica(group: String = "h100", meter: WorkMeter? = meter) -> ReplicaPlan {
    ReplicaPlan(
      group: group, maxNumSeqs: 8, maxNumBatchedTokens: 512, maxModelLength: 1024, blockSize: 16,
      usableBlocks: 100, enablePrefixCaching: true, scheduler: FirstComeFirstServed(),
      stepTime: PricelessSteps(), meter: meter)
  }

  static func plan(
    name: String = "first run", promptTokens: [Int32], replicas: [ReplicaPlan],
    objectives: ServiceLevelObjectives = ServiceLevelObjectives()
  ) -> Plan {
    let workload = Workload(
      arrivals: promptTokens.map { _ in .start }, promptTokens: promptTokens,
      outputTokens: promptTokens.map { _ in 1 }, description: "by hand")
    return Plan(
      name: name, seed: 42, workload: workload, replicas: replicas, router: .roundRobin,
      objectives: objectives, lines: [])
  }

  /// Times in milliseconds.
  static func finished(
    arrival: Int, scheduled: Int, first: Int, finish: Int, tokens: Int32, cached: Int32 = 0,
    replica: Int32 = 0, preemptions: UInt16 = 0
  ) -> Outcome {
    var outcome = Outcome()
    outcome.arrival = time(arrival)
    outcome.firstScheduled = time(scheduled)
    outcome.firstToken = time(first)
    outcome.finish = time(finish)
    outcome.outputTokens = tokens
    outcome.cachedTokens = cached
    outcome.replica = replica
    outcome.preemptions = preemptions
    outcome.status = .finished
    return outcome
  }

  static func refused(at milliseconds: Int) -> Outcome {
    var outcome = Outcome()
    outcome.arrival = time(milliseconds)
    outcome.finish = time(milliseconds)
    outcome.replica = 0
    outcome.status = .rejectedPromptTooLong
    return outcome
  }

  static func time(_ milliseconds: Int) -> SimTime {
    SimTime.start + SimDuration.millisecond * milliseconds
  }

  static func recording(
    _ outcomes: [Outcome], replicas: [ReplicaRecording], gaps: [SimDuration] = [], end: SimTime
  ) -> Recording {
    var histogram = LogHistogram()
    for gap in gaps { histogram.add(gap) }
    return Recording(
      outcomes: outcomes, replicas: replicas,
      interTokenLatencies: histogram, end: end)
  }

  static func idle(windows: Int = 0) -> ReplicaRecording {
    ReplicaRecording(
      windows: [WindowTotals](repeating: WindowTotals(), count: windows),
      windowLength: .second, steps: 0, preemptions: 0, peakUsedBlocks: 0, usableBlocks: 100,
      lookedUpTokens: 0, cachedTokens: 0)
  }

  /// A run of four requests, one of them refused, over two seconds and a half.
  static func small() -> (plan: Plan, recording: Recording) {
    let outcomes = [
      finished(arrival: 0, scheduled: 0, first: 100, finish: 1100, tokens: 11),
      finished(
        arrival: 200, scheduled: 300, first: 500, finish: 2500, tokens: 21, cached: 32,
        preemptions: 1),
      refused(at: 400),
      finished(arrival: 1000, scheduled: 1000, first: 1050, finish: 1050, tokens: 1),
    ]
    let objectives = ServiceLevelObjectives(
      timeToFirstToken: SimDuration.millisecond * 250, timePerOutputToken: .second)
    return (
      plan(
        promptTokens: [100, 200, 2000, 50], replicas: [replica()], objectives: objectives),
      recording(
        outcomes, replicas: [busy()], gaps: [.millisecond * 100, .millisecond * 100],
        end: time(2500))
    )
  }

  /// Two whole windows of a second and half of a third, the first two of them busy.
  private static func busy() -> ReplicaRecording {
    var replica = idle(windows: 3)
    replica.windows[0] = window(busy: 0.8, running: 1.2, waiting: 0.5, blocks: 20)
    replica.windows[0].prefillSteps.prefillTokens = 200
    replica.windows[0].prefillSteps.pairs = 40
    replica.windows[0].prefillSteps.sampledTokens = 2
    replica.windows[0].prefillSteps.weightBytes = 100
    replica.windows[0].arrived = 3
    replica.windows[0].lookedUpTokens = 350
    replica.windows[0].cachedTokens = 32
    replica.windows[1] = window(busy: 0.2, running: 0.3, waiting: 0, blocks: 5)
    replica.windows[1].decodeSteps.decodeTokens = 10
    replica.windows[1].decodeSteps.sampledTokens = 10
    replica.windows[1].decodeSteps.context = 100
    replica.windows[1].arrived = 1
    replica.windows[1].finished = 2
    replica.windows[1].preemptions = 1
    replica.windows[2].finished = 1
    replica.peakUsedBlocks = 40
    replica.preemptions = 1
    replica.lookedUpTokens = 350
    replica.cachedTokens = 32
    return replica
  }

  /// Integrals over a second.
  private static func window(
    busy: Double, running: Double, waiting: Double, blocks: Double
  ) -> WindowTotals {
    var window = WindowTotals()
    window.prefillSteps.busy = busy * 1e12
    window.runningTime = running * 1e12
    window.waitingTime = waiting * 1e12
    window.usedBlockTime = blocks * 1e12
    return window
  }
}
