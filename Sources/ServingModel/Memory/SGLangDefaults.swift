/// What SGLang starts with when nobody says otherwise (`python/sglang/srt/server_args.py`, 0.5).
package enum SGLangDefaults {
  /// `chunked_prefill_size`, by the memory of an accelerator.
  package static func chunkedPrefillSize(_ memory: Bytes) -> Int {
    switch memory.gibibytes {
    case ..<35: 2048
    case ..<60: 4096
    case ..<160: 8192
    default: 16_384
    }
  }

  /// `mem_fraction_static`: what is left beside its work, activations of a chunk and CUDA graphs.
  package static func memFractionStatic(
    _ memory: Bytes, chunk: Int, _ parallelism: Parallelism
  ) -> Double {
    let total = memory.gibibytes * 1024
    let ranks = Double(parallelism.tensor * parallelism.pipeline)
    let graphs = Double(cudaGraphMaxBatch(memory, tensor: parallelism.tensor))
    var reserved = 512 + Double(max(chunk, 2048)) * 1.5 + graphs * 2 + ranks / 8 * 1024
    if total > 60 * 1024 { reserved = max(reserved, 10 * 1024) }
    return max(0.001, ((total - reserved) / total * 1000).rounded() / 1000)
  }

  /// `cuda_graph_max_bs`.
  private static func cudaGraphMaxBatch(_ memory: Bytes, tensor: Int) -> Int {
    switch memory.gibibytes {
    case ..<20: 8
    case ..<35: tensor < 4 ? 24 : 80
    case ..<60: tensor < 4 ? 32 : 160
    case ..<160: tensor < 4 ? 256 : 512
    default: 512
    }
  }

  /// `max_running_requests` where a model's context is long: the least that it chooses.
  package static let maxRunningRequests = 2048
}
