/// The routers that a scenario can name.
package enum RouterPolicy: String, CaseIterable, Sendable {
  case roundRobin = "round_robin"
  case weightedRoundRobin = "weighted_round_robin"
  case leastOutstanding = "least_outstanding"
  case leastOutstandingTokens = "least_outstanding_tokens"
  case random = "random"
  case powerOfTwo = "power_of_two"
  case consistentHashing = "consistent_hashing"
  case sessionAffinity = "session_affinity"
  case prefixAffinity = "prefix_affinity"
  case cacheAware = "cache_aware"
  case kvAware = "kv_aware"
  case scorers = "scorers"
  case consolidate = "consolidate"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .roundRobin: "one replica after the other"
    case .weightedRoundRobin: "the same, each as often as `fleet.weight` says"
    case .leastOutstanding: "the replica with the fewest requests that have not ended"
    case .leastOutstandingTokens:
      "the replica with the fewest tokens in such requests: their prompts and their answers so far"
    case .random: "any replica"
    case .powerOfTwo: "the one of two random replicas that has fewer requests"
    case .consistentHashing:
      "the replica that a hash of the conversation says, or of the prompt's text, unless it has more "
        + "than `load_factor` times the mean of the requests"
    case .sessionAffinity: "the replica where the conversation began"
    case .prefixAffinity:
      "the replica where most of the prompt is cached, unless that replica is overloaded"
    case .cacheAware:
      "the replica where most of the prompt was sent before, as SGLang's router does; the one with the "
        + "fewest requests where that is little, or loads are unequal"
    case .kvAware:
      "the replica with the least to compute and the fewest KV blocks in use, as NVIDIA Dynamo's "
        + "router does"
    case .scorers: "the replica with the highest score by `scorers`, as llm-d's router does"
    case .consolidate:
      "the first replica that is switched on and has a seat free, so that the others can be off"
    }
  }

  /// Whether it goes by what is in the replicas' caches, or by what it believes is.
  package var knowsCaches: Bool {
    switch self {
    case .prefixAffinity, .cacheAware, .kvAware, .scorers: true
    default: false
    }
  }

  /// Whether it asks which replicas hold a chain of prompts.
  var asksForHolders: Bool { self == .prefixAffinity }

  /// The options that it has beside `refresh_interval`.
  package var options: Set<RouterOption> {
    switch self {
    case .consistentHashing: [.loadFactor]
    case .cacheAware:
      [
        .cacheThreshold, .balanceAbsThreshold, .balanceRelThreshold, .evictionInterval,
        .maxTreeSize,
      ]
    case .kvAware: [.overlapScoreWeight, .routerTemperature]
    case .scorers: [.scorers, .picker]
    default: []
    }
  }
}
