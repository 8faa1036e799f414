import ServingSim
import SimKernel

/// How long requests waited for their first step: those that arrived in the first tenth of the time
/// in which requests arrive, and those of the last tenth.
package struct QueueGrowth: Hashable, Sendable {
  /// Mean seconds in the queue.
  package var first: Double
  package var last: Double
  /// Mean seconds from the first step to the end, of all.
  package var service: Double

  /// nil when one of the tenths has fewer than ten requests that finished, or requests were held,
  /// which is no queue.
  init?(_ recording: Recording) {
    guard recording.held.isEmpty else { return nil }
    let finished = recording.outcomes.lazy.filter { $0.status == .finished }
    let end = finished.map(\.arrival.picoseconds).max() ?? 0
    var (first, last, service) = (Mean(), Mean(), Mean())
    for outcome in finished {
      guard let waited = outcome.queueing, let endToEnd = outcome.endToEnd else { continue }
      let arrival = outcome.arrival.picoseconds
      if arrival <= end / 10 { first.add(waited) }
      if arrival > end - end / 10 { last.add(waited) }
      service.add(endToEnd - waited)
    }
    guard first.count >= 10, last.count >= 10 else { return nil }
    (self.first, self.last, self.service) = (first.value, last.value, service.value)
  }

  /// What a fleet looks like that does not keep up with its load: who comes last waits longest, and
  /// for longer than being served takes.
  package var isBacklog: Bool { last > 3 * first && last > service }
}

/// Of picoseconds, in seconds.
private struct Mean {
  private(set) var count = 0
  private var sum = 0.0

  var value: Double { sum / Double(count) / 1e12 }

  mutating func add(_ picoseconds: Instant) {
    count += 1
    sum += Double(picoseconds)
  }
}
