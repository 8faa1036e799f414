package import ServingModel
package import ServingSim
package import SimKernel

/// Limits a rate: a bucket holds `burst` at most, gains `rate` a second, and loses what a request that is
/// let in counts: 1, or the tokens of its prompt. A request that counts more than the bucket holds is
/// refused. Envoy's local rate limit (`token_bucket`), SGLang's router (`rate_limit_tokens_per_second`)
/// and LiteLLM's `rpm_limit` and `tpm_limit` are limits of this kind.
package struct TokenBucketGate: Gate {
  /// What a request counts.
  package enum Unit: String, CaseIterable, Sendable {
    case requests
    case promptTokens = "prompt_tokens"

    package var meaning: String {
      switch self {
      case .requests: "each request is 1"
      case .promptTokens: "each is as many as its prompt has tokens"
      }
    }
  }

  /// Who has a bucket together.
  package enum Scope: String, CaseIterable, Sendable {
    case all
    case tenant
    case serviceClass = "class"

    package var meaning: String {
      switch self {
      case .all: "one bucket for all requests"
      case .tenant: "one for each tenant, and one for those without"
      case .serviceClass: "one for each class of service, and one for those without"
      }
    }

    /// nil: nobody is told apart.
    package var label: RequestLabel? {
      switch self {
      case .all: nil
      case .tenant: .tenant
      case .serviceClass: .serviceClass
      }
    }
  }

  /// A second.
  package let rate: Double
  package let burst: Double
  package let unit: Unit
  package let scope: Scope
  /// Who is refused is told to come again when there is enough in the bucket, after that time at least;
  /// nil: it is told nothing.
  package let retryAfter: SimDuration?
  /// By the number of a label's word; -1: requests without one.
  private var buckets: [Int: Bucket] = [:]

  private struct Bucket {
    var level: Double
    /// When the level was that.
    var time: SimTime
  }

  package init(
    rate: Double, burst: Double, unit: Unit = .requests, scope: Scope = .all,
    retryAfter: SimDuration? = nil
  ) {
    precondition(rate > 0 && burst >= 1, "a bucket that nobody could take from")
    self.rate = rate
    self.burst = burst
    self.unit = unit
    self.scope = scope
    self.retryAfter = retryAfter
  }

  package mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision {
    let owner = scope.label.flatMap { request.traits[$0] } ?? -1
    let amount = unit == .requests ? 1 : Double(request.promptTokens)
    let level = level(of: owner, at: request.arrival)
    guard level >= amount else { return .refuse(retryAfter: wait(for: amount - level, amount)) }
    buckets[owner] = Bucket(level: level - amount, time: request.arrival)
    return .admit
  }

  /// In whole seconds, as HTTP's `Retry-After` has them (RFC 9110, 10.2.3).
  private func wait(for missing: Double, _ amount: Double) -> SimDuration? {
    guard let retryAfter, amount <= burst else { return nil }
    let seconds = min((missing / rate).rounded(.up), SimDuration.longest.seconds)
    return max(retryAfter, SimDuration(seconds: seconds))
  }

  private func level(of owner: Int, at time: SimTime) -> Double {
    guard let bucket = buckets[owner] else { return burst }
    let seconds = Double(time.picoseconds - bucket.time.picoseconds) / 1e12
    return min(burst, bucket.level + seconds * rate)
  }
}
