/// What is published of the trace that the original's experiments ran, whose rows are not public:
/// its totals and the hit ratios that it gave.
package enum MarconiTotals {
  package static let requests = 96_870
  package static let sessions = 3000
  package static let inputTokens = 1_041_916_164
  package static let outputTokens = 30_616_657
  /// The sum of n(n + 1) / 2 over outputs of n tokens, from the hours without a KV cache.
  package static let outputSteps = 15_152_622_575
  /// Share of requests that hit, by the number of prompts that are kept (prefixes of 1024 tokens).
  package static let hitRatios: [(kept: Int, share: Double)] = [
    (2, 0.0132), (4, 0.0252), (8, 0.0514), (16, 0.1121), (32, 0.2396), (64, 0.5770),
  ]
}
