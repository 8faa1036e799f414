package import ServingModel
package import SimKernel

/// A run and what of its plan the figures need: all that reports, pictures and bills are made of,
/// whether the run has just ended or comes from a file.
package struct FinishedRun: Sendable {
  package var name: String
  package var seed: UInt64
  package var objectives: ServiceLevelObjectives
  /// One entry a request, in the workload's order.
  package var promptTokens: [Int32]
  /// What the requests say of themselves.
  package var traits: RequestTraits
  /// From arrival to when the last token is due; `.longest`: no deadline. nil: none has one.
  package var deadlines: [SimDuration]?
  /// One entry a replica, like the recording's.
  package var replicas: [FinishedReplica]
  package var recording: Recording
  /// What the scenario asks for and had no effect.
  package var remarks: [Remark]
  /// How it would have been with slower steps; nil: not tried.
  package var slower: SlowerRun?

  package init(
    name: String, seed: UInt64, objectives: ServiceLevelObjectives, promptTokens: [Int32],
    traits: RequestTraits = RequestTraits(), deadlines: [SimDuration]? = nil,
    replicas: [FinishedReplica],
    recording: Recording, remarks: [Remark] = []
  ) {
    precondition(
      promptTokens.count == recording.outcomes.count
        && replicas.count == recording.replicas.count && traits.fit(promptTokens.count),
      "the recording is of another plan")
    self.name = name
    self.seed = seed
    self.objectives = objectives
    self.promptTokens = promptTokens
    self.traits = traits
    self.deadlines = deadlines
    self.replicas = replicas
    self.recording = recording
    self.remarks = remarks
  }

  package init(plan: Plan, recording: Recording) {
    self.init(
      name: plan.name, seed: plan.seed, objectives: plan.objectives,
      promptTokens: plan.workload.promptTokens, traits: plan.workload.traits,
      deadlines: plan.workload.deadlines,
      replicas: (plan.replicas + recording.joined).map { FinishedReplica($0, of: plan) },
      recording: recording, remarks: RunRemarks.all(plan, recording))
  }
}

/// What figures need to know of a replica.
package struct FinishedReplica: Hashable, Sendable {
  package var group: String
  /// nil when the scenario names none.
  package var model: String?
  /// Where it stands; nil: there are no regions.
  package var region: String?
  package var accelerator: Accelerator?
  package var acceleratorCount: Int
  /// Engines that its replica runs, one a data parallel rank.
  package var dataParallelSize: Int
  package var meter: WorkMeter?
  /// What none of its accelerators draws more than; nil: no cap.
  package var powerCap: Watts?
  /// Whether it is switched off when it has nothing to do.
  package var powersDown: Bool
  /// What its node comes with; nil: it is paid for while it is there.
  package var nodes: NodeTerms?
  /// Tokens that a KV block of it holds; nil: not recorded.
  package var blockSize: Int?
  /// Between its clients and the engine, both ways together; nil: not recorded.
  package var frontendLatency: SimDuration?
  /// Between it and clients of other places or of its own, by the region's name; those that are not
  /// here are next door.
  package var roundTrips: [String: SimDuration]
  package var stepTimeName: String
  package var stepTimeProvenance: String
  package var calibration: CalibrationStanding?

  package init(
    group: String, model: String? = nil, region: String? = nil, accelerator: Accelerator? = nil,
    acceleratorCount: Int = 1, dataParallelSize: Int = 1, meter: WorkMeter? = nil,
    powerCap: Watts? = nil,
    powersDown: Bool = false, nodes: NodeTerms? = nil, blockSize: Int? = nil,
    frontendLatency: SimDuration? = nil, roundTrips: [String: SimDuration] = [:],
    stepTimeName: String, stepTimeProvenance: String,
    calibration: CalibrationStanding? = nil
  ) {
    self.group = group
    self.model = model
    self.region = region
    self.accelerator = accelerator
    self.acceleratorCount = acceleratorCount
    self.dataParallelSize = dataParallelSize
    self.meter = meter
    self.powerCap = powerCap
    self.powersDown = powersDown
    self.nodes = nodes
    self.blockSize = blockSize
    self.frontendLatency = frontendLatency
    self.roundTrips = roundTrips
    self.stepTimeName = stepTimeName
    self.stepTimeProvenance = stepTimeProvenance
    self.calibration = calibration
  }

  init(_ plan: ReplicaPlan, of fleet: Plan) {
    self.init(
      group: plan.group, model: plan.model, region: plan.region, accelerator: plan.accelerator,
      acceleratorCount: plan.acceleratorCount, dataParallelSize: plan.dataParallelSize,
      meter: plan.meter, powerCap: plan.powerCap,
      powersDown: plan.powerDown != nil, nodes: plan.nodes?.terms, blockSize: plan.blockSize,
      frontendLatency: plan.frontendLatency,
      roundTrips: fleet.regions.roundTrips(to: fleet.pools[plan.pool].region),
      stepTimeName: plan.stepTime.name, stepTimeProvenance: plan.stepTime.provenance,
      calibration: plan.calibration)
  }
}
