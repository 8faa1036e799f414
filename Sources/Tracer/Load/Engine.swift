/// Which server answers: what it may be asked for beyond OpenAI's protocol.
package enum ServerEngine: String, CaseIterable, Sendable {
  case vLLM = "vllm"
  case sgLang = "sglang"
  case llamaCpp = "llama.cpp"
  /// Any other: nothing but OpenAI's protocol.
  case openAI = "openai"

  /// How its metrics begin.
  var metricPrefix: String? {
    switch self {
    case .vLLM: "vllm:"
    case .sgLang: "sglang:"
    case .llamaCpp: "llamacpp:"
    case .openAI: nil
    }
  }

  /// Whether it takes prompts as token ids and `ignore_eos`.
  package var takesTokenIDs: Bool { self != .openAI }

  /// Fields of a request's body beyond OpenAI's: a count of tokens with every part.
  var countingFields: String {
    switch self {
    case .vLLM, .sgLang:
      #","stream_options":{"include_usage":true,"continuous_usage_stats":true}"#
    case .llamaCpp:
      #","stream_options":{"include_usage":true},"timings_per_token":true,"cache_prompt":true"#
    case .openAI: #","stream_options":{"include_usage":true}"#
    }
  }
}
