package import SimKernel

/// What has come to the replicas of a pool, and what they have answered, since its scaler last looked.
package struct PoolTraffic: Hashable, Sendable {
  /// Requests that were sent to one of them, and the tokens of their prompts.
  package var requests = 0
  package var promptTokens = 0
  /// Requests whose whole answer came, and the tokens of these answers.
  package var finished = 0
  package var outputTokens = 0
  /// Picoseconds between the first and the last tokens of these answers, together.
  package var decodeTime: Instant = 0

  package init() {}

  /// From one token of an answer to the next, in seconds; nil: no answer had two.
  package var interTokenLatency: Double? {
    let gaps = outputTokens - finished
    return gaps > 0 ? Double(decodeTime) * 1e-12 / Double(gaps) : nil
  }

  mutating func sent(promptTokens: Int) {
    requests += 1
    self.promptTokens += promptTokens
  }

  mutating func finished(_ outcome: Outcome) {
    finished += 1
    outputTokens += Int(outcome.outputTokens)
    decodeTime += outcome.finish.picoseconds - outcome.firstToken.picoseconds
  }
}
