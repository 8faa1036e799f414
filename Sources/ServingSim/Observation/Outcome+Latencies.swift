import SimKernel

/// Latencies in picoseconds; nil when the request has not come so far.
extension Outcome {
  @inlinable
  package var timeToFirstToken: Int64? {
    firstToken.isNever ? nil : firstToken.picoseconds - arrival.picoseconds
  }

  /// (E2E - TTFT) / (output - 1), rounded down; nil also for a single token.
  @inlinable
  package var timePerOutputToken: Int64? {
    guard status == .finished, outputTokens > 1 else { return nil }
    return (finish.picoseconds - firstToken.picoseconds) / Int64(outputTokens - 1)
  }

  @inlinable
  package var endToEnd: Int64? {
    status == .finished ? finish.picoseconds - arrival.picoseconds : nil
  }

  @inlinable
  package var queueing: Int64? {
    firstScheduled.isNever ? nil : firstScheduled.picoseconds - arrival.picoseconds
  }
}
