/// Whether an objective is met, as far as a prediction can tell.
package enum ObjectiveVerdict: String, CaseIterable, Sendable {
  case met
  case missed
  /// What is to be expected of a measurement reaches from one side of the limit to the other.
  case tooClose = "too_close"
  /// There is nothing to judge: no request ended, or the bill does not know the amount.
  case notJudged = "not_judged"

  /// `value` is held against `limit`, and so is the interval that measurements are expected in; nil:
  /// the value alone decides.
  init(_ value: Double?, within interval: ClosedRange<Double>?, limit: Double, isCeiling: Bool) {
    guard let value else {
      self = .notJudged
      return
    }
    func isMet(_ x: Double) -> Bool { isCeiling ? x <= limit : x >= limit }
    let ends = [interval?.lowerBound, interval?.upperBound, value].compactMap { $0 }
    self = ends.allSatisfy(isMet) ? .met : ends.contains(where: isMet) ? .tooClose : .missed
  }

  /// Of several objectives together: one that is missed decides, then one that is open.
  package init?(of verdicts: some Sequence<ObjectiveVerdict>) {
    let found = Set(verdicts)
    let order: [Self] = [.missed, .tooClose, .notJudged, .met]
    guard let worst = order.first(where: found.contains) else { return nil }
    self = worst
  }

  package var words: String {
    switch self {
    case .met: "met"
    case .missed: "missed"
    case .tooClose: "too close to call"
    case .notJudged: "not judged"
    }
  }

  /// The same where a column is narrow.
  var shortWords: String { self == .tooClose ? "too close" : words }

  /// The class of a page's style. Colour alone would keep out who cannot tell it.
  var tone: String {
    switch self {
    case .met: "good"
    case .missed: "bad"
    case .tooClose, .notJudged: "open"
    }
  }
}
