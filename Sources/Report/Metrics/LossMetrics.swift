import ServingSim

/// What failed, what was sent again, and what was done in vain.
package struct LossMetrics: Hashable, Sendable {
  /// How often an engine lost what it had, and seconds in which engines were down, over all of them.
  package var failures: Int
  package var downTime: Double
  /// Attempts at requests after the first.
  package var retries: Int
  /// How often a request went on at another replica when its own was lost.
  package var migrations: Int
  /// Attempts that were worked on and dropped, and the tokens that were computed for them.
  package var attempts: Int
  package var promptTokens: Int
  package var outputTokens: Int
  /// The share of these among all tokens that were computed; nil: none were.
  package var share: Double?

  /// nil: there is nothing of it.
  init?(of recording: Recording, retries: Int) {
    self.retries = retries
    failures = recording.replicas.reduce(0) { $0 + $1.failures }
    downTime = recording.replicas.reduce(0) { $0 + Double($1.downTime) } / 1e12
    migrations = recording.replicas.reduce(0) { $0 + $1.migrations }
    attempts = recording.lost.count
    promptTokens = recording.lost.reduce(0) { $0 + Int($1.promptTokens) }
    outputTokens = recording.lost.reduce(0) { $0 + Int($1.outputTokens) }
    guard failures > 0 || retries > 0 || migrations > 0 || attempts > 0 else { return nil }
    // A prompt yields the first token of its answer.
    let later = recording.lost.reduce(0) { $0 + max(0, Int($1.outputTokens) - 1) }
    share = ratio(Double(promptTokens + later), recording.computedTokens)
  }
}

extension Recording {
  fileprivate var computedTokens: Double {
    replicas.reduce(0) { sum, replica in
      replica.windows.reduce(sum) {
        $0 + $1.prefillSteps.prefillTokens + $1.decodedTokens
      }
    }
  }
}
