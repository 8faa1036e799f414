package import ServingSim

/// The eviction policies that a scenario can name.
package enum EvictionPolicyName: String, CaseIterable, Sendable {
  case leastRecentlyUsed = "lru"
  case leastFrequentlyUsed = "lfu"

  /// nil: the order of the engine's own queue, which is that of last use.
  package var policy: (any EvictionPolicy)? {
    switch self {
    case .leastRecentlyUsed: nil
    case .leastFrequentlyUsed: LeastFrequentlyUsed()
    }
  }
}
