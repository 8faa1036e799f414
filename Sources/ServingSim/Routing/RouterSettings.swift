package import SimKernel

/// The options of routers, each checked where it is read; those that a router does not have mean nothing.
package struct RouterSettings: Sendable {
  /// Of `consistent_hashing`: how many times the mean of its requests under way a replica may have, at
  /// least 1. KubeAI's `meanLoadFactor` is 125 % (`PrefixHash` in api/k8s/v1/model_types.go).
  package var loadFactor = 1.25
  /// Of `cache_aware`: the share of a prompt that has to have been sent to a replica to go there.
  package var cacheThreshold = 0.3
  /// Loads are unequal where the most is above the least by more than both: requests, and a factor.
  package var balanceAbsThreshold = 64
  package var balanceRelThreshold = 1.5
  package var evictionInterval = SimDuration.second * 60
  /// Tokens that are remembered for each replica, once texts have been evicted.
  package var maxTreeSize = 1 << 26
  /// Of `kv_aware`: what a block of prompt to compute costs, where a block in use costs 1.
  package var overlapScoreWeight = 1.0
  /// 0: the least cost wins.
  package var routerTemperature = 0.0
  /// Of `scorers`.
  package var scorers: [WeightedScorer] = []
  package var picker = PickerName.maxScore
  /// How old what routers see of replicas may be: figures are those of the last multiple of it; nil:
  /// they are always fresh.
  package var refreshInterval: SimDuration?

  package init() {}
}

/// The fields of `router` that only some routers have.
package enum RouterOption: String, CaseIterable, Sendable {
  case loadFactor = "load_factor"
  case cacheThreshold = "cache_threshold"
  case balanceAbsThreshold = "balance_abs_threshold"
  case balanceRelThreshold = "balance_rel_threshold"
  case evictionInterval = "eviction_interval"
  case maxTreeSize = "max_tree_size"
  case overlapScoreWeight = "overlap_score_weight"
  case routerTemperature = "router_temperature"
  case scorers
  case picker
}
