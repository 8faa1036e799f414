import ServingPolicies
package import ServingSim

/// The serving engines whose defaults are known; others keep their names.
package enum EngineFamily: Hashable, Sendable {
  case vllm
  case tensorRTLLM
  case sglang
  case other(String)

  /// From any spelling: `trtllm(Triton)`, `mlperf:TensorRT 10.2.0`, `vLLM 0.15.1`.
  package init(_ name: String) {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    if plain.contains("vllm") {
      self = .vllm
    } else if plain.contains("trtllm") || plain.contains("tensorrt") {
      self = .tensorRTLLM
    } else if plain.contains("sglang") {
      self = .sglang
    } else {
      self = .other(name)
    }
  }

  /// How it fills its batches.
  package var batchPolicy: any BatchPolicy {
    switch self {
    case .vllm, .other: FirstComeFirstServed()
    case .tensorRTLLM: GuaranteedNoEvict()
    case .sglang: SGLangScheduling()
    }
  }

  package var name: String {
    switch self {
    case .vllm: "vllm"
    case .tensorRTLLM: "tensorrt-llm"
    case .sglang: "sglang"
    case .other(let name): name
    }
  }
}
