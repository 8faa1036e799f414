import ServingSim
import SimKernel

/// Prompts that one replica computed for another one. Times are in seconds.
package struct HandoverMetrics: Hashable, Sendable {
  /// How many were handed over, and how many of them arrived.
  package var prompts: Int
  package var arrived: Int
  /// Of those that arrived: from the prompt's end until the other replica had blocks for it, and from
  /// then until its KV entries were there.
  package var waiting: Spread?
  package var transfer: Spread?

  package struct Spread: Hashable, Sendable {
    package var mean: Double
    package var p50: Double
    package var p99: Double
    package var max: Double

    /// Of times in picoseconds; nil: of nothing.
    init?(_ times: [Instant]) {
      var times = times
      mean = Double(times.reduce(0, +)) / 1e12 / Double(times.count)
      guard let quantiles = Quantiles.select([0.5, 0.99, 1], in: &times) else { return nil }
      (p50, p99, max) = (quantiles[0] / 1e12, quantiles[1] / 1e12, quantiles[2] / 1e12)
    }
  }

  /// nil: there were none.
  init?(_ handoffs: [Handoff]) {
    guard !handoffs.isEmpty else { return nil }
    let done = handoffs.filter { !$0.arrived.isNever }
    prompts = handoffs.count
    arrived = done.count
    waiting = Spread(done.map { $0.started.picoseconds - $0.prefilled.picoseconds })
    transfer = Spread(done.map { $0.arrived.picoseconds - $0.started.picoseconds })
  }
}
