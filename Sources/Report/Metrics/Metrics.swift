package import Impact
package import ServingModel
package import ServingSim
import SimKernel

/// The figures of a run: everything that the renderers show, and what sweeps compare.
///
/// Times are seconds, shares lie in 0...1, and nil means that there is nothing to take a figure of:
/// no request that finished, no time that passed, no meter to count work with.
package struct Metrics: Hashable, Sendable {
  package var name: String
  package var seed: UInt64
  /// What priced the steps: one entry for each that some replica uses.
  package var stepTimes: [StepTimeSource]
  /// From the run's start, time 0, to the end of the last request; nil when none ended.
  package var makespan: Double?
  package var requests: RequestCounts
  package var latency: LatencyMetrics
  /// nil: too few requests to tell.
  package var queueGrowth: QueueGrowth?
  /// The same with slower steps; nil: not tried.
  package var slower: SlowerRun?
  package var throughput: ThroughputMetrics
  package var objectives: ObjectiveMetrics
  /// What the run as a whole is held to, and how it stands to that.
  package var verdicts: [JudgedObjective] = []
  /// nil: nothing failed, was sent again or was done in vain.
  package var losses: LossMetrics?
  /// nil: no replica computed prompts for another one.
  package var handovers: HandoverMetrics?
  package var loads: LoadMetrics?
  package var speculation: SpeculationMetrics?
  /// nil: no request has a deadline.
  package var deadlines: DeadlineMetrics?
  /// By what requests say of themselves, where any says it.
  package var labels: [LabelMetrics]
  package var cache: CacheMetrics
  package var fleet: FleetSize
  /// One an engine.
  package var replicas: [ReplicaMetrics]
  /// What the scenario asks for and had no effect.
  package var remarks: [Remark]
  /// Equal for two runs in which every request fared the same, to the picosecond.
  package var outcomeHash: UInt64

  /// Sums up a run; ceilings of cost and carbon are judged by its bill. Takes time linear in the
  /// number of requests, and 16 bytes a request.
  package init(_ run: FinishedRun, bill: Bill? = nil) {
    let recording = run.recording
    let tally = OutcomeTally(run)
    let end = Double(recording.end.picoseconds)
    let counts = tally.counts
    let ended = counts.finished + counts.rejected + counts.dropped > 0 && end > 0
    name = run.name
    seed = run.seed
    stepTimes = StepTimeSource.distinct(of: run.replicas, recording.replicas)
    makespan = ended ? end / 1e12 : nil
    requests = tally.counts
    latency = LatencyMetrics(of: recording)
    queueGrowth = QueueGrowth(recording)
    slower = run.slower
    throughput = ThroughputMetrics(tally: tally, makespan: makespan)
    objectives = ObjectiveMetrics(tally: tally)
    losses = LossMetrics(of: recording, retries: tally.retries)
    handovers = HandoverMetrics(recording.handoffs)
    loads = LoadMetrics(recording)
    speculation = SpeculationMetrics(recording)
    deadlines = DeadlineMetrics(of: run)
    let limits = RequestLimits(run)
    labels = RequestLabel.allCases.compactMap { LabelMetrics(run, by: $0, limits: limits) }
    cache = CacheMetrics(of: recording.replicas)
    let numbers = run.engineNumbers
    fleet = FleetSize(numbers, recording, nodes: run.nodes)
    let isFleetChanging = recording.isFleetChanging
    replicas = run.replicas.indices.map {
      ReplicaMetrics(
        numbers[$0], run.replicas[$0], recording: recording.replicas[$0],
        requests: tally.requestsOfReplica[$0], end: ended ? recording.end.picoseconds : nil,
        isFleetChanging: isFleetChanging)
    }
    remarks = run.remarks
    outcomeHash = tally.hash.value
    verdicts = ObjectiveJudge(run: run, metrics: self, bill: bill).verdicts
  }

  /// The hash in 16 hexadecimal digits.
  package var outcomeHashText: String {
    let digits = String(outcomeHash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A step-time model by its own words, and the steps that it priced.
package struct StepTimeSource: Hashable, Sendable {
  package var name: String
  package var provenance: String
  /// The groups whose replicas use it, in the order of the fleet.
  package var groups: [String] = []
  /// nil: the scenario states the step times itself.
  package var calibration: CalibrationStanding?
  package var steps = 0
  /// Those of them outside the range that the model was made for.
  package var stepsOutside = 0

  static func distinct(
    of replicas: [FinishedReplica], _ recordings: [ReplicaRecording]
  ) -> [StepTimeSource] {
    var sources: [StepTimeSource] = []
    for (replica, recording) in zip(replicas, recordings) {
      let known = sources.firstIndex {
        ($0.name, $0.provenance) == (replica.stepTimeName, replica.stepTimeProvenance)
          && $0.calibration == replica.calibration
      }
      let index = known ?? sources.count
      if known == nil {
        sources.append(
          StepTimeSource(
            name: replica.stepTimeName, provenance: replica.stepTimeProvenance,
            calibration: replica.calibration))
      }
      if sources[index].groups.last != replica.group { sources[index].groups.append(replica.group) }
      sources[index].steps += recording.steps
      sources[index].stepsOutside += recording.stepsOutside
    }
    return sources
  }
}

/// What came out of the fleet per second of the makespan. Tokens are those of finished requests.
package struct ThroughputMetrics: Hashable, Sendable {
  package var requestsPerSecond: Double?
  package var outputTokensPerSecond: Double?
  /// Prompt tokens, cached ones included, and output tokens.
  package var totalTokensPerSecond: Double?
  /// Finished requests that met every objective; nil when none is stated.
  package var goodputRequestsPerSecond: Double?

  init(tally: OutcomeTally, makespan: Double?) {
    func rate(_ count: Int) -> Double? { ratio(Double(count), makespan) }
    requestsPerSecond = rate(tally.counts.finished)
    outputTokensPerSecond = rate(tally.outputTokens)
    totalTokensPerSecond = rate(tally.promptTokens + tally.outputTokens)
    goodputRequestsPerSecond = tally.objectives.isEmpty ? nil : rate(tally.metAll)
  }
}

/// The KV caches of all replicas together.
package struct CacheMetrics: Hashable, Sendable {
  /// Prompt tokens found of those looked up; nil when none were looked up.
  package var prefixHitRatio: Double?
  /// Most of its usable blocks that a replica had in use at once, the largest over replicas.
  package var peakUse: Double?
  package var preemptions: Int

  init(of replicas: [ReplicaRecording]) {
    func sum(_ part: (ReplicaRecording) -> Int) -> Int { replicas.reduce(0) { $0 + part($1) } }
    prefixHitRatio = ratio(
      Double(sum { $0.cachedTokens }), Double(sum { $0.lookedUpTokens }))
    peakUse = replicas.compactMap {
      ratio(Double($0.peakUsedBlocks), Double($0.usableBlocks))
    }.max()
    preemptions = sum { $0.preemptions }
  }
}

/// `part / whole`; nil when there is no whole to divide by.
func ratio(_ part: Double, _ whole: Double?) -> Double? {
  guard let whole, whole > 0 else { return nil }
  return part / whole
}
