package import SimKernel

/// What clients do when a request of theirs has failed: they send it again, after a while. Fields are
/// gRPC's retry policy (gRFC A6).
package struct RetryPolicy: Hashable, Sendable {
  /// Why a client sends a request again.
  package enum Reason: String, CaseIterable, Sendable {
    case failed
    case refused
    case timedOut = "timed_out"

    /// What the scenario reference says of it.
    package var meaning: String {
      switch self {
      case .failed: "its replica was lost before the answer was whole"
      case .refused: "admission refused it"
      case .timedOut: "its client gave up (`client_timeout`)"
      }
    }
  }

  /// The first one included; 2 to `mostAttempts`.
  package var maxAttempts: Int
  package var reasons: Set<Reason>
  /// From the failure of an attempt to the next one: at first `initialBackoff`, each time
  /// `multiplier` times as long, at most `maxBackoff`; up to the share `jitter` more or less.
  package var initialBackoff: SimDuration
  package var maxBackoff: SimDuration
  package var multiplier: Double
  package var jitter: Double
  /// nil: however many attempts fail.
  package var throttling: Throttling?

  /// All clients together stop sending again while too many attempts fail: each that fails takes a
  /// token, each that succeeds gives `ratio` of one back, and nobody retries while half of the tokens
  /// or fewer are there.
  package struct Throttling: Hashable, Sendable {
    package var maxTokens: Int
    /// Thousandths of a token.
    package var ratio: Int

    package init(maxTokens: Int, ratio: Int) {
      self.maxTokens = maxTokens
      self.ratio = ratio
    }
  }

  package static let mostAttempts = 100

  package init(
    maxAttempts: Int, reasons: Set<Reason>, initialBackoff: SimDuration, maxBackoff: SimDuration,
    multiplier: Double = 1, jitter: Double = 0, throttling: Throttling? = nil
  ) {
    precondition((1...Self.mostAttempts).contains(maxAttempts), "so many attempts")
    precondition(multiplier >= 1 && jitter >= 0 && jitter <= 1, "a backoff that shrinks")
    self.maxAttempts = maxAttempts
    self.reasons = reasons
    self.initialBackoff = initialBackoff
    self.maxBackoff = maxBackoff
    self.multiplier = multiplier
    self.jitter = jitter
    self.throttling = throttling
  }

  /// From the end of attempt `attempt`, counted from 1, of a request to the next one.
  package func backoff(after attempt: Int, of request: Int, seed: UInt64) -> SimDuration {
    var seconds = initialBackoff.seconds
    for _ in 1..<attempt { seconds = min(seconds * multiplier, maxBackoff.seconds) }
    seconds = min(seconds, maxBackoff.seconds)
    if jitter > 0 {
      let entity = UInt64(request) << 8 | UInt64(attempt)
      var random = RandomStream(seed: seed, .retries, index: entity)
      seconds *= 1 + jitter * (2 * random.uniform() - 1)
    }
    return min(SimDuration(seconds: min(seconds, SimDuration.longest.seconds)), .longest)
  }
}
