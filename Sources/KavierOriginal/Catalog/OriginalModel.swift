/// What the original knows of a model, as far as it counts: every value takes 2 bytes.
package struct OriginalModel: Sendable, Hashable {
  package var name: String
  package var parameters: Double
  /// Those that a token passes.
  package var active: Double

  static let bytesPerValue = 2.0
}

extension OriginalModel {
  /// The models of a release, in its order.
  package static func all(_ release: Release) -> [OriginalModel] {
    switch release {
    case .v0_1_0: first
    case .v0_5_3: first.filter { !dropped.contains($0.name) } + later
    }
  }

  private static let first: [OriginalModel] = [
    model("MPT-7B", 7), model("OPT-7B", 7), model("Llama-3-8B", 8), model("Granite-8B", 8),
    model("GPT-4o-mini", 8), model("Llama-2-13B", 13), model("Granite-20B", 20),
    model("MPT-30B", 30), model("OPT-30B", 30), model("OPT-175B", 175), model("BLOOM-176B", 176),
    model("o1", 300),
  ]

  private static let dropped: Set<String> = ["MPT-7B", "OPT-7B", "Granite-8B", "GPT-4o-mini", "o1"]

  private static let later: [OriginalModel] = [
    model("llama3.1-70b", 70), model("granite-3.1-3b-a800m-instruct", 3.3, active: 0.8),
    model("mistral-7b-v0.1", 7), model("mixtral-8x7b-instruct-v0.1", 47, active: 13),
    model("granite-3.3-8b", 8), model("llama3.2-3b", 3.21), model("granite-3-8b", 8.1),
    model("granite-3.1-8b-instruct", 8.1), model("granite-3.1-2b", 2.53), model("llama-7b", 6.7),
    model("llama-13b", 13), model("llama2-70b", 70), model("llama3-8b", 8),
    model("llama3-70b", 70), model("llama3.1-8b", 8), model("llama3.2-1b", 1.23),
    model("mistral-123b-v2", 123), model("allam-1-13b", 13), model("granite-13b-v2", 13),
    model("granite-20b-v2", 20), model("granite-7b-base", 6.7), model("granite-8b-japanese", 8),
    model("granite-8b-code-base", 8), model("granite-34b-code-base", 34),
    model("granite-3b-code-base-128k", 3.48), model("granite-4.0-h-small", 32, active: 9),
    model("granite-4.0-h-tiny", 7, active: 1), model("granite-4.0-h-micro", 3),
    model("granite-4.0-micro", 3), model("granite-4.0-h-1b", 1.5), model("granite-4.0-1b", 1.6),
    model("granite-4.0-350m", 0.35),
  ]

  /// Parameters in units of 10^9.
  private static func model(
    _ name: String, _ parameters: Double, active: Double? = nil
  ) -> OriginalModel {
    // Rounded: 3.3 times 10^9 is no whole number in floating point, but 3.3e9 is one.
    OriginalModel(
      name: name, parameters: (parameters * 1e9).rounded(),
      active: ((active ?? parameters) * 1e9).rounded())
  }
}
