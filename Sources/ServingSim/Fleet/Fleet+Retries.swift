import SimKernel

/// What follows when requests end, and requests that are sent again.
extension Fleet {
  /// Requests have ended at replica `i`: their clients send what follows. Those that come again are
  /// under way.
  @inline(never)
  mutating func followEnds(of i: Int) {
    for e in 0..<replicas[i].departures.ended.count {
      let number = replicas[i].departures.ended[e]
      let sent = instant + Instant(replicas[i].settings.frontend)
      let seen = sent + Instant(log.pointee.wayBack(of: Int(number)))
      if migrates(number, from: i, at: sent)
        || (retries.areMade && comesAgain(Int(number), at: seen))
      {
        endedRequests -= 1
      } else if left.isEmpty || left.remove(number) == nil {
        // Who has left has sent what follows by then.
        clients.ended(Int(number), at: seen, &agenda)
      }
    }
  }

  /// Whether a request that its replica no longer has is sent again.
  @inline(never)
  private mutating func comesAgain(_ number: Int, at seen: Instant) -> Bool {
    guard number < workload.count else { return false }
    let status = log.pointee.outcomes[number].status
    if let time = retries.takeAwaited(number) {
      left.remove(Int32(number))
      // Its answer may have come with the very step after which it was to be dropped.
      guard status == .finished else {
        sendAgain(number, at: max(time, instant))
        return true
      }
    }
    switch status {
    case .finished: retries.succeeded()
    case .failed:
      let attempt = log.pointee.attempt(of: number)
      guard !left.contains(Int32(number)),
        let backoff = retries.failed(number, attempt: attempt, .failed)
      else { return false }
      sendAgain(number, at: seen + backoff)
      return true
    default: break
    }
    return false
  }

  /// Whether a request whose client has given up is sent again, when its replica has dropped it.
  mutating func triesAgain(_ number: Int) -> Bool {
    let replica = replica(of: number)
    // Who waits for a better time or for another attempt gives up for good.
    guard retries.areMade, number < workload.count, replica != nil || isOnItsWay(number),
      let backoff = retries.failed(
        number, attempt: log.pointee.attempt(of: number), .timedOut)
    else { return false }
    guard let replica else {
      takeBack(number)
      if migrations.isUnderWay(number) { endMigration(number, .aborted) }
      sendAgain(number, at: instant + backoff)
      return true
    }
    left.insert(Int32(number))
    retries.awaitDrop(number, until: instant + backoff)
    replicas[replica].abort(Int32(number))
    dropAborted(replica)
    return true
  }

  /// Whether no replica has it yet, and none of what comes before that holds it.
  private func isOnItsWay(_ number: Int) -> Bool {
    unsent.elements.contains(Int32(number)) || travelling[Int32(number)] != nil
  }

  /// Another attempt at a request arrives at `time`.
  mutating func sendAgain(_ number: Int, at time: Instant) {
    log.pointee.comesAgain(number)
    migrations.forget(number)
    retries.begins(number, at: time)
    agenda.add(.arrival, number, at: time)
  }
}
