import ServingPolicies
import SimKernel

/// One policy of `admission`: which requests are refused as they arrive.
struct AdmissionSection: Sendable {
  var path: String
  var origin: Origin
  var policy: Stated<GateName>?
  var maxWaiting: Stated<Int>?
  /// A second.
  var rate: Stated<Double>?
  var burst: Stated<Int>?
  var unit: Stated<TokenBucketGate.Unit>?
  var scope: Stated<TokenBucketGate.Scope>?
  var queueDepthThreshold: Stated<Int>?
  var kvCacheUtilThreshold: Stated<Double>?
  var priorityBelow: Stated<Int>?
  var outputTokens: Stated<Int>?
  var retryAfter: Stated<SimDuration>?

  /// The policies of `admission`, which is one mapping or a list of them.
  static func all(_ root: Fields) -> [AdmissionSection] {
    let node = root.node(
      "admission", "a mapping, or a list of them",
      "Which requests are refused as they arrive. Without it, none are. The policies of a list are "
        + "asked one after the other, until one refuses.")
    guard let node else { return [] }
    guard case .list(let policies) = node.content else {
      return [AdmissionSection(root.below("admission", node))]
    }
    if policies.isEmpty {
      root.issues.add(node.origin, "admission", "an empty list; state one policy")
    }
    return root.elements(of: "admission", policies).map { AdmissionSection($0) }
  }

  private init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce("A refused request goes to no replica.")
    policy = fields.choice(
      "policy", of: GateName.self, "When a request is refused.",
      .required("what a request is refused by, like queue_limit"), each: \.meaning)
    maxWaiting = fields.wholeNumber(
      "max_waiting", in: 1...1_000_000,
      "Requests that may wait in the queue of one engine, for `queue_limit` alone.",
      .needed("with `queue_limit`"))
    readTokenBucket(fields)
    readSaturation(fields)
    outputTokens = fields.wholeNumber(
      "output_tokens", in: 1...1_000_000_000,
      "Tokens of the answer that have to be there by the deadline, for `deadline_shedding` alone.",
      .default("1, the fewest there can be"))
    retryAfter = fields.quantity(
      "retry_after", .duration, zeroAllowed: true,
      "What a refused client is told to wait before it tries again, as by HTTP's `Retry-After`. With "
        + "`token_bucket` it is told to wait until the bucket has enough, and so long at least. "
        + "Clients with `workload.retry` do. Not for `deadline_shedding`.",
      .default("it is told nothing"))
    if let policy { Self.check(policy, fields) }
    fields.finish()
  }

  private mutating func readTokenBucket(_ fields: Fields) {
    let only = "for `token_bucket` alone."
    rate = fields.quantity(
      "rate", .rate, "How much a bucket gains, \(only)", .needed("with `token_bucket`"))
    burst = fields.wholeNumber(
      "burst", in: 1...1_000_000_000_000,
      "How much a bucket holds, \(only) It is full when the run begins.",
      .needed("with `token_bucket`"))
    unit = fields.choice(
      "unit", of: TokenBucketGate.Unit.self, "What a request takes from the bucket, \(only)",
      .default("requests"), each: \.meaning)
    scope = fields.choice(
      "per", of: TokenBucketGate.Scope.self, "Who has a bucket together, \(only)",
      .default("all"), each: \.meaning)
  }

  private mutating func readSaturation(_ fields: Fields) {
    let only = "for `saturation` alone."
    let usual = "the Gateway API Inference Extension's"
    queueDepthThreshold = fields.wholeNumber(
      "queue_depth_threshold", in: 0...1_000_000,
      "A replica with more requests in its queue is saturated, \(only)", .default("5, \(usual)"))
    kvCacheUtilThreshold = fields.share(
      "kv_cache_util_threshold", zeroAllowed: true,
      "A replica with a larger share of its KV blocks in use is saturated, \(only)",
      .default("0.8, \(usual)"))
    priorityBelow = fields.wholeNumber(
      "priority_below", in: -1_000_000...1_000_000,
      "Requests with a lower priority are refused while all replicas are saturated, \(only) As in "
        + "traces a larger priority is more urgent; a request without one has 0.",
      .default("0, \(usual)"))
  }

  /// A policy has what it needs, and nothing that only others go by.
  private static func check(_ policy: Stated<GateName>, _ fields: Fields) {
    fields.checkOptions(of: policy, \.settings)
    let has = policy.value.settings
    if has.contains(.maxWaiting) {
      fields.require("max_waiting", "the requests that may wait at a replica, like 64")
    }
    if has.contains(.rate) { fields.require("rate", "what a bucket gains, like 10 /s") }
    if has.contains(.burst) { fields.require("burst", "what a bucket holds, like 20") }
  }
}
