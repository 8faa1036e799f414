import ServingModel
import SimKernel
import ServingSim

extension Law {
  static let offReplicasDoNothing = Law("a replica is off only when it has nothing to do") {
    plan, recording in
    for (i, replica) in recording.replicas.enumerated() {
      let after = plan.replicas[i].powerDown?.after
      guard after != nil || (replica.wakes == 0 && replica.totals.offTime == 0) else {
        return "replica \(i) cannot be off and was"
      }
      let requests = recording.finished(on: i).count
      guard replica.wakes <= requests else {
        return "replica \(i) came back \(replica.wakes) times for \(requests) requests"
      }
      let length = Double(replica.windowLength.picoseconds)
      for (number, window) in replica.windows.enumerated() {
        let busy = window.prefillSteps.busy + window.decodeSteps.busy
        guard window.offTime >= 0, window.offTime + busy <= length,
          window.offTime < length || (window.runningTime == 0 && window.waitingTime == 0)
        else { return "replica \(i), window \(number): \(window)" }
      }
    }
    return nil
  }

  static let heldRequestsAreInTime = Law(
    "held requests wait for something better, and not too long"
  ) {
    plan, recording in
    for request in recording.held {
      let outcome = recording.outcomes[Int(request.number)]
      guard let shift = plan.shift, let deadline = plan.workload.deadlines?[Int(request.number)],
        request.release > outcome.arrival,
        request.release + shift.reserve <= outcome.arrival + deadline,
        outcome.status != .finished || outcome.firstScheduled >= request.release
      else { return "request \(request.number): released at \(request.release), \(outcome)" }
      func mean(_ start: SimTime) -> Double {
        shift.signal.mean(
          fromSeconds: start.seconds, toSeconds: (start + shift.reserve).seconds)
      }
      guard mean(request.release) < mean(outcome.arrival) else {
        return "request \(request.number) waits for nothing"
      }
    }
    return nil
  }

  static let releasesAreSpaced = Law("no two held requests are released within one slot") {
    plan, recording in
    guard let spacing = plan.shift?.spacing.picoseconds else { return nil }
    let slots = recording.held.map { $0.release.picoseconds / Instant(spacing) }
    return Set(slots).count == slots.count ? nil : "of slots \(slots)"
  }
}
