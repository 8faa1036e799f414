import SimKernel

/// Which pool a request goes to, and its way there.
extension Fleet {
  /// Sends a request on its way to a pool, at the front door of a fleet that has several or is elsewhere.
  @inline(never)
  mutating func sendOff(_ number: Int) {
    let (pool, latency) = choosePool(for: view(of: number))
    guard !pools[pool].members.isEmpty else { return waitForMember(number) }
    guard latency > .zero else { return deliver(number, to: pool) }
    let way = latency.picoseconds / 2
    log.pointee.travels(number, back: latency.picoseconds - way)
    guard way > 0 else { return deliver(number, to: pool) }
    let arrival = instant + Instant(way)
    log.pointee.waits(number, at: now)
    travelling[Int32(number)] = Journey(pool: pool, arrival: arrival)
    agenda.add(.delivery, number, at: arrival)
  }

  /// A request has reached its pool. Where nobody is there any more it goes on from there.
  mutating func reachPool(_ number: Int) {
    guard let journey = travelling[Int32(number)], journey.arrival == instant else { return }
    travelling[Int32(number)] = nil
    if pools[journey.pool].members.isEmpty {
      sendOff(number)
    } else {
      deliver(number, to: journey.pool)
    }
  }

  mutating func choosePool(for request: RequestView) -> (pool: Int, latency: SimDuration) {
    if frontDoor.isOpen { return (0, .zero) }
    let pools = pools
    return frontDoor.choose(for: request) { pools[$0].loadPerSeat }
  }

  /// No replica has request `number` yet: it does not come to one.
  mutating func takeBack(_ number: Int) {
    travelling[Int32(number)] = nil
    unsent.removeAll { $0 == number }
  }

  /// Requests that wait because no pool of theirs has a member, and that pool `p` could take, and those
  /// on their way there.
  mutating func unsent(for p: Int) -> Int {
    if frontDoor.isOpen { return unsent.count }
    let waiting = (0..<unsent.count).count { place in
      frontDoor.pools(for: view(of: Int(unsent[place]))).contains(p)
    }
    return waiting + travelling.values.count { $0.pool == p }
  }
}

/// A request's way to a pool.
struct Journey {
  var pool: Int
  var arrival: Instant
}
