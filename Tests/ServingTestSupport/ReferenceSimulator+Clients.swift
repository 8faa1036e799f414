import ServingSim
import SimKernel

/// What clients do: they send what follows, give up, and try again.
extension ReferenceSimulator {
  /// The clients go away for whom it is time. A step that is under way goes on with their requests.
  func leave(_ times: inout [Int: Instant], at now: Instant) {
    for number in times.keys.sorted() where times[number] == now {
      times[number] = nil
      if outcomes[number].status == .underWay { leave(number, at: now) }
    }
  }

  func leave(_ number: Int, at now: Instant) {
    ended(number, at: now)
    let i = place(ofRequest: number)
    guard i >= 0 else {
      takeBack(number)
      return endMigration(number, at: now)
    }
    // Where it is being dropped already, it was to come again.
    guard awaitingDrop.removeValue(forKey: number) == nil else { return }
    left.insert(number)
    abort(number, on: i, at: now)
  }

  /// Clients give up whose attempts have taken too long, and try again or not.
  func giveUp(at now: Instant) {
    for number in givingUp.keys.sorted() where givingUp[number] == now {
      givingUp[number] = nil
      guard outcomes[number].status == .underWay else { continue }
      let i = place(ofRequest: number)
      guard i >= 0 || isOnItsWay(number), let backoff = backoff(number, .timedOut) else {
        leave(number, at: now)
        continue
      }
      guard i >= 0 else {
        takeBack(number)
        if carried[number] != nil { endMigration(number, at: now) }
        sendAgain(number, at: now + backoff)
        continue
      }
      awaitingDrop[number] = now + backoff
      abort(number, on: i, at: now)
    }
  }

  /// From a failed attempt to the next; nil: there is none.
  func backoff(_ number: Int, _ reason: RetryPolicy.Reason) -> Instant? {
    guard let retry = plan.retry else { return nil }
    if retry.throttling != nil { retryTokens = max(0, retryTokens - 1000) }
    let attempt = Int(outcomes[number].retries) + 1
    let most = retry.throttling.map { 1000 * $0.maxTokens } ?? -1
    guard retry.reasons.contains(reason), attempt < retry.maxAttempts, 2 * retryTokens > most
    else { return nil }
    return Instant(retry.backoff(after: attempt, of: number, seed: plan.seed).picoseconds)
  }

  func sendAgain(_ number: Int, at time: Instant) {
    let former = outcomes[number]
    migrations[number] = nil
    outcomes[number] = Outcome()
    outcomes[number].arrival = former.arrival
    outcomes[number].preemptions = former.preemptions
    outcomes[number].retries = former.retries + 1
    outcomes[number].status = .underWay
    wayBack[number] = nil
    attemptStart[number] = time
    givingUp[number] = nil
    arrivals.append((time, number))
  }

  /// Whether it comes back from being held, and not for the first time or in another attempt.
  func isBack(_ number: Int, at now: Instant) -> Bool {
    outcomes[number].status != .notArrived && attemptStart[number] != now
  }

  func expectLeaving(_ number: Int, at now: Instant) {
    guard let patience = workload.patience?[number], patience < .longest,
      !isBack(number, at: now)
    else { return }
    givingUp[number] = now + Instant(patience.picoseconds)
  }

  func ended(_ number: Int, at now: Instant) {
    // What its client does next followed when it left.
    guard !left.contains(number) else { return }
    if let dependencies = workload.dependencies {
      let range =
        Int(dependencies.firstDependent[number])..<Int(dependencies.firstDependent[number + 1])
      for dependent in dependencies.dependents[range].map(Int.init) {
        waitsFor[dependent] -= 1
        if waitsFor[dependent] == 0 {
          arrivals.append(
            (now + Instant(dependencies.thinkTimes[dependent].picoseconds), dependent))
        }
      }
      if !range.isEmpty { return }
    }
    if let loop = workload.closedLoop {
      sendFromLoop(at: now + Instant(loop.thinkTime.picoseconds))
    }
  }

  func sendFromLoop(at time: Instant) {
    let next = (0..<workload.count).first { number in
      workload.arrivals[number] == .never && !sentFromLoop.contains(number)
        && (workload.dependencies?.waitsFor[number] ?? 0) == 0
    }
    guard let next else { return }
    sentFromLoop.insert(next)
    arrivals.append((time, next))
  }
}
