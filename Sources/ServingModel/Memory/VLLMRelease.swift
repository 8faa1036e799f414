/// A release of vLLM, as far as memory and defaults depend on it.
package struct VLLMRelease: Hashable, Comparable, Sendable {
  /// The number after `0.`: 15 for 0.15.1; a hundred for every whole version.
  package var number: Double

  /// The newest that is modelled.
  package static let newest = VLLMRelease(number: .infinity)

  private init(number: Double) { self.number = number }

  /// `0.15.1`; nil, and what has no number in it, is the newest.
  package init(_ version: String?) {
    number = version.flatMap(EngineEra.number) ?? .infinity
  }

  package static func < (a: VLLMRelease, b: VLLMRelease) -> Bool { a.number < b.number }

  /// The V1 engine became the default with 0.8.
  package var hasV1Engine: Bool { number >= 8 }

  /// Layers of several kinds share pages (hybrid KV cache manager, vllm/v1/core/kv_cache_utils.py)
  /// since 0.10; before, every layer keeps the whole context.
  package var sharesPages: Bool { number >= 10 }

  /// States of linear layers are kept at block boundaries for the prefix cache
  /// (`mamba_cache_mode: align`, vllm/config/cache.py) without being asked for since 0.21: two blocks
  /// a sequence, not one (0.19 printed what one comes to, issue 40691).
  package var alignsStates: Bool { number >= 21 }

  /// "GPU KV cache size" is what requests of full length hold since 0.21; before, the pool divided by
  /// its groups (issues 40691 and 43308).
  package var printsFullRequests: Bool { number >= 21 }

  /// The graphs that will be captured come off the KV cache since 0.21
  /// (`VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS`, vllm/v1/worker/gpu_worker.py).
  package var countsCUDAGraphs: Bool { number >= 21 }

  /// The default of `gpu_memory_utilization` (vllm/config/cache.py): 0.92 since 0.21, when graphs
  /// came into the sum.
  package var gpuMemoryUtilization: Double { countsCUDAGraphs ? 0.92 : 0.9 }
}

extension VLLMRelease {
  /// How many sequences and tokens a step has when nobody says.
  package struct BatchDefaults: Hashable, Sendable {
    package var maxNumSeqs: Int
    package var maxNumBatchedTokens: Int
    /// Why, in a phrase.
    package var reason: String

    package init(maxNumSeqs: Int, maxNumBatchedTokens: Int, reason: String) {
      self.maxNumSeqs = maxNumSeqs
      self.maxNumBatchedTokens = maxNumBatchedTokens
      self.reason = reason
    }
  }

  /// The defaults of `vllm serve` on `accelerator` (`get_batch_defaults` in vllm/engine/arg_utils.py;
  /// before 0.8 `_set_default_args`), for a model with a context of `context` tokens.
  package func batchDefaults(on accelerator: Accelerator, context: Int) -> BatchDefaults {
    guard hasV1Engine else {
      // V0 prefilled in chunks by itself only beyond 32,768 tokens of context.
      return context > 32_768
        ? BatchDefaults(
          maxNumSeqs: 256, maxNumBatchedTokens: 2048,
          reason: "one of vLLM before 0.8 beyond a context of 32768")
        : BatchDefaults(
          maxNumSeqs: 256, maxNumBatchedTokens: max(context, 2048),
          reason: "one of vLLM before 0.8, the context in one piece")
    }
    let isLarge = accelerator.memory.gibibytes >= 70
    // From 0.9: large steps slow an A100 down (pull request 17885).
    let isExcepted = accelerator.id.hasPrefix("a100") && number >= 9
    if isLarge && !isExcepted {
      return BatchDefaults(
        maxNumSeqs: 1024, maxNumBatchedTokens: 8192, reason: "one of vLLM from 70 GiB of memory on")
    }
    return BatchDefaults(
      maxNumSeqs: 256, maxNumBatchedTokens: 2048,
      reason: isLarge ? "one of vLLM on an A100" : "one of vLLM below 70 GiB of memory")
  }
}
