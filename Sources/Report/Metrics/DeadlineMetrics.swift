import ServingSim
import SimKernel

/// How requests with a deadline fared, and how long they were held back for a better time.
package struct DeadlineMetrics: Hashable, Sendable {
  /// Requests with a deadline that arrived.
  package var requests: Int
  /// Those whose last token came in time.
  package var met: Int
  /// Those that were not released as they arrived.
  package var held: Int
  /// From arrival to release, of those held; nil: none was.
  package var holding: Distribution?

  init?(of run: FinishedRun) {
    guard let deadlines = run.deadlines else { return nil }
    requests = 0
    met = 0
    for (outcome, deadline) in zip(run.recording.outcomes, deadlines)
    where deadline < .longest && outcome.status != .notArrived {
      requests += 1
      if let time = outcome.endToEnd, time <= Instant(deadline.picoseconds) { met += 1 }
    }
    held = run.recording.held.count
    var times = run.recording.held.map { request in
      request.release.picoseconds
        - run.recording.outcomes[Int(request.number)].arrival.picoseconds
    }
    holding = Distribution(picoseconds: &times)
  }
}
