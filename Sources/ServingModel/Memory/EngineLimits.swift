/// What an engine's share of memory is of.
package enum MemoryShare: Hashable, Sendable {
  /// Of all of it, for weights, work and KV cache: vLLM's `gpu_memory_utilization`.
  case all
  /// Of all of it, for weights and KV cache: SGLang's `mem_fraction_static`.
  case weightsAndCache
  /// Of what weights and work leave, for the KV cache: TensorRT-LLM's `free_gpu_memory_fraction`.
  case rest
}

/// The engine's settings that memory and step times depend on, under vLLM's names.
package struct EngineLimits: Hashable, Sendable {
  package var maxNumBatchedTokens: Int
  package var maxNumSeqs: Int
  package var blockSize: Int
  package var gpuMemoryUtilization: Double
  /// What that is a share of.
  package var memoryShare = MemoryShare.all
  /// No CUDA graphs, so no memory for them, and kernels that the host launches one by one.
  package var enforceEager = false
  /// The most sequences that a CUDA graph is captured for; nil: as many as run.
  package var mostCaptured: Int?
  /// The KV cache of an accelerator; nil: what `gpu_memory_utilization` leaves.
  package var kvCacheMemory: Bytes?
  /// States of linear layers are kept for later prompts, too.
  package var enablePrefixCaching = true
  package var release = VLLMRelease.newest

  /// Decode steps of more sequences have no CUDA graph.
  package var capturedSequences: Int { enforceEager ? 0 : mostCaptured ?? .max }

  /// The defaults are those of `vllm serve` on data-centre GPUs before they depended on these.
  package init(
    maxNumBatchedTokens: Int = 8192, maxNumSeqs: Int = 256, blockSize: Int = 16,
    gpuMemoryUtilization: Double = 0.9
  ) {
    self.maxNumBatchedTokens = maxNumBatchedTokens
    self.maxNumSeqs = maxNumSeqs
    self.blockSize = blockSize
    self.gpuMemoryUtilization = gpuMemoryUtilization
  }
}
