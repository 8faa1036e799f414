/// What the router `scorers` weighs: the scorers of endpoint pickers of the Gateway API Inference Extension
/// (pkg/epp/scheduling/framework/plugins/scorer, version 1.3) and of llm-d
/// (pkg/plugins/scorer of llm-d-inference-scheduler). Each gives from 0 to 1, the best 1.
package enum ScorerName: String, CaseIterable, Sendable {
  case prefixCache = "prefix_cache"
  case queue
  case kvCacheUtilization = "kv_cache_utilization"
  case runningRequests = "running_requests"
  case activeRequests = "active_requests"
  case sessionAffinity = "session_affinity"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .prefixCache: "the share of the prompt that the replica has cached"
    case .queue: "1 for the shortest queue, 0 for the longest"
    case .kvCacheUtilization: "the share of KV blocks that is free"
    case .runningRequests: "1 for the fewest running requests, 0 for the most"
    case .activeRequests:
      "1 for a replica without requests under way, 0 for the one with the most, by the router's own count"
    case .sessionAffinity: "1 for the replica that served the conversation last"
    }
  }
}

package struct WeightedScorer: Hashable, Sendable {
  package var scorer: ScorerName
  /// Above 0.
  package var weight: Double

  package init(_ scorer: ScorerName, weight: Double = 1) {
    self.scorer = scorer
    self.weight = weight
  }
}

/// How one is picked of the replicas with their scores.
package enum PickerName: String, CaseIterable, Sendable {
  case maxScore = "max_score"
  case weightedRandom = "weighted_random"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .maxScore: "the one with the highest score, any of equals"
    case .weightedRandom: "any, each as likely as its score says"
    }
  }
}
