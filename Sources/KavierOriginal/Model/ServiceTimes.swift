/// The original's analytic times of a GPU and a model, evaluated in its order so that the same bits
/// come out.
package struct ServiceTimes: Sendable {
  static let computeEfficiency = 0.30
  static let memoryEfficiency = 0.60
  static let prefillOverhead = 0.025

  private let flopsPerToken: Double
  private let effectiveFlops: Double
  private let secondsPerToken: Double
  private let repeatsPrompt: Bool
  private let prefillMakesFirst: Bool
  private let hasKVCache: Bool

  package init(
    _ gpu: OriginalGPU, _ model: OriginalModel, hasKVCache: Bool, _ behaviour: Behaviour
  ) {
    flopsPerToken = 2 * model.active
    effectiveFlops = gpu.peak * 1e12 * Self.computeEfficiency
    let computing = flopsPerToken / effectiveFlops
    let reading =
      OriginalModel.bytesPerValue * model.active / (gpu.bandwidth * 1e9 * Self.memoryEfficiency)
    secondsPerToken = max(computing, reading)
    self.hasKVCache = hasKVCache
    repeatsPrompt = behaviour.corrects(.prompt)
    prefillMakesFirst = behaviour.corrects(.firstToken)
  }

  /// Seconds until the prompt is computed.
  package func prefill(_ input: Int) -> Double {
    Self.prefillOverhead + Double(input) * flopsPerToken / effectiveFlops
  }

  /// Seconds that tokens of a prompt take beyond the overhead.
  func computing(_ tokens: Int) -> Double { Double(tokens) * flopsPerToken / effectiveFlops }

  /// Seconds for the output after a prompt.
  package func decode(_ output: Int, after input: Int) -> Double {
    let steps = prefillMakesFirst ? max(0, output - 1) : output
    guard !hasKVCache else { return Double(steps) * secondsPerToken }
    let prompts = repeatsPrompt ? Double(input) * Double(steps) : 0
    // n(n + 1) is whole and exact as in the original; only halves of it are not kept.
    return (Double(steps) * Double(steps + 1) / 2 + prompts) * secondsPerToken
  }
}
