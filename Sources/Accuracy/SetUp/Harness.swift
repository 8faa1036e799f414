import ServingModel

/// Whose server settings and load generator a measurement was taken with, by its source. What they
/// were is mostly not stated, but the same ones recur.
enum Harness {
  static func name(of source: String) -> String? {
    let known: [(part: String, name: String)] = [
      ("InferenceX-app", "inferencex-app"), ("InferenceX", "inferencex"),
      ("auto-gap-analysis", "nvidia"),
      ("inference-sim", "inference-sim"), ("ml-energy", "ml-energy"), ("mlcommons", "mlperf"),
      ("LLM-Inference-Bench", "llm-inference-bench"), ("perf-overview", "trtllm-bench"),
      ("ray-serve", "ray-serve"),
    ]
    return known.first { source.contains($0.part) }?.name
  }
}

extension MeasuredCase {
  /// Tokens that a decode step yields. InferenceX runs DeepSeek-R1 on TensorRT-LLM with and without
  /// multi-token prediction and its rows do not say which; those of two images are 1.45 times as
  /// fast as the others at every load (the rows under DeepSeek-V3's name are those without).
  func tokensPerStep(
    _ engine: EngineFamily, _ model: ModelArchitecture, _ assumptions: inout [String]
  ) -> Double {
    guard engine == .tensorRTLLM, source.contains("InferenceX"),
      huggingFaceID?.hasSuffix("DeepSeek-R1") == true,
      ["1.1.0rc2.post2", "1.2.0rc6.post3"].contains(engineVersion)
    else { return 1 }
    assumptions.append("multi-token prediction taken to be on: 1.45 tokens a step")
    return 1.45
  }
}
