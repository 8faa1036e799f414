import TextAndBytes

/// What SGLang and TensorRT-LLM call options that `engine` has under vLLM's names and that mean the
/// same: with the engine's `name`, either is accepted.
struct EngineDialect: Sendable {
  /// The engine's names, by vLLM's.
  let names: [String: String]
  /// Of these, those whose true is vLLM's false.
  static let inverted: Set<String> = [
    "disable_radix_cache", "disable_overlap_schedule", "disable_overlap_scheduler",
  ]

  init(_ engine: EngineName) {
    switch engine {
    case .vllm: names = [:]
    case .sglang: names = Self.sglang
    case .tensorRTLLM: names = Self.tensorRTLLM
    }
  }

  /// Declares the names of all engines, those of vLLM having been declared.
  static func declare(in fields: Fields) {
    for engine in EngineName.allCases {
      for (option, name) in EngineDialect(engine).names.sorted(by: { $0.value < $1.value }) {
        let sense = inverted.contains(name) ? "the opposite of" : "its name of"
        fields.declare(otherName: name, of: option, "\(engine.title): \(sense) `\(option)`.")
      }
    }
  }

  /// `python/sglang/srt/server_args.py`, 0.5.
  private static let sglang = [
    "tensor_parallel_size": "tp_size", "pipeline_parallel_size": "pp_size",
    "data_parallel_size": "dp_size", "max_num_seqs": "max_running_requests",
    "max_model_len": "context_length", "block_size": "page_size",
    "enable_prefix_caching": "disable_radix_cache",
    "enforce_eager": "disable_cuda_graph", "max_cudagraph_capture_size": "cuda_graph_max_bs",
    "async_scheduling": "disable_overlap_schedule", "eviction_policy": "radix_eviction_policy",
  ]

  /// `tensorrt_llm/llmapi/llm_args.py`, 1.0.
  private static let tensorRTLLM = [
    "max_num_seqs": "max_batch_size", "max_num_batched_tokens": "max_num_tokens",
    "max_model_len": "max_seq_len", "block_size": "tokens_per_block",
    "enable_prefix_caching": "enable_block_reuse",
    "async_scheduling": "disable_overlap_scheduler",
  ]
}

extension Stated<Bool> {
  /// The same under vLLM's name, where the user wrote an option that says the opposite.
  var inVLLMsSense: Stated<Bool> {
    var stated = self
    let name = path.split(separator: ".").last.map(String.init) ?? path
    if EngineDialect.inverted.contains(name) { stated.value.toggle() }
    return stated
  }
}
