import ServingModel
import ServingPolicies
import ServingSim

/// `engine` with its defaults, but for what the KV cache decides (`max_model_len`).
struct EngineOptions: Sendable {
  var name: EngineName
  /// nil: the newest.
  var version: String?
  /// Of one data-parallel rank.
  var parallelism: Parallelism
  /// Engines that schedule for themselves: data-parallel ranks.
  var ranks: Int
  var limits: EngineLimits
  var enablePrefixCaching: Bool
  var eviction: EvictionPolicyName
  var enableChunkedPrefill: Bool
  /// nil: there is none.
  var longPrefillTokenThreshold: Int?
  var batchPolicy: any BatchPolicy
  var watermark: Double
  var asyncScheduling: Bool

  init(
    _ engine: EngineSection, of model: ModelArchitecture?, on accelerator: Accelerator?,
    path: String, lines: inout PlanLines
  ) {
    name = lines.resolve(
      engine.name, "\(path).name", default: .vllm, as: EngineName.vllm.rawValue)
    let stated = lines.resolve(engine.version, "\(path).version", default: EngineName.newest)
    version = stated == EngineName.newest ? nil : stated
    let layout = ParallelOptions(engine, of: model, path: path, lines: &lines)
    parallelism = layout.parallelism
    ranks = layout.ranks
    limits = Self.limits(
      engine, name, version, of: model, on: accelerator, parallelism, path: path, lines: &lines)
    let usual = name.usual
    enablePrefixCaching = lines.resolve(
      engine.enablePrefixCaching, "\(path).enable_prefix_caching", default: true, usual)
    limits.enablePrefixCaching = enablePrefixCaching
    eviction = Self.eviction(engine, isUsed: enablePrefixCaching, lines: &lines)
    enableChunkedPrefill = Self.chunks(engine, name, path: path, lines: &lines)
    longPrefillTokenThreshold = Self.longestChunk(engine, name, path: path, lines: &lines)
    batchPolicy = Self.batchPolicy(engine, name, path: path, lines: &lines)
    watermark = lines.resolve(
      engine.watermark, "\(path).watermark", default: 0, as: "0", usual)
    asyncScheduling = lines.resolve(
      engine.asyncScheduling, "\(path).async_scheduling",
      default: EngineEra.schedulesAhead(name.rawValue, version: version),
      "default: the engine's of that version")
  }

  private static func limits(
    _ engine: EngineSection, _ name: EngineName, _ version: String?, of model: ModelArchitecture?,
    on accelerator: Accelerator?, _ parallelism: Parallelism, path: String, lines: inout PlanLines
  ) -> EngineLimits {
    switch name {
    case .vllm:
      EngineLimits(
        engine, release: VLLMRelease(version), of: model, on: accelerator, path: path,
        lines: &lines)
    case .sglang:
      EngineLimits(
        sglang: engine, on: accelerator, parallelism, path: path, lines: &lines)
    case .tensorRTLLM: EngineLimits(tensorRTLLM: engine, path: path, lines: &lines)
    }
  }

  private static func eviction(
    _ engine: EngineSection, isUsed: Bool, lines: inout PlanLines
  ) -> EvictionPolicyName {
    guard let stated = engine.evictionPolicy else { return .leastRecentlyUsed }
    if isUsed {
      lines.stated(stated)
    } else {
      lines.withoutEffect(stated, "there is no prefix cache")
    }
    return stated.value
  }

  /// Other engines have none; that one is stated with them is told by `GroupPlanner.check`.
  private static func longestChunk(
    _ engine: EngineSection, _ name: EngineName, path: String, lines: inout PlanLines
  ) -> Int? {
    guard name == .vllm else { return nil }
    let threshold = lines.resolve(
      engine.longPrefillTokenThreshold, "\(path).long_prefill_token_threshold", default: 0,
      name.usual)
    return threshold > 0 ? threshold : nil
  }

  private static func chunks(
    _ engine: EngineSection, _ name: EngineName, path: String, lines: inout PlanLines
  ) -> Bool {
    if name == .sglang, let size = engine.sglang?.chunkedPrefillSize {
      if let stated = engine.enableChunkedPrefill {
        lines.withoutEffect(stated, "chunked_prefill_size says it")
      }
      return size.value > 0
    }
    return lines.resolve(
      engine.enableChunkedPrefill, "\(path).enable_chunked_prefill",
      default: name != .tensorRTLLM, name.usual)
  }
}

extension EngineOptions {
  /// What the engine gives a step of prompts. Without chunks SGLang takes any prompt that comes first.
  func tokensOfStep(maxModelLen: Int) -> Int {
    name == .sglang && !enableChunkedPrefill
      ? max(limits.maxNumBatchedTokens, maxModelLen) : limits.maxNumBatchedTokens
  }

  /// TensorRT-LLM refuses what it can compute neither whole nor in chunks; nil: nothing is refused for
  /// that.
  var longestPrompt: Int? {
    batchPolicy is GuaranteedNoEvict && !enableChunkedPrefill ? limits.maxNumBatchedTokens : nil
  }

  private static func batchPolicy(
    _ engine: EngineSection, _ name: EngineName, path: String, lines: inout PlanLines
  ) -> any BatchPolicy {
    switch name {
    case .vllm: vLLM(engine, path: path, lines: &lines)
    case .sglang: sglang(engine, path: path, lines: &lines)
    case .tensorRTLLM: tensorRTLLM(engine, path: path, lines: &lines)
    }
  }

  private static func vLLM(
    _ engine: EngineSection, path: String, lines: inout PlanLines
  ) -> any BatchPolicy {
    let name = lines.resolve(
      engine.scheduler, "\(path).scheduler", default: .continuous, "default: as vLLM V1")
    guard name == .continuous else { return StaticBatching() }
    let policy = lines.resolve(
      engine.schedulingPolicy, "\(path).scheduling_policy", default: .firstComeFirstServed,
      as: BatchPolicyName.firstComeFirstServed.rawValue, "default: vLLM's")
    guard policy == .virtualTokenCounter else { return policy.policy }
    let usual = VirtualTokenCounter.usualWeights
    return VirtualTokenCounter(
      ServiceWeights(
        input: lines.resolve(
          engine.inputTokenWeight, "\(path).input_token_weight", default: usual.input,
          "default: the paper's"),
        output: lines.resolve(
          engine.outputTokenWeight, "\(path).output_token_weight", default: usual.output,
          "default: the paper's")))
  }

  private static func sglang(
    _ engine: EngineSection, path: String, lines: inout PlanLines
  ) -> any BatchPolicy {
    let usual = EngineName.sglang.usual
    let own = engine.sglang
    let order = requestOrder(engine, path: path, lines: &lines)
    let mixes = lines.resolve(
      own?.enableMixedChunk, "\(path).enable_mixed_chunk", default: false, usual)
    let conservativeness = lines.resolve(
      own?.scheduleConservativeness, "\(path).schedule_conservativeness", default: 1, as: "1", usual
    )
    return SGLangScheduling(
      order: order, mixesChunks: mixes,
      maxPrefillTokens: own?.maxPrefillTokens?.value ?? SGLangScheduling.usualPrefillTokens,
      conservativeness: conservativeness)
  }

  /// SGLang leaves lpm aside where there is no prefix cache (`_validate_and_adjust_policy`).
  private static func requestOrder(
    _ engine: EngineSection, path: String, lines: inout PlanLines
  ) -> SGLangScheduling.Order {
    if let stated = engine.sglang?.schedulePolicy, stated.value == .longestPrefixMatch,
      engine.enablePrefixCaching?.value == false
    {
      lines.withoutEffect(stated, "there is no prefix cache, and SGLang takes fcfs then")
      return .firstComeFirstServed
    }
    return lines.resolve(
      engine.sglang?.schedulePolicy, "\(path).schedule_policy", default: .firstComeFirstServed,
      as: SGLangScheduling.Order.firstComeFirstServed.rawValue, EngineName.sglang.usual)
  }

  private static func tensorRTLLM(
    _ engine: EngineSection, path: String, lines: inout PlanLines
  ) -> any BatchPolicy {
    let policy = lines.resolve(
      engine.tensorRTLLM?.capacitySchedulerPolicy, "\(path).capacity_scheduler_policy",
      default: .guaranteedNoEvict, as: CapacitySchedulerPolicy.guaranteedNoEvict.rawValue,
      EngineName.tensorRTLLM.usual)
    return switch policy {
    case .guaranteedNoEvict: GuaranteedNoEvict()
    case .maxUtilization: FirstComeFirstServed()
    case .staticBatch: StaticBatching()
    }
  }
}

extension EngineName {
  /// Where a default of it comes from.
  var usual: String { self == .vllm ? "default: vLLM's" : "default: the one of \(title)" }

  /// As its makers write it.
  var title: String {
    switch self {
    case .vllm: "vLLM"
    case .sglang: "SGLang"
    case .tensorRTLLM: "TensorRT-LLM"
    }
  }
}
