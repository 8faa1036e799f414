package import SimKernel

/// How far a load is.
package struct LoadProgress: Sendable {
  package var total: Int
  package var ended = 0
  package var failed = 0
  package var running = 0
  package var timeToFirstToken = LogHistogram()
  /// Between parts of an answer, a value a token where the server counts.
  package var interTokenLatency = LogHistogram()
  /// From when requests were due to when they went out.
  package var lateness = LogHistogram()

  package init(total: Int) { self.total = total }

  mutating func take(_ record: RequestRecord) {
    ended += 1
    running -= 1
    if !record.isOK { failed += 1 }
    if let sent = record.sent {
      lateness.add(.nanosecond * Int(max(0, sent - record.scheduled)))
    }
    guard record.isOK, let first = record.firstToken else { return }
    timeToFirstToken.add(.nanosecond * Int(max(0, first - record.scheduled)))
    for (one, next) in zip(record.chunks, record.chunks.dropFirst()) {
      let tokens = max(1, next.tokens ?? 1)
      let gap = max(0, next.at - one.at) / tokens
      interTokenLatency.add(.nanosecond * Int(gap), times: tokens)
    }
  }
}
