import ServingModel
import ServingPolicies

/// The options that memory depends on, with SGLang's and TensorRT-LLM's defaults.
extension EngineLimits {
  init(
    sglang engine: EngineSection, on accelerator: Accelerator?, _ parallelism: Parallelism,
    path: String, lines: inout PlanLines
  ) {
    let own = engine.sglang
    let usual = EngineName.sglang.usual
    let memory = accelerator?.memory ?? .gibibytes(80)
    let byMemory = "\(EngineName.sglang.usual) for \(Int(memory.gibibytes.rounded())) GiB"
    let prefill = lines.resolve(
      own?.maxPrefillTokens, "\(path).max_prefill_tokens",
      default: SGLangScheduling.usualPrefillTokens, usual)
    let chunk = lines.resolve(
      own?.chunkedPrefillSize ?? engine.maxNumBatchedTokens, "\(path).chunked_prefill_size",
      default: SGLangDefaults.chunkedPrefillSize(memory), byMemory)
    let sequences = lines.resolve(
      engine.maxNumSeqs, "\(path).max_running_requests",
      default: SGLangDefaults.maxRunningRequests, usual)
    let pageSize = lines.resolve(engine.blockSize, "\(path).page_size", default: 1, usual)
    self.init(
      maxNumBatchedTokens: chunk > 0 ? chunk : prefill, maxNumSeqs: sequences, blockSize: pageSize)
    capture(engine, as: "\(path).disable_cuda_graph", usual, lines: &lines)
    let fraction = SGLangDefaults.memFractionStatic(
      memory, chunk: maxNumBatchedTokens, parallelism)
    take(engine.gpuMemoryUtilization, orShareOf: .weightsAndCache, &lines) {
      $0.resolve(own?.memFractionStatic, "\(path).mem_fraction_static", default: fraction, byMemory)
    }
  }

  init(tensorRTLLM engine: EngineSection, path: String, lines: inout PlanLines) {
    let usual = EngineName.tensorRTLLM.usual
    let tokens = lines.resolve(
      engine.maxNumBatchedTokens, "\(path).max_num_tokens", default: 8192, usual)
    let sequences = lines.resolve(
      engine.maxNumSeqs, "\(path).max_batch_size", default: min(2048, tokens), usual)
    let blockSize = lines.resolve(
      engine.blockSize, "\(path).tokens_per_block", default: 32, usual)
    self.init(maxNumBatchedTokens: tokens, maxNumSeqs: sequences, blockSize: blockSize)
    capture(engine, as: "\(path).enforce_eager", usual, lines: &lines)
    take(engine.gpuMemoryUtilization, orShareOf: .rest, &lines) {
      $0.resolve(
        engine.tensorRTLLM?.freeGPUMemoryFraction, "\(path).free_gpu_memory_fraction",
        default: 0.9, usual)
    }
  }

  /// `utilization`, vLLM's share, where it is stated; else the engine's own `fraction` of `share`.
  private mutating func take(
    _ utilization: Stated<Double>?, orShareOf share: MemoryShare, _ lines: inout PlanLines,
    fraction: (inout PlanLines) -> Double
  ) {
    lines.stated(utilization)
    if utilization == nil { memoryShare = share }
    gpuMemoryUtilization = utilization?.value ?? fraction(&lines)
  }
}
