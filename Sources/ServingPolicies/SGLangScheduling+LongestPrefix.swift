package import ServingSim

/// `schedule_policy: lpm` (`_compute_prefix_matches` and `_sort_by_longest_prefix` in
/// `python/sglang/srt/managers/schedule_policy.py`, 0.5): whoever has the longest beginning of its text
/// in the prefix cache is first.
extension SGLangScheduling {
  /// In a longer queue all stay where they are.
  static let longestSortedQueue = 128
  /// `IN_BATCH_PREFIX_CACHING_CHECK_THRESHOLD`: whoever has more tokens in the cache is not compared
  /// with others.
  static let comparedUpTo = 32
  /// `IN_BATCH_PREFIX_CACHING_DEPRIORITIZE_THRESHOLD`: so many tokens in common with somebody before it
  /// put a request at the end, where it may find them in the cache later.
  static let sharedTokens = 32

  package func standings(of queue: borrowing QueueLine) -> [Int64]? {
    guard reorders, queue.findsPrefixes, queue.count <= Self.longestSortedQueue else { return nil }
    var begun: Set<TextBeginning> = []
    var standings: [Int64] = []
    for place in 0..<queue.count {
      let found = queue.foundTokens(place)
      let beginning =
        found <= Self.comparedUpTo ? queue.beginning(place, tokens: Self.sharedTokens) : nil
      let isRepeated = beginning.map { !begun.insert($0).inserted } ?? false
      standings.append(isRepeated ? .max : -Int64(min(found, queue.textTokens(place) - 1)))
    }
    return standings
  }
}
