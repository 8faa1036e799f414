import ServingPolicies
import ServingModel

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
  var scheduler: BatchPolicyName
  var watermark: Double
  var asyncScheduling: Bool

  private static let vLLM = "default: vLLM's"
  /// vLLM chooses these two by accelerator and kind of use.
  private static let chosen = "default; vLLM's varies by accelerator"

  init(
    _ engine: EngineSection, of model: ModelArchitecture?, path: String, lines: inout PlanLines
  ) {
    name = lines.resolve(
      engine.name, "\(path).name", default: .vllm, as: EngineName.vllm.rawValue)
    let stated = lines.resolve(engine.version, "\(path).version", default: EngineName.newest)
    version = stated == EngineName.newest ? nil : stated
    let layout = ParallelOptions(engine, of: model, path: path, lines: &lines)
    parallelism = layout.parallelism
    ranks = layout.ranks
    let utilization = Self.utilization(engine, path: path, lines: &lines)
    let sequences = lines.resolve(
      engine.maxNumSeqs, "\(path).max_num_seqs", default: 256, Self.chosen)
    let tokens = lines.resolve(
      engine.maxNumBatchedTokens, "\(path).max_num_batched_tokens", default: 8192, Self.chosen)
    let blockSize = lines.resolve(
      engine.blockSize, "\(path).block_size", default: 16, Self.vLLM)
    limits = EngineLimits(
      maxNumBatchedTokens: tokens, maxNumSeqs: sequences, blockSize: blockSize,
      gpuMemoryUtilization: utilization)
    enablePrefixCaching = lines.resolve(
      engine.enablePrefixCaching, "\(path).enable_prefix_caching", default: true, Self.vLLM)
    eviction = Self.eviction(engine, isUsed: enablePrefixCaching, lines: &lines)
    enableChunkedPrefill = lines.resolve(
      engine.enableChunkedPrefill, "\(path).enable_chunked_prefill", default: true, Self.vLLM)
    scheduler = Self.scheduler(engine, path: path, lines: &lines)
    watermark = lines.resolve(
      engine.watermark, "\(path).watermark", default: 0, as: "0", Self.vLLM)
    asyncScheduling = lines.resolve(
      engine.asyncScheduling, "\(path).async_scheduling",
      default: EngineEra.schedulesAhead(name.rawValue, version: version),
      "default: the engine's of that version")
  }

  private static func utilization(
    _ engine: EngineSection, path: String, lines: inout PlanLines
  ) -> Double {
    guard engine.numGPUBlocks != nil else {
      return lines.resolve(
        engine.gpuMemoryUtilization, "\(path).gpu_memory_utilization", default: 0.9, vLLM)
    }
    if let unused = engine.gpuMemoryUtilization {
      lines.withoutEffect(unused, "num_gpu_blocks says how large the KV cache is")
    }
    return engine.gpuMemoryUtilization?.value ?? 0.9
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

  private static func scheduler(
    _ engine: EngineSection, path: String, lines: inout PlanLines
  ) -> BatchPolicyName {
    let name = lines.resolve(
      engine.scheduler, "\(path).scheduler", default: .continuous, "default: as vLLM V1")
    guard name == .continuous else { return .staticBatching }
    return lines.resolve(
      engine.schedulingPolicy, "\(path).scheduling_policy", default: .firstComeFirstServed,
      as: BatchPolicyName.firstComeFirstServed.rawValue, vLLM)
  }
}
