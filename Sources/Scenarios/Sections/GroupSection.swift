import ServingPolicies
import ServingModel
import SimKernel
import TextAndBytes

/// One entry of `fleet`: replicas that are alike.
struct GroupSection: Sendable {
  /// `fleet`, or `fleet.1` in a list.
  var path: String
  var origin: Origin
  var name: Stated<String>?
  var replicas: Stated<Int>?
  var model: ModelSection?
  var accelerator: AcceleratorSection?
  var engine: EngineSection
  var stepTime: StepTimeSection?
  var calibration: Stated<String>?
  var powerCap: Stated<PowerCapSetting>?
  var clockLimit: Stated<Double>?
  var powerDown: PowerDownSection?
  var scaling: ScalingSection?

  /// The groups of `fleet`, which is one mapping or a list of them.
  static func all(_ root: Fields) -> [GroupSection] {
    guard let node = root.node("fleet") else { return [] }
    guard case .list(let groups) = node.content else {
      return [GroupSection(Fields(node, path: "fleet", issues: root.issues))]
    }
    if groups.isEmpty { root.issues.add(node.origin, "fleet", "an empty list; state one group") }
    return groups.enumerated().map { index, group in
      GroupSection(Fields(group, path: "fleet.\(index)", issues: root.issues))
    }
  }

  private init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    name = fields.text("name")
    replicas = fields.wholeNumber("replicas", in: 1...100_000)
    model = ModelSection(fields)
    accelerator = AcceleratorSection(fields)
    engine = EngineSection(
      fields.fields("engine")
        ?? Fields(
          DocumentNode(content: .mapping([]), origin: fields.origin), path: fields.path("engine"),
          issues: fields.issues))
    stepTime = StepTimeSection(fields)
    calibration = fields.scalar("calibration", expected: "a profile's name, its file, or none") {
      $0.isEmpty ? nil : $0
    }
    powerCap = fields.scalar("power_cap", expected: PowerCapSetting.expected) {
      PowerCapSetting($0)
    }
    clockLimit = fields.scalar("clock_limit", expected: "a share from 0.5 to 1, like 0.8") {
      Fields.number($0).flatMap { (0.5...1).contains($0) ? $0 : nil }
    }
    powerDown = fields.fields("power_down").map { PowerDownSection($0) }
    scaling = fields.fields("scaling").map { ScalingSection($0) }
    fields.finish { Self.misplaced($0, in: fields.path) }
  }
}

extension GroupSection {
  /// An engine's option that stands one level too high.
  fileprivate static func misplaced(_ name: String, in path: String) -> String? {
    if let field = EngineSection.fields.first(where: { Spelling.fold($0) == Spelling.fold(name) }) {
      return "an option of the engine: it goes into \(path).engine.\(field)"
    }
    let plain = EngineArgument.fold(name)
    switch plain {
    case "router", "routing", "seed", "slo", "workload", "impact", "shift", "admission":
      let here = plain == "routing" ? "router" : plain
      return "a field of the scenario, not of its fleet: it goes to the top, as \(here)"
    case "precision", "weights":
      return "precisions are options of the engine: \(path).engine.quantization and dtype for the "
        + "weights, kv_cache_dtype for the cache"
    case "minreplicas", "maxreplicas": return "here it is \(path).scaling.\(name)"
    case "autoscaling", "autoscaler", "hpa": return "here it is \(path).scaling"
    case "gpu", "gputype", "device": return "here it is \(path).accelerator"
    case "gpus", "numgpus", "gpucount":
      return "here it is \(path).engine.tensor_parallel_size for those of one engine, and "
        + "\(path).replicas for engines side by side"
    default: break
    }
    return EngineArgument.explanation(of: name)
  }
}

/// `engine`: which engine it is, and vLLM's options under vLLM's names.
struct EngineSection: Sendable {
  var name: Stated<EngineName>?
  var version: Stated<String>?
  var tensorParallelSize: Stated<Int>?
  var pipelineParallelSize: Stated<Int>?
  var dataParallelSize: Stated<Int>?
  var enableExpertParallel: Stated<Bool>?
  var dtype: Stated<DtypeName>?
  var quantization: Stated<QuantizationName>?
  var kvCacheDtype: Stated<KVCacheDtypeName>?
  var gpuMemoryUtilization: Stated<Double>?
  var maxNumSeqs: Stated<Int>?
  var maxNumBatchedTokens: Stated<Int>?
  var maxModelLen: Stated<Int>?
  var blockSize: Stated<Int>?
  var numGPUBlocks: Stated<Int>?
  var enablePrefixCaching: Stated<Bool>?
  var enableChunkedPrefill: Stated<Bool>?
  var evictionPolicy: Stated<EvictionPolicyName>?
  var schedulingPolicy: Stated<BatchPolicyName>?
  var scheduler: Stated<SchedulerName>?
  var watermark: Stated<Double>?
  var asyncScheduling: Stated<Bool>?
  var frontendLatency: Stated<SimDuration>?

  /// Between a client and an engine. More is a wrong unit.
  static let longestLatency = SimDuration.second * 3600

  /// Those that a server's command line has, too.
  static let fields = [
    "tensor_parallel_size", "pipeline_parallel_size", "data_parallel_size",
    "enable_expert_parallel", "dtype", "quantization", "kv_cache_dtype", "gpu_memory_utilization",
    "max_num_seqs", "max_num_batched_tokens", "max_model_len", "block_size", "num_gpu_blocks",
    "enable_prefix_caching", "eviction_policy", "enable_chunked_prefill", "scheduling_policy",
    "scheduler", "watermark", "async_scheduling", "frontend_latency",
  ]

  init(_ fields: Fields) {
    name = fields.choice("name", of: EngineName.self)
    version = fields.scalar("version", expected: "newest or a version like \"0.15.1\"") {
      $0 == EngineName.newest || EngineName.isVersion($0) ? $0 : nil
    }
    tensorParallelSize = fields.wholeNumber("tensor_parallel_size", in: 1...1024)
    pipelineParallelSize = fields.wholeNumber("pipeline_parallel_size", in: 1...1024)
    dataParallelSize = fields.wholeNumber("data_parallel_size", in: 1...1024)
    enableExpertParallel = fields.flag("enable_expert_parallel")
    dtype = fields.choice("dtype", of: DtypeName.self)
    quantization = fields.choice("quantization", of: QuantizationName.self)
    kvCacheDtype = fields.choice("kv_cache_dtype", of: KVCacheDtypeName.self)
    gpuMemoryUtilization = fields.share("gpu_memory_utilization")
    maxNumSeqs = fields.wholeNumber("max_num_seqs", .sequences)
    maxNumBatchedTokens = fields.wholeNumber("max_num_batched_tokens", .batchedTokens)
    maxModelLen = fields.wholeNumber("max_model_len", .modelLength)
    blockSize = fields.wholeNumber("block_size", .blockSize)
    numGPUBlocks = fields.wholeNumber("num_gpu_blocks", .blocks)
    enablePrefixCaching = fields.flag("enable_prefix_caching")
    enableChunkedPrefill = fields.flag("enable_chunked_prefill")
    evictionPolicy = fields.choice("eviction_policy", of: EvictionPolicyName.self)
    schedulingPolicy = fields.choice("scheduling_policy", of: BatchPolicyName.self)
    scheduler = fields.choice("scheduler", of: SchedulerName.self)
    watermark = fields.share("watermark", zeroAllowed: true)
    asyncScheduling = fields.flag("async_scheduling")
    frontendLatency = fields.duration(
      "frontend_latency", upTo: Self.longestLatency, zeroAllowed: true)
    fields.finish { EngineArgument.explanation(of: $0) }
  }
}
