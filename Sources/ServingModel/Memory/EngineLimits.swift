/// The engine's settings that memory and step times depend on, under vLLM's names.
package struct EngineLimits: Hashable, Sendable {
  package var maxNumBatchedTokens: Int
  package var maxNumSeqs: Int
  package var blockSize: Int
  package var gpuMemoryUtilization: Double
  /// No CUDA graphs, so no memory for them.
  package var enforceEager = false
  /// The KV cache of an accelerator; nil: what `gpu_memory_utilization` leaves.
  package var kvCacheMemory: Bytes?
  /// States of linear layers are kept for later prompts, too.
  package var enablePrefixCaching = true
  package var release = VLLMRelease.newest

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
