/// What ends the current span early, beside milestones and memory.
struct Horizon: BitwiseCopyable {
  /// Nobody who arrives now can join at the next step's end, only when a request ends. Steps need
  /// not be told apart then; a false `false` costs time, no more.
  private(set) var isClosed = false
  /// The most steps that the policy lets pass before it is asked again.
  private(set) var stepsToPolicy = Int.max
  /// Somebody has gone since the last step that decoded; for policies with a `newTokenRatio`.
  var hasSeenEnds = false
  /// More is to be seen to at the end of the current step than tokens: somebody is to
  /// be dropped, has missed the step, or ends with a prompt that began before others decoded.
  var needsCare = false

  /// Nobody waits; whoever arrives can join if there is a seat.
  @inline(__always)
  mutating func nobodyWaits(isFull: Bool) {
    isClosed = isFull
    stepsToPolicy = .max
  }

  /// The policy has decided.
  @inline(__always)
  mutating func decided(_ stability: Stability) {
    stepsToPolicy = .max
    switch stability {
    case .untilEnd: isClosed = true
    case .untilArrival: isClosed = false
    case .steps(let steps):
      precondition(steps > 0, "a batch policy that is to be asked again at once")
      isClosed = false
      stepsToPolicy = steps
    }
  }
}
