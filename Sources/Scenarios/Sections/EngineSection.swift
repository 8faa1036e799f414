import ServingModel
import ServingPolicies
import ServingSim
import SimKernel

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
  var kvCacheMemoryBytes: Stated<Bytes>?
  var enforceEager: Stated<Bool>?
  var maxCUDAGraphCaptureSize: Stated<Int>?
  var swapSpace: Stated<Double>?
  var maxNumSeqs: Stated<Int>?
  var maxQueuedRequests: Stated<Int>?
  var maxNumBatchedTokens: Stated<Int>?
  var maxModelLen: Stated<Int>?
  var blockSize: Stated<Int>?
  var numGPUBlocks: Stated<Int>?
  var enablePrefixCaching: Stated<Bool>?
  var enableChunkedPrefill: Stated<Bool>?
  var longPrefillTokenThreshold: Stated<Int>?
  var evictionPolicy: Stated<EvictionPolicyName>?
  var schedulingPolicy: Stated<BatchPolicyName>?
  var inputTokenWeight: Stated<Int>?
  var outputTokenWeight: Stated<Int>?
  var scheduler: Stated<SchedulerName>?
  var watermark: Stated<Double>?
  var asyncScheduling: Stated<Bool>?
  var frontendLatency: Stated<SimDuration>?
  var speculative: SpeculativeSection?
  var sglang: SGLangSection?
  var tensorRTLLM: TensorRTLLMSection?

  /// Between a client and an engine. More is a wrong unit.
  static let longestLatency = SimDuration.second * 3600

  /// Those that a server's command line has, too.
  static let fields = [
    "tensor_parallel_size", "pipeline_parallel_size", "data_parallel_size",
    "enable_expert_parallel", "dtype", "quantization", "kv_cache_dtype", "gpu_memory_utilization",
    "kv_cache_memory_bytes", "enforce_eager", "max_cudagraph_capture_size", "swap_space",
    "max_num_seqs", "max_queued_requests", "max_num_batched_tokens", "max_model_len", "block_size",
    "num_gpu_blocks",
    "enable_prefix_caching", "eviction_policy", "enable_chunked_prefill",
    "long_prefill_token_threshold", "scheduling_policy", "input_token_weight",
    "output_token_weight", "scheduler", "watermark",
    "async_scheduling", "frontend_latency", "speculative_config",
    "schedule_conservativeness", "capacity_scheduler_policy",
  ]

  init(_ fields: Fields) {
    fields.introduce(
      "vLLM's options under vLLM's names, and in addition `name`, `version`, `scheduler`, `watermark`, "
        + "`input_token_weight`, `output_token_weight`, `max_queued_requests`, `eviction_policy` and "
        + "`frontend_latency`. With `name: sglang` or `name: tensorrt-llm` that "
        + "engine's own names are accepted, too: [Engines](Engines.md).")
    name = fields.choice(
      "name", of: EngineName.self,
      "The engine, whose scheduler, defaults and memory are simulated, and whose step times the "
        + "calibration takes.", .default("vllm"))
    let engine = name?.value ?? .vllm
    if !fields.isDeclaring { fields.accept(otherNames: EngineDialect(engine).names) }
    version = fields.scalar(
      "version", expected: "newest or a version like \"0.15.1\"",
      "Versions that are alike in speed count as one: [Calibrating](Calibrating.md). vLLM's memory and "
        + "defaults depend on it, too: [Does it fit](KVCapacity.md).",
      .default(EngineName.newest)
    ) { $0 == EngineName.newest || EngineName.isVersion($0) ? $0 : nil }
    tensorParallelSize = fields.wholeNumber(
      "tensor_parallel_size", in: 1...1024, "Accelerators that share each layer.", .default("1"))
    pipelineParallelSize = fields.wholeNumber(
      "pipeline_parallel_size", in: 1...1024, "Stages that the layers are divided into.",
      .default("1"))
    dataParallelSize = fields.wholeNumber(
      "data_parallel_size", in: 1...1024,
      "Ranks, each with tensor x pipeline accelerators and a scheduler of its own. One replica "
        + "becomes this many. With a model that has experts the ranks share these, and wait for each "
        + "other in every step: Docs: Engines.",
      .default("1"))
    enableExpertParallel = fields.flag(
      "enable_expert_parallel",
      "Gives each of the tensor x data accelerators whole experts, instead of a part of every expert.",
      .default("false"))
    dtype = fields.choice(
      "dtype", of: DtypeName.self,
      "The format of activations, and of weights that are not quantised. `auto` is the model's own. "
        + "The float16 names count as bfloat16.",
      .default("auto"))
    quantization = fields.choice(
      "quantization", of: QuantizationName.self,
      "The format of the weights. `none` is that of `dtype`, even where the published weights are "
        + "quantised.",
      .default("as the model was published"))
    kvCacheDtype = fields.choice(
      "kv_cache_dtype", of: KVCacheDtypeName.self,
      "The format of the KV cache. `auto` is that of activations.", .default("auto"))
    gpuMemoryUtilization = fields.share(
      "gpu_memory_utilization",
      "The share of an accelerator's memory for weights, activations and KV cache.",
      .default("0.92, before vLLM 0.21 0.9"))
    kvCacheMemoryBytes = fields.byteCount(
      "kv_cache_memory_bytes",
      "The KV cache of an accelerator, instead of what `gpu_memory_utilization` leaves.")
    enforceEager = fields.flag(
      "enforce_eager",
      "Without CUDA graphs: they take no memory, and no decode step is shorter than the host takes to "
        + "launch its kernels.",
      .default("false"))
    maxCUDAGraphCaptureSize = fields.wholeNumber(
      "max_cudagraph_capture_size", in: 0...1_000_000,
      "The most sequences of a decode step that has a CUDA graph; larger ones are launched kernel by "
        + "kernel. The largest of `cudagraph_capture_sizes`.",
      .default("as many as run"))
    swapSpace = fields.number(
      "swap_space", .swapSpace, zeroAllowed: true,
      expected: "a number of GiB from 0 to 1000000",
      "GiB of the host's memory for preempted requests. Without effect, as in vLLM V1.")
    maxNumSeqs = fields.wholeNumber(
      "max_num_seqs", .sequences, "The most requests in a step.",
      .default("1024 from 70 GiB of memory on, but not on an A100; otherwise 256"))
    maxQueuedRequests = fields.wholeNumber(
      "max_queued_requests", in: 1...1_000_000,
      "The most requests that wait in the engine's queue, an option of SGLang. Beyond that the last in the "
        + "queue's order is refused: who comes, or with priorities one that is less urgent: "
        + "[Admission](ScalingAdmissionAndTimeouts.md).",
      .default("as many as come"))
    maxNumBatchedTokens = fields.wholeNumber(
      "max_num_batched_tokens", .batchedTokens,
      "The most tokens in a step. It is at least `max_num_seqs`.",
      .default("8192 from 70 GiB of memory on, but not on an A100; otherwise 2048"))
    maxModelLen = fields.wholeNumber(
      "max_model_len", .modelLength, "The most tokens of one request, prompt and answer together.",
      .default("the model's context, or what the KV cache holds if that is less"))
    blockSize = fields.wholeNumber(
      "block_size", .blockSize, "Tokens that a KV block holds.", .default("16"))
    numGPUBlocks = fields.wholeNumber(
      "num_gpu_blocks", .blocks,
      "KV blocks, as vLLM prints them when it starts. vLLM keeps one of them for itself.",
      .default("derived from memory, weights and activations"))
    enablePrefixCaching =
      fields.flag(
        "enable_prefix_caching",
        "KV blocks of earlier prompts are used again: [Prefix caching](PrefixCaching.md).",
        .default("true"))?.inVLLMsSense
    enableChunkedPrefill = fields.flag(
      "enable_chunked_prefill",
      "A prompt can be computed over several steps. Without it a prompt has to fit into one step.",
      .default("true"))
    longPrefillTokenThreshold = fields.wholeNumber(
      "long_prefill_token_threshold", in: 0...Bounds.batchedTokens.range.upperBound,
      "vLLM: the most tokens of one prompt in a step, so that the prompts behind a long one are "
        + "computed beside it. 0: no limit of its own.",
      .default("0"))
    evictionPolicy = fields.choice(
      "eviction_policy", of: EvictionPolicyName.self,
      "Which free blocks of the prefix cache are used again first. vLLM has `lru`.",
      .default("lru"), each: \.meaning)
    schedulingPolicy = fields.choice(
      "scheduling_policy", of: BatchPolicyName.self,
      "Which waiting requests join the batch first; equal ones join in order of arrival. vLLM V1 has "
        + "`fcfs` and `priority`.",
      .default("fcfs"), each: \.meaning)
    inputTokenWeight = fields.wholeNumber(
      "input_token_weight", in: 0...1000,
      "With `scheduling_policy: vtc`, what an input token counts for in the service of its tenant.",
      .default("\(VirtualTokenCounter.usualWeights.input)"))
    outputTokenWeight = fields.wholeNumber(
      "output_token_weight", in: 0...1000,
      "With `scheduling_policy: vtc`, what an output token counts for in the service of its tenant.",
      .default("\(VirtualTokenCounter.usualWeights.output)"))
    scheduler = fields.choice(
      "scheduler", of: SchedulerName.self, "When batches change.", .default("continuous"),
      each: \.meaning)
    watermark = fields.share(
      "watermark", zeroAllowed: true,
      "The share of the KV blocks that is left free when a request joins running ones.",
      .default("0"))
    asyncScheduling =
      fields.flag(
        "async_scheduling",
        "A step is scheduled while the step before it runs. A request that arrives meanwhile joins the "
          + "step after both.",
        .default("the engine's of that version, true for the newest"))?.inVLLMsSense
    frontendLatency = fields.duration(
      "frontend_latency", upTo: Self.longestLatency, zeroAllowed: true,
      "From a client to the engine and back, in addition to all steps.",
      .default("the calibration's"))
    speculative = fields.fields(
      "speculative_config",
      "A drafter proposes tokens that the next step verifies. Without it, each request that decodes "
        + "computes a token a step."
    ).map { SpeculativeSection($0) }
    EngineDialect.declare(in: fields)
    if engine == .sglang || fields.isDeclaring { sglang = SGLangSection(fields) }
    if engine == .tensorRTLLM || fields.isDeclaring { tensorRTLLM = TensorRTLLMSection(fields) }
    fields.finish { EngineArgument.explanation(of: $0) }
  }
}
