import ServingSim
import SimKernel

/// Where a finished request's time goes, in seconds: means that add up to the mean E2E.
struct TimeParts: Hashable, Sendable {
  /// From arrival to the start of its first step.
  var queueing: Double
  /// From there to the first token.
  var prefill: Double
  /// From there to the last one, preemptions included.
  var decode: Double

  /// nil when none finished.
  init?(_ outcomes: [Outcome]) {
    var sums = (queueing: 0.0, prefill: 0.0, decode: 0.0)
    var count = 0.0
    for outcome in outcomes where outcome.status == .finished {
      let first = outcome.firstToken.picoseconds
      let scheduled = outcome.firstScheduled.picoseconds
      sums.queueing += Double(scheduled - outcome.arrival.picoseconds)
      sums.prefill += Double(first - scheduled)
      sums.decode += Double(outcome.finish.picoseconds - first)
      count += 1
    }
    guard count > 0 else { return nil }
    queueing = sums.queueing / count / 1e12
    prefill = sums.prefill / count / 1e12
    decode = sums.decode / count / 1e12
  }
}
