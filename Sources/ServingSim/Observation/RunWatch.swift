/// Looks at a run while it goes on, now and then, and says whether to go on with it.
package struct RunWatch {
  private let isWorthIt: (UnsafeBufferPointer<Outcome>) -> Bool
  /// Requests that have to end before the next look.
  private var next: Int
  private let every: Int

  /// `isWorthIt` gets the outcomes as they stand, those of requests that have not ended among them.
  /// It is asked about 16 times in a run of `requests`.
  package init(requests: Int, isWorthIt: @escaping (UnsafeBufferPointer<Outcome>) -> Bool) {
    self.isWorthIt = isWorthIt
    every = max(1, requests / 16)
    next = every
  }

  mutating func goesOn(ended: Int, _ outcomes: UnsafeBufferPointer<Outcome>) -> Bool {
    guard ended >= next else { return true }
    next = ended + every
    return isWorthIt(outcomes)
  }
}
