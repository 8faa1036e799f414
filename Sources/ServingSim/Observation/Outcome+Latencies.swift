package import SimKernel

/// Latencies in picoseconds; nil when the request has not come so far.
extension Outcome {
  /// That which `objective` bounds.
  package func latency(of objective: Objective) -> Instant? {
    switch objective {
    case .timeToFirstToken: timeToFirstToken
    case .timePerOutputToken: timePerOutputToken
    case .endToEnd: endToEnd
    }
  }

  @inlinable
  package var timeToFirstToken: Instant? {
    firstToken.isNever ? nil : firstToken.picoseconds - arrival.picoseconds
  }

  /// (E2E - TTFT) / (output - 1), rounded down; nil also for a single token.
  @inlinable
  package var timePerOutputToken: Instant? {
    guard status == .finished, outputTokens > 1 else { return nil }
    return (finish.picoseconds - firstToken.picoseconds) / Instant(outputTokens - 1)
  }

  @inlinable
  package var endToEnd: Instant? {
    status == .finished ? finish.picoseconds - arrival.picoseconds : nil
  }

  @inlinable
  package var queueing: Instant? {
    firstScheduled.isNever ? nil : firstScheduled.picoseconds - arrival.picoseconds
  }
}
