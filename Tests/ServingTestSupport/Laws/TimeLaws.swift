import ServingSim
import SimKernel

extension Law {
  /// The time that requests spend at a replica, one by one, is the time integral of how many are
  /// there: exactly, since all of it is whole picoseconds.
  static let littlesLaw = Law("times in the system are the integral of requests there") {
    _, recording in
    let releases = recording.releases
    for (i, replica) in recording.replicas.enumerated() {
      let requests = recording.finished(on: i).map { number in
        var outcome = recording.outcomes[number]
        outcome.arrival = releases[number]
        return outcome
      }
      let spent = requests.reduce(0) { $0 + $1.finish.picoseconds - $1.arrival.picoseconds }
      let totals = replica.totals
      guard integral(of: requests) == spent,
        totals.runningTime + totals.waitingTime == Double(spent)
      else {
        return "replica \(i): \(totals.runningTime) + \(totals.waitingTime), not \(spent)"
      }
      guard replica.preemptions == 0 else { continue }
      let waited = requests.reduce(0) {
        $0 + $1.firstScheduled.picoseconds - $1.arrival.picoseconds
      }
      guard totals.waitingTime == Double(waited) else {
        return "replica \(i): \(totals.waitingTime) waited, not \(waited)"
      }
    }
    return nil
  }

  static let noWindowIsOverfull = Law("no replica is busy longer than a window lasts") {
    plan, recording in
    for (i, replica) in recording.replicas.enumerated() {
      var left = Double(recording.end.picoseconds)
      for (number, window) in replica.windows.enumerated() {
        let length = min(Double(replica.windowLength.picoseconds), left)
        let busy = window.prefillSteps.busy + window.decodeSteps.busy
        guard busy <= length, window.usedBlockTime <= busy * Double(replica.peakUsedBlocks),
          window.runningTime >= busy,
          window.runningTime <= busy * Double(plan.replicas[i].maxNumSeqs)
        else { return "replica \(i), window \(number): \(window)" }
        left -= length
      }
      guard left <= 0 else { return "replica \(i): its windows end \(left) ps early" }
    }
    return nil
  }
}

/// The time integral of how many requests have arrived and not ended.
private func integral(of requests: [Outcome]) -> Instant {
  let changes =
    (requests.map { ($0.arrival.picoseconds, Instant(1)) }
    + requests.map { ($0.finish.picoseconds, Instant(-1)) }).sorted { $0 < $1 }
  var count: Instant = 0
  var last: Instant = 0
  var sum: Instant = 0
  for (time, change) in changes {
    sum += count * (time - last)
    count += change
    last = time
  }
  return sum
}
