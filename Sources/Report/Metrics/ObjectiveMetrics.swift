package import ServingSim
import SimKernel

/// How far the run met its objectives. Judged are the requests that ended: one that was refused or
/// whose client gave up misses every objective, and one still under way has not been judged.
package struct ObjectiveMetrics: Hashable, Sendable {
  /// The objectives stated, by the run or its requests; none, nothing was asked for.
  package var stated: [Attainment]
  /// Requests that finished, were refused or were given up.
  package var judged: Int
  /// Of these, the ones that met every objective that they have; nil when none is stated.
  package var metAll: Int?

  init(tally: OutcomeTally) {
    let judged = tally.counts.finished + tally.counts.rejected + tally.counts.dropped
    self.judged = judged
    stated = tally.objectives.map {
      Attainment(
        objective: $0.objective, bound: $0.ofRun.map { Double($0.picoseconds) / 1e12 },
        judged: $0.judged, own: $0.own, met: $0.met,
        share: ratio(Double($0.met), Double($0.judged)))
    }
    metAll = stated.isEmpty ? nil : tally.metAll
  }

  /// The share of judged requests that met every objective; nil when none is stated or judged.
  package var share: Double? {
    metAll.flatMap { ratio(Double($0), Double(judged)) }
  }
}

/// One objective and how many requests met it.
package struct Attainment: Hashable, Sendable {
  package var objective: Objective
  /// The run's, in seconds; nil: only requests state their own.
  package var bound: Double?
  /// Requests that ended and have a limit.
  package var judged: Int
  /// Of these, the ones with a limit of their own.
  package var own: Int
  package var met: Int
  /// Of the requests judged; nil when there are none.
  package var share: Double?

  /// `500 ms`, `500 ms; 12 have their own`.
  var boundText: String {
    guard let bound else { return "their own" }
    return TimeUnit.text(bound) + (own > 0 ? "; \(Figures.count(own)) have their own" : "")
  }
}
