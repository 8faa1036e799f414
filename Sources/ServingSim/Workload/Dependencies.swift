package import SimKernel

/// Requests that are sent when others have ended.
package struct Dependencies: Sendable {
  /// How many requests each one waits for; 0: it has an arrival or belongs to the closed loop.
  package var waitsFor: [Int32]
  /// The requests that wait for request i: `dependents[firstDependent[i]..<firstDependent[i+1]]`,
  /// ascending.
  package var firstDependent: [Int32]
  package var dependents: [Int32]
  /// From the end of the last request waited for to this one's arrival.
  package var thinkTimes: [SimDuration]

  package init(
    waitsFor: [Int32], firstDependent: [Int32], dependents: [Int32], thinkTimes: [SimDuration]
  ) {
    precondition(
      firstDependent.count == waitsFor.count + 1 && thinkTimes.count == waitsFor.count,
      "dependencies' columns differ in length")
    self.waitsFor = waitsFor
    self.firstDependent = firstDependent
    self.dependents = dependents
    self.thinkTimes = thinkTimes
  }
}

/// Clients that send their next request when one has ended.
package struct ClosedLoop: Hashable, Sendable {
  package var concurrency: Int
  /// From an end to the next request.
  package var thinkTime: SimDuration

  package init(concurrency: Int, thinkTime: SimDuration = .zero) {
    precondition(concurrency > 0, "a closed loop without clients")
    self.concurrency = concurrency
    self.thinkTime = thinkTime
  }
}
