package import ServingSim
package import SimKernel

/// The gates that refuse requests, by the words of a scenario. A new one is a case here and a line in
/// `meaning`, `settings` and `gate`.
package enum GateName: String, CaseIterable, Sendable {
  case queueLimit = "queue_limit"
  case tokenBucket = "token_bucket"
  case saturation
  case deadlineShedding = "deadline_shedding"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .queueLimit:
      "a request is refused when even the replica with the fewest requests has `max_waiting` of them "
        + "in its queue"
    case .tokenBucket: "requests are refused that come faster than `rate`, but for a `burst`"
    case .saturation:
      "requests of a low priority are refused while every replica has a long queue or little KV memory"
    case .deadlineShedding:
      "a request is refused when its deadline could not be met even if it were served alone"
    }
  }

  /// What a scenario can say for it.
  package var settings: Set<GateSetting> {
    switch self {
    case .queueLimit: [.maxWaiting, .retryAfter]
    case .tokenBucket: [.rate, .burst, .unit, .per, .retryAfter]
    case .saturation:
      [.queueDepthThreshold, .kvCacheUtilThreshold, .priorityBelow, .retryAfter]
    case .deadlineShedding: [.outputTokens]
    }
  }

  package func gate(_ values: GateSettings) -> any Gate {
    switch self {
    case .queueLimit:
      QueueLimitGate(limit: values.maxWaiting, retryAfter: values.retryAfter)
    case .tokenBucket:
      TokenBucketGate(
        rate: values.rate, burst: Double(values.burst), unit: values.unit, scope: values.scope,
        retryAfter: values.retryAfter)
    case .saturation:
      SaturationGate(
        queueDepthThreshold: values.queueDepthThreshold,
        kvCacheUtilThreshold: values.kvCacheUtilThreshold, priorityBelow: values.priorityBelow,
        retryAfter: values.retryAfter)
    case .deadlineShedding: DeadlineSheddingGate(outputTokens: values.outputTokens)
    }
  }
}

/// The fields of `admission` that tell one gate from another of its kind.
package enum GateSetting: String, CaseIterable, Sendable {
  case maxWaiting = "max_waiting"
  case rate
  case burst
  case unit
  case per
  case queueDepthThreshold = "queue_depth_threshold"
  case kvCacheUtilThreshold = "kv_cache_util_threshold"
  case priorityBelow = "priority_below"
  case outputTokens = "output_tokens"
  case retryAfter = "retry_after"
}

/// Their values, each checked where it is read; those that a gate does not ask for mean nothing.
package struct GateSettings: Sendable {
  /// Requests in a replica's queue, from 1.
  package var maxWaiting = 1
  /// A second, above 0.
  package var rate = 1.0
  /// From 1.
  package var burst = 1
  package var unit = TokenBucketGate.Unit.requests
  package var scope = TokenBucketGate.Scope.all
  package var queueDepthThreshold = SaturationGate.usual.queueDepthThreshold
  package var kvCacheUtilThreshold = SaturationGate.usual.kvCacheUtilThreshold
  package var priorityBelow = SaturationGate.usual.priorityBelow
  /// From 1.
  package var outputTokens = 1
  /// nil: who is refused is told nothing.
  package var retryAfter: SimDuration?

  package init() {}
}
