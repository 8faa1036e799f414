/// The engines that calibrations know, by the words of a scenario.
enum EngineName: String, CaseIterable, Sendable {
  case vllm
  case tensorRTLLM = "tensorrt-llm"
  case sglang

  /// In place of a version.
  static let newest = "newest"

  /// `0.15.1`: numbers with points between them, and whatever follows.
  static func isVersion(_ text: String) -> Bool {
    let numbers = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".")
    return text.first?.isNumber == true && numbers.count >= 2
  }
}
