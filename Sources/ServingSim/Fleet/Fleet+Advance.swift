import SimKernel

/// Time.
extension Fleet {
  /// Plays everything to its end, or to the clock's. `progress` is told a few times a millisecond how
  /// many requests have ended and returns false to stop there.
  mutating func run(_ progress: ((Int) -> Bool)?) {
    let isPlayed = play(until: .last, stopsAtRest: true, progress)
    isOver = isPlayed && isAtRest
    isEndedByClock = isPlayed && !isOver && nextInstant < .max
  }

  /// Plays everything before `limit`, that instant excluded: more may come to happen at it.
  mutating func advance(until limit: SimTime) {
    _ = play(until: limit, stopsAtRest: false, nil)
  }

  /// Plays up to `time` and pauses amid that instant: all that is at it is done but the steps that
  /// begin, so more can be made to happen at it.
  mutating func pause(at time: SimTime) {
    precondition(time.picoseconds >= instant, "time goes back")
    while nextInstant <= time.picoseconds {
      if min(agenda.next, clock.least) >= Epoch.stretch { moveEpoch(to: nextInstant) }
      now = min(agenda.next, clock.least)
      playInstant()
    }
    if epoch.time(time.picoseconds) >= Epoch.stretch { moveEpoch(to: time.picoseconds) }
    now = epoch.time(time.picoseconds)
  }

  /// When something happens next; the greatest: nothing does.
  var nextInstant: Instant {
    let steps = clock.least == Tournament.last ? .max : epoch.instant(clock.least)
    return min(agenda.nextInstant, steps)
  }

  /// When the next event is for whose sake a run goes on, or one before it; nil: all is done.
  var nextWork: SimTime? { isAtRest ? nil : SimTime(picoseconds: nextInstant) }

  /// The steps of replica `i`, if any are under way, end at `time`, whatever their price.
  mutating func endSteps(of i: Int, at time: SimTime) {
    if replicas[i].isBusy { clock.set(i, to: epoch.time(time.picoseconds)) }
  }

  /// Returns whether it was played, and not stopped by `progress`.
  private mutating func play(
    until limit: SimTime, stopsAtRest: Bool, _ progress: ((Int) -> Bool)?
  ) -> Bool {
    while true {
      let end = epoch.time(limit.picoseconds)
      let stretch = min(end, Epoch.stretch)
      let isPlayed =
        gangs.isEmpty
        ? playStretch(until: stretch, stopsAtRest, progress)
        : playInstants(until: stretch, stopsAtRest, progress)
      guard isPlayed, end > Epoch.stretch, !(stopsAtRest && isAtRest),
        nextInstant < limit.picoseconds
      else { return isPlayed }
      moveEpoch(to: nextInstant)
    }
  }

  /// From now on times count from `instant`, where something happens next.
  @inline(never)
  private mutating func moveEpoch(to instant: Instant) {
    let picoseconds = log.pointee.moveEpoch(to: instant)
    now.epochMoves(by: picoseconds)
    clock.lowerAll(by: picoseconds)
    agenda.epochMoved(to: epoch)
    for i in 0..<count { replicas[i].epochMoved(by: picoseconds) }
  }

  private mutating func playStretch(
    until limit: Int64, _ stopsAtRest: Bool, _ progress: ((Int) -> Bool)?
  ) -> Bool {
    let turnsBetweenReports = progress == nil ? Int.max : 1 << 10
    let progress = progress ?? { _ in true }
    var turns = turnsBetweenReports
    if now < limit { beginSteps() }
    while true {
      let next = min(agenda.next, clock.least)
      guard next < limit else { return true }
      // Steps that end at one instant concern each other only where clients follow ends.
      if next < agenda.next, !(followsEnds && clock.isTied) {
        // A replica alone ends its steps and nothing else happens: it goes straight on.
        now = next
        let i = clock.first
        complete(i)
        if agenda.next > now, !hasReady { begin(i) } else { playFollowers(of: i) }
      } else {
        if stopsAtRest, isAtRest { return true }
        now = next
        playInstant()
        if hasReady { beginSteps() }
      }
      turns &-= 1
      if turns == 0 {
        turns = turnsBetweenReports
        guard progress(endedRequests) else { return false }
      }
    }
  }

  /// The same instant by instant, all steps of which begin together.
  private mutating func playInstants(
    until limit: Int64, _ stopsAtRest: Bool, _ progress: ((Int) -> Bool)?
  ) -> Bool {
    let instantsBetweenReports = 1 << 12
    var instants = 0
    if now < limit { beginAll() }
    while true {
      let next = min(agenda.next, clock.least)
      guard next < limit else { return true }
      if stopsAtRest, isAtRest { return true }
      now = next
      playInstant()
      beginAll()
      instants += 1
      if let progress, instants.isMultiple(of: instantsBetweenReports) {
        guard progress(endedRequests) else { return false }
      }
    }
  }

  /// Whether nothing is left for whose sake a run would go on: no step, nobody who is to come, and
  /// nobody who waits, be it for a replica that is not up yet.
  private var isAtRest: Bool {
    clock.least == Tournament.last && !agenda.hasWork && unsent.isEmpty && handovers.isEmpty
      && loads.isEmpty && !(0..<count).contains { replicas[$0].queue.count > 0 }
  }

  /// Somebody follows at once whoever has just ended at replica `i`.
  @inline(never)
  private mutating func playFollowers(of i: Int) {
    clock.set(i, to: Tournament.last)
    markReady(i)
    playInstant()
    beginSteps()
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
    while clock.least == now { completeSteps(of: clock.first) }
  }

  /// The steps of replica `i` end now; others begin when all that happens now has happened.
  @inline(never)
  mutating func completeSteps(of i: Int) {
    complete(i)
    clock.set(i, to: Tournament.last)
    markReady(i)
  }

  @inline(__always)
  private mutating func play(_ event: FleetEvent) {
    let number = Int(event.number)
    switch event.kind {
    case .up: cameUp(number)
    case .idled: checkIdle(number)
    case .left: giveUp(number)
    case .report: takeReports()
    case .failure: fail(number)
    case .lost: takeAway(number)
    case .reconnected: reconnect(number)
    case .noticed: notice(number)
    case .recovered: recover(number)
    case .tick: scale(number)
    case .transferred: endTransfer(number)
    case .loading: startLeg(number)
    case .handover: takeOver(number)
    case .delivery: reachPool(number)
    case .arrival: arrive(number)
    }
  }

  @inline(__always)
  private mutating func complete(_ i: Int) {
    if news.isHeard { news.tell(tokensOf: replicas[i], at: instant) }
    replicas[i].complete(at: now)
    if !replicas[i].departures.ended.isEmpty { settle(i) }
    if !replicas[i].departures.handedOver.isEmpty { handOver(from: i) }
  }

  /// Requests have ended at replica `i`.
  @inline(__always)
  mutating func settle(_ i: Int) {
    let ended = replicas[i].departures.ended.count
    endedRequests += ended
    pools[Int(standings[i].pool)].ended(ended, at: i)
    if standings[i].scaling >= 0 { countAnswers(of: i) }
    if handovers.areMade { endHandovers(of: i) }
    if !loads.isEmpty { endLoads(of: i) }
    if followsEnds { followEnds(of: i) }
    if news.isHeard { news.tell(endsOf: replicas[i], at: instant) }
    log.pointee.forgetWays(of: replicas[i].departures.ended)
  }
}
