import SimKernel

/// Replicas that nobody reaches for a while.
extension Fleet {
  /// Replica `i` loses what it has as the step under way ends, as if the clients had gone, and serves
  /// nobody before it can be reached again. Until it is noticed, requests are sent there all the same.
  mutating func cutOff(_ i: Int, for time: Instant, noticedAfter detection: SimDuration) {
    switch standings[i].life {
    case .ready:
      turn(i, .cutOff)
      replicas[i].isCutOff = true
      standings[i].noticedAt = instant + Instant(detection.picoseconds)
      standings[i].reconnectedAt = time == .max ? .max : instant + time
      agenda.add(.noticed, i, at: standings[i].noticedAt)
      if standings[i].reconnectedAt < SimTime.last.picoseconds {
        agenda.add(.reconnected, i, at: standings[i].reconnectedAt)
      }
    case .draining, .reclaimed: break
    case .off, .waking, .starting, .cutOff, .partitioned, .failing, .failed, .gone: return
    }
    loseAll(i)
  }

  /// It is known that nobody reaches replica `i`: what was sent there meanwhile is lost, too.
  mutating func notice(_ i: Int) {
    guard standings[i].life == .cutOff, standings[i].noticedAt == instant else { return }
    turn(i, .partitioned)
    loseAll(i)
  }

  /// Replica `i` can be reached again, with what its KV memory holds, and serves those who wait there.
  mutating func reconnect(_ i: Int) {
    guard standings[i].reconnectedAt == instant,
      standings[i].life == .cutOff || standings[i].life == .partitioned
    else { return }
    replicas[i].isCutOff = false
    turn(i, .ready)
    if !replicas[i].isBusy {
      replicas[i].idleSince = instant
      markReady(i)
    }
    if !unsent.isEmpty { sendUnsent() }
  }
}
