import SimKernel

/// Requests that are sent again, and the tokens that all retries share.
struct Retries {
  private let policy: RetryPolicy?
  private let seed: UInt64
  /// Whether anybody sends anything again.
  let areMade: Bool
  /// When the attempt of a request begins that is not its first.
  private var starts: [Int32: Instant] = [:]
  /// When requests come again whose clients have given up and that their replicas still have.
  private var waiting: [Int32: Instant] = [:]
  /// Thousandths.
  private var tokens: Int

  init(_ policy: RetryPolicy?, seed: UInt64) {
    self.policy = policy
    self.seed = seed
    areMade = policy != nil
    tokens = 1000 * (policy?.throttling?.maxTokens ?? 0)
  }

  /// An attempt at request `number`, the `attempt`th, has failed. From then to when it is sent
  /// again; nil: it is not. `retryAfter`: its client was told to wait so long.
  mutating func failed(
    _ number: Int, attempt: Int, _ reason: RetryPolicy.Reason, retryAfter: SimDuration? = nil
  ) -> Instant? {
    guard let policy else { return nil }
    if policy.throttling != nil { tokens = max(0, tokens - 1000) }
    guard policy.reasons.contains(reason), attempt < policy.maxAttempts, hasTokens(policy)
    else { return nil }
    let backoff = policy.backoff(after: attempt, of: number, seed: seed)
    return Instant(max(backoff, retryAfter ?? .zero).picoseconds)
  }

  private func hasTokens(_ policy: RetryPolicy) -> Bool {
    policy.throttling.map { 2 * tokens > 1000 * $0.maxTokens } ?? true
  }

  mutating func succeeded() {
    guard let throttling = policy?.throttling else { return }
    tokens = min(tokens + throttling.ratio, 1000 * throttling.maxTokens)
  }

  /// The present attempt at request `number` begins at `time`.
  mutating func begins(_ number: Int, at time: Instant) { starts[Int32(number)] = time }

  /// When the present attempt began or will; nil: it is the first.
  func start(of number: Int) -> Instant? { starts[Int32(number)] }

  /// Request `number` comes again at `time`, or when its replica has dropped it.
  mutating func awaitDrop(_ number: Int, until time: Instant) { waiting[Int32(number)] = time }

  /// Its replica has dropped it, or its client has gone for good: when it was to come again; nil: it was not.
  mutating func takeAwaited(_ number: Int) -> Instant? {
    waiting.isEmpty ? nil : waiting.removeValue(forKey: Int32(number))
  }
}
