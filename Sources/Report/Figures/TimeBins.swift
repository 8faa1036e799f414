import ServingSim
import SimKernel

/// A run's requests by when they arrived and when they ended, in a few dozen equal stretches.
struct TimeBins: Sendable {
  /// Of a stretch, in seconds.
  var length: Double
  var arrived: [Int]
  var finished: [Int]
  /// Finished and met every objective.
  var good: [Int]
  /// By the stretch in which the request arrived, in seconds; nil where none did.
  var latencies: [Latency: [BinQuantiles?]]

  var count: Int { arrived.count }

  struct BinQuantiles: Sendable {
    var p50: Double
    var p90: Double
    var p99: Double
  }

  /// Latencies that are drawn over time.
  static let drawn: [Latency] = [.timeToFirstToken, .timePerOutputToken, .endToEnd]

  init(_ run: FinishedRun) {
    let end = max(1, run.recording.end.picoseconds)
    let outcomes = run.recording.outcomes
    // Fewer than about 40 requests have no p90 worth drawing.
    let count = min(72, max(8, outcomes.count / 40))
    let width = end / Instant(count) + 1
    length = Double(width) / 1e12
    arrived = [Int](repeating: 0, count: count)
    finished = arrived
    good = arrived
    let limits = RequestLimits(run)
    latencies = [:]
    for (request, outcome) in outcomes.enumerated() where !outcome.arrival.isNever {
      arrived[place(of: outcome.arrival, width)] += 1
      guard outcome.status == .finished else { continue }
      let place = place(of: outcome.finish, width)
      finished[place] += 1
      if limits.areMet(by: outcome, of: request) { good[place] += 1 }
    }
    for latency in Self.drawn { latencies[latency] = quantiles(latency, outcomes, width: width) }
  }

  /// What happens at the very end counts with the last stretch.
  private func place(of time: SimTime, _ width: Instant) -> Int {
    min(Int(time.picoseconds / width), count - 1)
  }

  private func quantiles(
    _ latency: Latency, _ outcomes: [Outcome], width: Instant
  ) -> [BinQuantiles?] {
    var bins = [[Instant]](repeating: [], count: count)
    for (bin, arrived) in arrived.enumerated() { bins[bin].reserveCapacity(arrived) }
    for outcome in outcomes {
      guard let value = latency.value(outcome) else { continue }
      bins[place(of: outcome.arrival, width)].append(value)
    }
    return bins.indices.map { bin in
      guard let found = Quantiles.select([0.5, 0.9, 0.99], in: &bins[bin]) else { return nil }
      return BinQuantiles(p50: found[0] / 1e12, p90: found[1] / 1e12, p99: found[2] / 1e12)
    }
  }
}
