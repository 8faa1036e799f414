import ServingSim

/// A fleet so near the most that it can do that the error to expect of its steps decides how long
/// requests wait.
struct NearLimit {
  /// By how much steps are longer.
  let share: Double
  /// Mean TTFT, as predicted and with such steps.
  let predicted: Double
  let slower: Double

  /// Waits grow out of proportion: by more than five times what the steps do, and by half at least.
  private static let leastGrowth = 0.5

  /// nil where they do not, where it was not tried, or where queues grow already.
  init?(_ metrics: Metrics) {
    guard metrics.queueGrowth?.isBacklog != true, let run = metrics.slower,
      let predicted = metrics.latency.timeToFirstToken?.mean,
      let slower = run.latencies[.timeToFirstToken]?.mean, predicted > 0
    else { return nil }
    let growth = slower / predicted - 1
    guard growth > max(5 * run.share, Self.leastGrowth) else { return nil }
    (share, self.predicted, self.slower) = (run.share, predicted, slower)
  }

  var sentence: String {
    "Near its limit: were all steps \(Figures.percent(share)) % longer, as they well may be, mean "
      + "TTFT would be \(TimeUnit.text(slower)) instead of \(TimeUnit.text(predicted))."
  }
}
