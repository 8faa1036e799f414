import ServingModel

/// The options that memory depends on, with vLLM's defaults of that release and accelerator.
extension EngineLimits {
  init(
    _ engine: EngineSection, release: VLLMRelease, of model: ModelArchitecture?,
    on accelerator: Accelerator?, path: String, lines: inout PlanLines
  ) {
    let utilization = Self.utilization(engine, release, path: path, lines: &lines)
    let batch = Self.batchDefaults(engine, release, model, accelerator)
    let sequences = lines.resolve(
      engine.maxNumSeqs, "\(path).max_num_seqs", default: batch.maxNumSeqs,
      "default: the \(batch.reason)")
    let tokens = lines.resolve(
      engine.maxNumBatchedTokens, "\(path).max_num_batched_tokens",
      default: batch.maxNumBatchedTokens, "default: the \(batch.reason)")
    let blockSize = lines.resolve(
      engine.blockSize, "\(path).block_size", default: 16, "default: vLLM's")
    self.init(
      maxNumBatchedTokens: tokens, maxNumSeqs: sequences, blockSize: blockSize,
      gpuMemoryUtilization: utilization)
    self.release = release
    capture(engine, as: "\(path).enforce_eager", EngineName.vllm.usual, lines: &lines)
    kvCacheMemory = Self.kvCacheMemory(engine, lines: &lines)
    if let swap = engine.swapSpace {
      lines.withoutEffect(swap, "preempted requests are computed again, as in vLLM V1")
    }
  }

  /// How many sequences have a CUDA graph.
  mutating func capture(
    _ engine: EngineSection, as eager: String, _ usual: String, lines: inout PlanLines
  ) {
    enforceEager = lines.resolve(engine.enforceEager, eager, default: false, usual)
    guard let most = engine.maxCUDAGraphCaptureSize else { return }
    guard !enforceEager else {
      return lines.withoutEffect(most, "enforce_eager captures none")
    }
    lines.stated(most)
    mostCaptured = most.value
  }

  /// A step has no more sequences than tokens, so a stated limit of tokens bounds the default.
  private static func batchDefaults(
    _ engine: EngineSection, _ release: VLLMRelease, _ model: ModelArchitecture?,
    _ accelerator: Accelerator?
  ) -> VLLMRelease.BatchDefaults {
    guard let accelerator else {
      return VLLMRelease.BatchDefaults(
        maxNumSeqs: 256, maxNumBatchedTokens: 8192,
        reason: "usual one; vLLM's varies by accelerator")
    }
    let context = engine.maxModelLen?.value ?? model?.maxContext ?? 0
    var batch = release.batchDefaults(on: accelerator, context: context)
    if let tokens = engine.maxNumBatchedTokens?.value, tokens < batch.maxNumSeqs {
      batch.maxNumSeqs = tokens
      batch.reason = "most that max_num_batched_tokens allows"
    }
    return batch
  }

  private static func utilization(
    _ engine: EngineSection, _ release: VLLMRelease, path: String, lines: inout PlanLines
  ) -> Double {
    let usual = release.gpuMemoryUtilization
    let others = [
      engine.numGPUBlocks.map { _ in "num_gpu_blocks says how large the KV cache is" },
      engine.kvCacheMemoryBytes.map { _ in "kv_cache_memory_bytes says how large the KV cache is" },
    ]
    guard let reason = others.compactMap(\.self).first else {
      return lines.resolve(
        engine.gpuMemoryUtilization, "\(path).gpu_memory_utilization", default: usual,
        "default: the one of vLLM \(release.countsCUDAGraphs ? "since" : "before") 0.21")
    }
    if let unused = engine.gpuMemoryUtilization { lines.withoutEffect(unused, reason) }
    return engine.gpuMemoryUtilization?.value ?? usual
  }

  private static func kvCacheMemory(_ engine: EngineSection, lines: inout PlanLines) -> Bytes? {
    guard let stated = engine.kvCacheMemoryBytes else { return nil }
    guard engine.numGPUBlocks == nil else {
      lines.withoutEffect(stated, "num_gpu_blocks says how large the KV cache is")
      return nil
    }
    lines.stated(stated)
    return stated.value
  }
}
