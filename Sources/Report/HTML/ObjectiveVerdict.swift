/// Whether a run meets its objectives, at a glance.
///
/// Objectives bound single requests, and some request always misses: met they are where 99 % of the
/// requests meet all of them. The errors to expect of the latencies can leave that open.
enum ObjectiveVerdict: Hashable {
  case met
  case missed
  /// The errors to expect reach from one side to the other.
  case tooClose

  /// The share of the requests that has to meet every objective.
  static let required = 0.99

  /// nil: no objective is stated, or no request was judged.
  init?(_ run: RunDigest) {
    guard let share = run.metrics.objectives.share else { return nil }
    self.init(share: share, within: run.attainmentWithinErrors)
  }

  /// `range` is what the share comes to with the errors that half of the predictions stay within.
  init(share: Double, within range: ClosedRange<Double>?) {
    let least = min(share, range?.lowerBound ?? share)
    let most = max(share, range?.upperBound ?? share)
    self = least >= Self.required ? .met : most < Self.required ? .missed : .tooClose
  }

  /// Colour alone would keep out who cannot tell it.
  var words: String {
    switch self {
    case .met: "Objectives met"
    case .missed: "Objectives missed"
    case .tooClose: "Too close to call"
    }
  }

  /// The class of the page's style.
  var tone: String {
    switch self {
    case .met: "good"
    case .missed: "bad"
    case .tooClose: "open"
    }
  }
}
