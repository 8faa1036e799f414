import ServingSim
import SimKernel

/// How long finished requests took.
package struct LatencyMetrics: Hashable, Sendable {
  /// Time to first token: from arrival to the end of the step that yielded it.
  package var timeToFirstToken: Distribution?
  /// Gaps between neighbouring tokens, one value a gap; quantiles to 0.2 %.
  package var interToken: Distribution?
  /// Mean gap of each request that has more than one token.
  package var timePerOutputToken: Distribution?
  /// From arrival to the last token.
  package var endToEnd: Distribution?
  /// From arrival to the start of the first step that worked on the request.
  package var queueing: Distribution?

  init(of recording: Recording) {
    // One column at a time: four at once would take four times the memory.
    var column: [Instant] = []
    column.reserveCapacity(recording.outcomes.count)
    func distribution(_ latency: (Outcome) -> Instant?) -> Distribution? {
      column.removeAll(keepingCapacity: true)
      for i in 0..<recording.outcomes.count {
        let outcome = recording.outcomes[i]
        guard outcome.status == .finished, let value = latency(outcome) else { continue }
        column.append(value)
      }
      return Distribution(picoseconds: &column)
    }
    timeToFirstToken = distribution { $0.timeToFirstToken }
    timePerOutputToken = distribution { $0.timePerOutputToken }
    endToEnd = distribution { $0.endToEnd }
    queueing = distribution { $0.queueing }
    interToken = Distribution(recording.interTokenLatencies)
  }
}

/// A set of durations in figures, in seconds, to the picosecond.
package struct Distribution: Hashable, Sendable {
  package var mean: Double
  package var p50: Double
  package var p90: Double
  package var p95: Double
  package var p99: Double
  package var max: Double
  /// How many values lie in each of `shapeParts` equal parts of the way from 0 to p99.
  package var shape: [Int]

  package static let shapeParts = 40

  /// Exact; nil when there are no values. Reorders them.
  init?(picoseconds values: inout [Instant]) {
    guard let found = Quantiles.select([0.5, 0.9, 0.95, 0.99, 1], in: &values) else { return nil }
    let total = values.reduce(0, +)
    self.init(
      mean: Double(total) / Double(values.count), quantiles: found,
      shape: Self.shape(upTo: found[3], values.lazy.map { ($0, 1) }))
  }

  /// To the histogram's resolution; nil when it is empty.
  init?(_ histogram: LogHistogram) {
    guard let mean = histogram.mean else { return nil }
    let found = [0.5, 0.9, 0.95, 0.99].compactMap { histogram.quantile($0) }
    self.init(
      mean: mean, quantiles: found + [Double(histogram.greatest)],
      shape: Self.shape(
        upTo: found[3],
        histogram.counts.indices.lazy.filter { histogram.counts[$0] > 0 }.map {
          (Instant(LogHistogram.lowerBound(of: $0)), Int(histogram.counts[$0]))
        }))
  }

  private static func shape(
    upTo most: Double, _ values: some Sequence<(value: Instant, count: Int)>
  ) -> [Int] {
    var shape = [Int](repeating: 0, count: shapeParts)
    let scale = most > 0 ? Double(shapeParts) / most : 0
    for (value, count) in values where Double(value) <= most {
      shape[min(Int(Double(value) * scale), shapeParts - 1)] += count
    }
    return shape
  }

  private init(mean: Double, quantiles: [Double], shape: [Int]) {
    self.shape = shape
    self.mean = Self.seconds(mean)
    p50 = Self.seconds(quantiles[0])
    p90 = Self.seconds(quantiles[1])
    p95 = Self.seconds(quantiles[2])
    p99 = Self.seconds(quantiles[3])
    max = Self.seconds(quantiles[4])
  }

  /// A whole picosecond divided, unlike one multiplied by 1e-12, is the number nearest to its
  /// decimal fraction, and prints as that.
  private static func seconds(_ picoseconds: Double) -> Double { picoseconds.rounded() / 1e12 }
}
