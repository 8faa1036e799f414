import ServingSim

extension Workload {
  /// Makes prompts `factor` times as long. Prompts that share text stay as they are: how much of what is
  /// added they would share is not known.
  mutating func scalePrompts(by factor: Double) {
    guard content == nil else { return }
    promptTokens = promptTokens.map { tokens in
      Int32(min(max(1, (Double(tokens) * factor).rounded()), 1e9))
    }
  }
}
