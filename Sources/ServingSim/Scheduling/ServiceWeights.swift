package import SimKernel

/// What a token counts for in the service that a line of requests has had. Whole numbers, since only how
/// they compare matters and sums of them are exact.
package struct ServiceWeights: Hashable, Sendable {
  /// A token of a prompt, counted when its request first joins the batch.
  package var input: Int
  /// A token of an answer, counted when it is there.
  package var output: Int

  package init(input: Int, output: Int) {
    precondition(input >= 0 && output >= 0, "service that is taken back")
    self.input = input
    self.output = output
  }
}

/// A line of requests that wait, as a batch policy sees it.
package struct WaitingLine: Sendable {
  /// Its rank.
  package var number: Int
  /// What it has had.
  package var service: Int64
  /// What each of the steps to come adds to that as long as the same requests decode.
  package var growth: Int64
  /// When its first request came to the replica, and which one that is.
  package var arrival: SimTime
  package var request: Int
}
