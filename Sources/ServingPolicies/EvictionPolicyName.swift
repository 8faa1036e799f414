package import ServingSim

/// The eviction policies that a scenario can name.
package enum EvictionPolicyName: String, CaseIterable, Sendable {
  case leastRecentlyUsed = "lru"
  case leastFrequentlyUsed = "lfu"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .leastRecentlyUsed: "those that were used least recently"
    case .leastFrequentlyUsed: "those of the text that the fewest requests found, as in SGLang"
    }
  }

  /// nil: the order of the engine's own queue, which is that of last use.
  package var policy: (any EvictionPolicy)? {
    switch self {
    case .leastRecentlyUsed: nil
    case .leastFrequentlyUsed: LeastFrequentlyUsed()
    }
  }
}
