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
    limits = EngineLimits(
      engine, release: VLLMRelease(name == .vllm ? version : nil), of: model, on: accelerator,
      path: path, lines: &lines)
    enablePrefixCaching = lines.resolve(
      engine.enablePrefixCaching, "\(path).enable_prefix_caching", default: true, Self.vLLM)
    limits.enablePrefixCaching = enablePrefixCaching
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
