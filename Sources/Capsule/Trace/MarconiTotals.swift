/// What is published of the trace that the original's experiments ran, whose rows are not public:
/// its totals and the hit ratios that it gave.
package enum MarconiTotals {
  package static let requests = 96_870
  package static let sessions = 3000
  package static let inputTokens = 1_041_916_164
  package static let outputTokens = 30_616_657
  /// The sum of n(n + 1) / 2 over outputs of n tokens, from the hours without a KV cache.
  package static let outputSteps = 15_152_622_575
  /// Of experiment 3, by the number of prompts that are kept (prefixes of 1024 tokens): the share of
  /// requests that hit, and the hours of prefill that are left, on one A10.
  package static let reuse: [(kept: Int, hits: Double, hours: Double)] = [
    (2, 0.0132, 122.83), (4, 0.0252, 121.78), (8, 0.0514, 119.41), (16, 0.1121, 113.31),
    (32, 0.2396, 97.48), (64, 0.5770, 43.21),
  ]
  /// The hours without a hit, and the seconds of each request that its length does not change.
  private static let prefillHours = 124.15
  private static let overheadSeconds = 0.025

  /// Mean seconds of computing a prompt, by how soon its session was used before: a row of `reuse`
  /// each for those that it is the first to hit, and one for those that none hits.
  static let computing: [Double] = {
    var (hits, hours) = (0.0, prefillHours)
    var means: [Double] = []
    for row in reuse + [(kept: requests, hits: 1, hours: 0)] {
      let saved = (hours - row.hours) * 3600
      means.append(saved / ((row.hits - hits) * Double(requests)) - overheadSeconds)
      (hits, hours) = (row.hits, row.hours)
    }
    return means
  }()
}
