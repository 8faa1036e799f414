package import ServingModel
package import SimKernel

/// A scenario with nothing left open: no optional to default, no name to look up, no unit to guess.
package struct Plan: Sendable {
  package var name: String
  package var seed: UInt64
  package var workload: Workload
  /// One entry a replica, in the order of their numbers.
  package var replicas: [ReplicaPlan]
  package var router: RouterPolicy
  package var routerSettings = RouterSettings()
  /// Where requests are routed by themselves, each with a router of its own; at least one.
  package var pools = [PoolPlan()]
  package var regions = RegionPlan()
  /// Where replicas keep KV entries together.
  package var sharedStores: [SharedStorePlan] = []
  /// Pools that grow and shrink, each named by a group of `replicas` that it begins with.
  package var scaling: [ScalingPlan] = []
  /// nil: every request is released as it arrives.
  package var shift: ShiftPlan?
  /// What goes wrong with replicas.
  package var failures: [FailureRule] = []
  /// nil: nobody sends a request again.
  package var retry: RetryPolicy?
  /// How often a request goes on at another replica, with the tokens it has, when its own is lost.
  package var migrationLimit = 0
  /// Who is refused when a request arrives or is released: asked one after the other.
  package var admission: [any Gate] = []
  package var objectives: ServiceLevelObjectives
  /// Every field with its value and where that comes from, for `kavier plan` and plan.yaml.
  package var lines: [PlanLine]
  /// What of the scenario cannot have an effect on the run.
  package var remarks: [Remark]

  /// Whether the run, or a request of it, is held to an objective.
  package var isJudged: Bool {
    !objectives.ofRun.isEmpty || !objectives.stated.isEmpty
      || Objective.allCases.contains { workload.traits[$0.number] != nil }
  }

  /// The same fleet and policies, asked for nothing.
  package var withoutRequests: Plan {
    var plan = self
    plan.workload = Workload(
      arrivals: [], promptTokens: [], outputTokens: [], description: "no requests")
    return plan
  }

  package init(
    name: String, seed: UInt64, workload: Workload, replicas: [ReplicaPlan], router: RouterPolicy,
    shift: ShiftPlan? = nil, objectives: ServiceLevelObjectives, lines: [PlanLine],
    remarks: [Remark] = []
  ) {
    self.name = name
    self.seed = seed
    self.workload = workload
    self.replicas = replicas
    self.router = router
    self.shift = shift
    self.objectives = objectives
    self.lines = lines
    self.remarks = remarks
  }
}

/// One engine with its accelerators: a replica, or a data parallel rank of one. Field names are vLLM's where vLLM has one.
package struct ReplicaPlan: Sendable {
  /// The fleet group it belongs to, for the report.
  package var group: String
  package var maxNumSeqs: Int { didSet { tables = madeTables } }
  package var maxNumBatchedTokens: Int
  /// Prompt and answer of one request together; longer answers end there, longer prompts are
  /// refused.
  package var maxModelLength: Int
  /// Tokens a KV block holds.
  package var blockSize: Int
  /// KV blocks that requests can use. vLLM keeps one of its `num_gpu_blocks` for itself.
  package var usableBlocks: Int
  package var enablePrefixCaching: Bool
  package var enableChunkedPrefill: Bool
  /// The most tokens of one prompt that a step computes; nil: what the step's budget leaves. Only for
  /// engines that compute prompts beside answers. vLLM V1's `long_prefill_token_threshold`.
  package var longPrefillTokenThreshold: Int?
  /// The most requests that wait to be admitted; nil: as many as come. When one comes beyond that, the
  /// last in the queue's order is refused, be it that one or another. SGLang's `max_queued_requests`.
  package var maxQueuedRequests: Int?
  /// Longer prompts are refused.
  package var longestPrompt = Int.max
  /// Each step is scheduled while the one before it runs, so a request that arrives meanwhile
  /// misses it and joins the one after.
  package var asyncScheduling: Bool
  /// Share of the blocks left free when a waiting request is admitted beside running ones.
  package var watermark: Double
  package var scheduler: any BatchPolicy
  /// Which free blocks of the prefix cache are used again first; nil: the least recently used.
  package var eviction: (any EvictionPolicy)?
  package var stepTime: any StepTimeModel {
    get { tables.model }
    set { tables = tables(newValue) }
  }
  /// Between a client and the engine, both ways together: tokens reach the client this much after
  /// their step ends.
  package var frontendLatency: SimDuration
  /// nil when the scenario names no model or accelerator (a linear step time alone).
  package var meter: WorkMeter? { didSet { tables = madeTables } }
  /// Of step times, sequences and meter; a copy of the plan has the same.
  package private(set) var tables: StepTables
  /// Accelerators the replica occupies: tensor x pipeline parallel size.
  package var acceleratorCount: Int
  /// Engines that its replica runs, one a data parallel rank, which follow each other in the fleet.
  package var dataParallelSize: Int
  /// Whether the data parallel ranks of its replica exchange tokens in every layer with experts: a step
  /// of theirs begins and ends together, and a rank without requests takes part with a single token.
  package var stepsTogether = false { didSet { tables = madeTables } }
  /// nil when the scenario names none.
  package var accelerator: Accelerator?
  /// The catalogue name; nil when the scenario names none.
  package var model: String?
  /// nil: step times of the scenario's own.
  package var calibration: CalibrationStanding?
  /// The number of its pool among those of the plan, and the name of its region; nil: there are none.
  package var pool = 0
  package var region: String?
  /// What fails together with others; nil: not stated.
  package var zone: String?
  /// How much of the traffic it gets beside others, where the router goes by it; from 1.
  package var weight = 1
  /// nil: it stays on, whatever there is to do.
  package var powerDown: PowerDown?
  /// What it stands on; nil: that does not matter, and it is paid for while it is there.
  package var nodes: NodePlan?
  /// nil: it neither sends nor receives KV entries.
  package var kvTransfer: KVTransferPlan?
  /// nil: it keeps KV entries in its accelerators' memory alone.
  package var offloading: OffloadingPlan?
  /// nil: each sequence that decodes computes a token a step.
  package var speculation: SpeculationPlan?
  /// What none of its accelerators draws more than; nil: they draw what they can.
  package var powerCap: Watts?

  package init(
    group: String, maxNumSeqs: Int, maxNumBatchedTokens: Int, maxModelLength: Int, blockSize: Int,
    usableBlocks: Int, enablePrefixCaching: Bool, enableChunkedPrefill: Bool = true,
    asyncScheduling: Bool = false, watermark: Double = 0,
    scheduler: any BatchPolicy,
    stepTime: any StepTimeModel, frontendLatency: SimDuration = .zero, meter: WorkMeter? = nil,
    acceleratorCount: Int = 1, dataParallelSize: Int = 1, accelerator: Accelerator? = nil,
    model: String? = nil, calibration: CalibrationStanding? = nil, powerDown: PowerDown? = nil,
    powerCap: Watts? = nil
  ) {
    precondition(
      maxNumBatchedTokens >= maxNumSeqs || scheduler.steps == .promptsFirst,
      "fewer tokens a step than sequences in it")
    precondition(
      maxModelLength <= usableBlocks * blockSize, "a request could outgrow the whole KV cache")
    self.group = group
    self.maxNumSeqs = maxNumSeqs
    self.maxNumBatchedTokens = maxNumBatchedTokens
    self.maxModelLength = maxModelLength
    self.blockSize = blockSize
    self.usableBlocks = usableBlocks
    self.enablePrefixCaching = enablePrefixCaching
    self.enableChunkedPrefill = enableChunkedPrefill
    self.asyncScheduling = asyncScheduling
    self.watermark = watermark
    self.scheduler = scheduler
    self.frontendLatency = frontendLatency
    self.meter = meter
    tables = StepTables(stepTime, sequences: maxNumSeqs, meter)
    self.acceleratorCount = acceleratorCount
    self.dataParallelSize = dataParallelSize
    self.accelerator = accelerator
    self.model = model
    self.calibration = calibration
    self.powerDown = powerDown
    self.powerCap = powerCap
  }

  private var madeTables: StepTables { tables(stepTime) }

  private func tables(_ model: any StepTimeModel) -> StepTables {
    StepTables(model, sequences: maxNumSeqs, meter, idlesInSteps: stepsTogether)
  }

  /// The same with steps that take `factor` times as long.
  func slowed(by factor: Double) -> ReplicaPlan {
    var plan = self
    var made: [ObjectIdentifier: StepTables] = [:]
    plan.slow(by: factor, sharing: &made)
    return plan
  }

  /// Makes its steps take `factor` times as long. Replicas that shared tables share those that are
  /// `made` of them.
  mutating func slow(by factor: Double, sharing made: inout [ObjectIdentifier: StepTables]) {
    let shared = ObjectIdentifier(tables)
    let slowed = made[shared] ?? tables(SlowedStepTime(stepTime, by: factor))
    made[shared] = slowed
    tables = slowed
  }
}

/// What a request has to meet to count as goodput; nil: no bound.
package struct ServiceLevelObjectives: Hashable, Sendable {
  package var timeToFirstToken: SimDuration?
  package var timePerOutputToken: SimDuration?
  package var endToEnd: SimDuration?
  /// What the run as a whole is held to.
  package var ofRun: [RunObjective]

  package init(
    timeToFirstToken: SimDuration? = nil, timePerOutputToken: SimDuration? = nil,
    endToEnd: SimDuration? = nil, ofRun: [RunObjective] = []
  ) {
    self.timeToFirstToken = timeToFirstToken
    self.timePerOutputToken = timePerOutputToken
    self.endToEnd = endToEnd
    self.ofRun = ofRun
  }
}

/// One resolved field: `fleet.engine.block_size`, `16`, `default: vLLM on GPUs`.
package struct PlanLine: Hashable, Sendable {
  package var path: String
  package var value: String
  package var origin: String

  package init(path: String, value: String, origin: String) {
    self.path = path
    self.value = value
    self.origin = origin
  }
}
