package import ServingSim
import SimKernel

/// An objective of a run and how the run stands to it.
package struct JudgedObjective: Hashable, Sendable {
  package var objective: RunObjective
  /// In seconds, as a share, in grams or in `currency`. Infinite: so many requests got no answer that
  /// the percentile is one of them. nil: there is nothing to judge.
  package var value: Double?
  /// What nine of ten measurements are expected within, as far as that is known, together with what
  /// else is open: a range of prices, the end of requests under way. nil: the value alone.
  package var interval: ClosedRange<Double>?
  /// Whether the errors of such predictions are in `interval`, or there are none.
  package var isErrorKnown: Bool
  /// Requests that ended, and those of them that were refused or given up; nil for amounts.
  package var requests: Int?
  package var unanswered: Int?
  package var currency = ""
  /// The least and the greatest value over several seeds; nil: one was run.
  package var spread: ClosedRange<Double>?

  package var limit: Double {
    switch objective.target {
    case .latency(_, _, let limit): Double(limit.picoseconds) / 1e12
    case .goodput(let share): share
    case .cost(_, let limit), .carbon(_, let limit): limit
    }
  }

  /// Whether the value has to stay below the limit.
  package var isCeiling: Bool {
    if case .goodput = objective.target { false } else { true }
  }

  package var verdict: ObjectiveVerdict {
    ObjectiveVerdict(value, within: interval, limit: limit, isCeiling: isCeiling)
  }

  /// Whether the value itself is on the right side, whatever a measurement may come to.
  package var isMetAsPredicted: Bool {
    ObjectiveVerdict(value, within: nil, limit: limit, isCeiling: isCeiling) == .met
  }

  /// How far the value is on the right side of the limit, as a share of it; of a share, as a
  /// difference. Negative on the wrong side; nil: there is no finite value.
  package var margin: Double? {
    guard let value, value.isFinite else { return nil }
    return isCeiling ? (limit - value) / limit : value - limit
  }
}
