import ServingPolicies
import ServingModel
import ServingSim

/// The replicas of a group, all alike.
struct PlannedGroup {
  var replicas: [ReplicaPlan] = []
  /// The weights of its model, each once; nil: no model is stated.
  var checkpoint: Bytes?
}

/// One group of `fleet` -> its replicas.
struct GroupPlanner {
  let group: GroupSection
  let index: Int
  let source: SourceFile
  let issues: IssueList
  /// Names of tiers that engines of all groups share, by their number.
  let stores: [String]
  /// The scenario's.
  let seed: UInt64
  /// Tokens of a typical request of the workload, prompt and answer; nil: not known.
  var requestLength: Int?

  private var defaultName: String { group.path == "fleet" ? "fleet" : "group \(index)" }

  /// Without replicas, and with problems, when they cannot run.
  func plan(lines: inout PlanLines, derived: inout PlanLines) -> PlannedGroup {
    let name = lines.resolve(group.name, "\(group.path).name", default: defaultName)
    let count = lines.resolve(
      group.replicas, "\(group.path).replicas", default: group.scaling?.usualReplicas ?? 1)
    let resolver = HardwareResolver(group: group, source: source, issues: issues)
    let model = resolver.model(lines: &lines)
    let accelerator = resolver.accelerator(lines: &lines)
    let engine = EngineOptions(
      group.engine, of: model, on: accelerator, path: "\(group.path).engine", lines: &lines)
    let precision = model.map { self.precision(of: $0, lines: &lines) }
    let found =
      (model != nil || group.model == nil)
      && (accelerator != nil || group.accelerator == nil)
    checkNetwork()
    guard found, checkParts() else { return PlannedGroup() }

    let calibration = self.calibration(lines: &lines)
    var hardware: Hardware?
    if let model, let accelerator, let precision {
      hardware = Hardware(
        model: model,
        accelerator: placed(
          accelerator, group: engine.parallelism.widestGroup(of: model), lines: &lines,
          derived: &derived),
        parallelism: engine.parallelism,
        precision: precision, limits: engine.limits, engine: engine.name,
        engineVersion: engine.version, calibration: calibration, weights: group.weights?.value)
    }
    let drafter = hardware.flatMap { self.drafter($0) }
    hardware?.drafter = drafter
    hardware?.verifiesDrafts = group.engine.speculative != nil
    lines.stated(group.weights)
    let verifiesDrafts = checkSpeculation(engine)
    guard checkReplicas(count, engine), check(engine, model: model, accelerator: accelerator),
      verifiesDrafts,
      let capacity = self.capacity(engine, hardware),
      let maxModelLen = self.maxModelLen(capacity, model, hardware, lines: &lines),
      checkChunking(engine, maxModelLen: maxModelLen)
    else { return PlannedGroup() }
    let usable = self.usable(
      capacity, of: model, maxModelLen: maxModelLen, derived: &derived)
    let kvTokens = usable.blocks * capacity.blockSize
    guard
      let stepTime = self.stepTime(
        hardware, engine, maxModelLen: maxModelLen, kvTokens: kvTokens, lines: &lines,
        derived: &derived)
    else { return PlannedGroup() }
    let standing = self.standing(hardware, derived: &derived)
    let limit = powerLimit(hardware, lines: &lines)
    let meter = hardware?.meter
    let limited = limited(stepTime, by: limit, meter, engine, derived: &derived)
    var replica = ReplicaPlan(
      group: name, maxNumSeqs: engine.limits.maxNumSeqs,
      maxNumBatchedTokens: engine.tokensOfStep(maxModelLen: maxModelLen),
      maxModelLength: maxModelLen,
      blockSize: capacity.blockSize, usableBlocks: usable.blocks,
      enablePrefixCaching: engine.enablePrefixCaching,
      enableChunkedPrefill: engine.enableChunkedPrefill, asyncScheduling: engine.asyncScheduling,
      watermark: engine.watermark, scheduler: engine.batchPolicy, stepTime: limited,
      frontendLatency: frontendLatency(hardware, lines: &lines), meter: meter,
      acceleratorCount: engine.parallelism.accelerators, dataParallelSize: engine.ranks,
      accelerator: accelerator, model: model?.id, calibration: standing, powerCap: limit?.mostDrawn)
    replica.stepsTogether =
      engine.parallelism.data > 1 && EngineEra.ranksWaitForEachOther(engine.name.rawValue)
    replica.eviction = engine.eviction.policy
    lines.stated(group.zone)
    replica.zone = group.zone?.value
    replica.longPrefillTokenThreshold = engine.longPrefillTokenThreshold
    lines.stated(group.engine.maxQueuedRequests)
    replica.maxQueuedRequests = group.engine.maxQueuedRequests?.value
    if let longest = engine.longestPrompt { replica.longestPrompt = longest }
    lines.stated(group.weight)
    replica.weight = group.weight?.value ?? 1
    replica.kvTransfer = transfer(of: replica, engine, lines: &lines, derived: &derived)
    replica.offloading = offloading(of: replica, engine, lines: &lines, derived: &derived)
    replica = speculating(
      replica, hardware, engine, seed: seed, lines: &lines, derived: &derived)
    return PlannedGroup(
      replicas: poweredDown(
        Array(repeating: replica, count: count * engine.ranks), lines: &lines),
      checkpoint: hardware.map { $0.model.weightBytes($0.precision) })
  }

  /// `dtype`, `quantization` and `kv_cache_dtype` on the model as it was published.
  private func precision(of model: ModelArchitecture, lines: inout PlanLines) -> Precision {
    let path = "\(group.path).engine"
    let usual = (group.engine.name?.value ?? .vllm).usual
    let dtype = lines.resolve(
      group.engine.dtype, "\(path).dtype", default: .auto, usual)
    let native = model.nativeFormat
    let unquantised = native.bytes >= NumberFormat.bfloat16.bytes
    let activations = dtype.format ?? (unquantised ? native : .bfloat16)
    let kvCache = lines.resolve(
      group.engine.kvCacheDtype, "\(path).kv_cache_dtype", default: .auto, usual)
    let kvFormat = kvCache.format ?? activations
    guard let quantization = group.engine.quantization else {
      lines.add(
        "\(path).quantization", QuantizationName.name(of: native).rawValue,
        "derived: \(model.id) was published in \(native.rawValue)")
      return unquantised
        ? Precision(weights: activations, of: model, kvCache: kvFormat)
        : .native(to: model, kvCache: kvFormat)
    }
    lines.stated(quantization)
    return Precision(
      weights: quantization.value.format ?? activations, of: model, kvCache: kvFormat,
      scheme: quantization.value.scheme)
  }
}
