import SimKernel

/// Time.
extension Fleet {
  /// Plays everything to its end, or to the clock's. `progress` is told every few milliseconds how
  /// many requests have ended and returns false to stop there.
  mutating func run(_ progress: ((Int) -> Bool)?) {
    play(until: SimDuration.longest.picoseconds, stopsAtRest: true, progress)
  }

  /// Plays everything before `limit`, that instant excluded: more may come to happen at it.
  mutating func advance(until limit: Int64) {
    play(until: limit, stopsAtRest: false, nil)
  }

  private mutating func play(
    until limit: Int64, stopsAtRest: Bool, _ progress: ((Int) -> Bool)?
  ) {
    let turnsBetweenReports = 1 << 14
    var turns = progress == nil ? Int.max : turnsBetweenReports
    if now < limit { beginSteps() }
    while true {
      let next = min(agenda.next, clock.least)
      guard next < limit else { break }
      // Steps that end at one instant concern each other only where clients follow ends.
      if next < agenda.next, !(clients.followEnds && clock.isTied) {
        now = next
        playTurn(of: clock.first)
      } else {
        if stopsAtRest, isAtRest { break }
        now = next
        playInstant()
        beginSteps()
      }
      turns -= 1
      if turns == 0, let progress {
        turns = turnsBetweenReports
        guard progress(endedRequests) else { return }
      }
    }
    isOver = stopsAtRest && isAtRest
  }

  /// Plays up to `time` and pauses amid that instant: all that is at it is done but the steps that
  /// begin, so more can be made to happen at it.
  mutating func pause(at time: Int64) {
    precondition(time >= now, "time goes back")
    while case let next = min(agenda.next, clock.least), next <= time {
      now = next
      playInstant()
    }
    now = time
  }

  /// When the next event is for whose sake a run goes on, or one before it; nil: all is done.
  var nextWork: Int64? { isAtRest ? nil : min(agenda.next, clock.least) }

  /// The steps of replica `i`, if any are under way, end at `time`, whatever their price.
  mutating func endSteps(of i: Int, at time: Int64) {
    if replicas[i].isBusy { clock.set(i, to: time) }
  }

  /// Whether nothing is left for whose sake a run would go on: no step, nobody who is to come, and
  /// nobody who waits, be it for a replica that is not up yet.
  private var isAtRest: Bool {
    clock.least == Tournament.last && !agenda.hasWork && unsent.isEmpty
      && !(0..<count).contains { replicas[$0].queue.count > 0 }
  }

  /// Replica `i` alone ends its steps and nothing else happens: it goes straight on.
  @inline(__always)
  private mutating func playTurn(of i: Int) {
    complete(i)
    guard agenda.next > now else {
      // Somebody follows at once whoever has just ended.
      clock.set(i, to: Tournament.last)
      markReady(i)
      playInstant()
      return beginSteps()
    }
    begin(i)
  }

  @inline(never)
  private mutating func playInstant() {
    repeat {
      completeSteps()
      while agenda.next == now { play(agenda.take()) }
      // A cut span may end at this very instant.
    } while clock.least == now
  }

  @inline(__always)
  private mutating func completeSteps() {
    while clock.least == now {
      let i = clock.first
      complete(i)
      clock.set(i, to: Tournament.last)
      markReady(i)
    }
  }

  private mutating func play(_ event: FleetEvent) {
    let number = Int(event.number)
    switch event.kind {
    case .up: cameUp(number)
    case .idled: checkIdle(number)
    case .left: leave(number)
    case .tick: scale(number)
    case .arrival: arrive(number)
    }
  }

  @inline(__always)
  private mutating func complete(_ i: Int) {
    if news.isHeard { news.tell(tokensOf: replicas[i], at: now) }
    replicas[i].complete(at: now)
    if replicas[i].departures.ended.count > 0 { settle(i) }
  }

  /// Requests have ended at replica `i`.
  @inline(__always)
  mutating func settle(_ i: Int) {
    let ended = replicas[i].departures.ended.count
    endedRequests += ended
    loads.lower(i, to: loads[i] - Int64(ended))
    if news.isHeard { news.tell(endsOf: replicas[i], at: now) }
    guard clients.followEnds else { return }
    let seen = now + replicas[i].settings.frontend
    for e in 0..<ended { endedForClient(replicas[i].departures.ended[e], at: seen) }
  }

  /// Who has left has sent what follows by then.
  private mutating func endedForClient(_ number: Int32, at time: Int64) {
    if !left.isEmpty, left.remove(number) != nil { return }
    clients.ended(Int(number), at: time, &agenda)
  }
}
