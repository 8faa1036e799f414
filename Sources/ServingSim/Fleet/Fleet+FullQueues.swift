import SimKernel

/// Engines in whose queue nobody else may wait.
extension Fleet {
  /// Request `number` comes to replica `i`, whose queue is full. Returns whether another one has made
  /// room for it; else it is refused.
  @inline(never)
  mutating func makesRoom(for number: Int, at i: Int) -> Bool {
    guard let other = replicas[i].lastWaiting(after: rank(of: number, on: i)) else {
      refuse(number, nil)
      return false
    }
    displace(Int(other), at: i)
    return true
  }

  /// Request `number`, which waits at replica `i`, is refused in favour of another one.
  private mutating func displace(_ number: Int, at i: Int) {
    replicas[i].refuseWaiting(Int32(number), at: now)
    pools[Int(standings[i].pool)].ended(1, at: i)
    endHandover(number)
    let delay = replicas[i].settings.frontend + log.pointee.wayBack(of: number)
    let seen = instant + Instant(delay)
    let attempt = log.pointee.attempt(of: number)
    if number < workload.count, let backoff = retries.failed(number, attempt: attempt, .refused) {
      return sendAgain(number, at: seen + backoff)
    }
    endedRequests += 1
    if news.isHeard { news.tell(endOf: number, at: instant, after: delay) }
    if clients.followEnds { clients.ended(number, at: seen, &agenda) }
  }
}
