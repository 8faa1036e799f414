import SimKernel

/// The lives of replicas.
extension Fleet {
  /// Replica `i` has nothing to do from now on.
  @inline(__always)
  mutating func rest(_ i: Int) {
    leaveIfDone(i)
    if replicas[i].plan.powerDown != nil { watch(i) }
  }

  /// Sees to it that somebody looks when the replica may have idled long enough to go off.
  mutating func watch(_ i: Int) {
    guard !standings[i].isWatched, let time = offTime(i) else { return }
    standings[i].isWatched = true
    agenda.add(.idled, i, at: time)
  }

  /// When a replica goes off if it gets nothing to do before; nil: it does not.
  private func offTime(_ i: Int) -> Instant? {
    guard standings[i].life == .ready, !replicas[i].isBusy,
      gangs.peers(of: i).allSatisfy({ replicas[$0].parked.isEmpty }),
      let limit = replicas[i].plan.powerDown?.after.picoseconds
    else { return nil }
    let since =
      gangs.isEmpty
      ? replicas[i].idleSince : gangs.peers(of: i).map { replicas[$0].idleSince }.max()
    return since.map { $0 + Instant(limit) }
  }

  /// It goes off if it has had nothing to do for as long as that takes, and forgets what its KV
  /// memory held.
  @inline(never)
  mutating func checkIdle(_ i: Int) {
    standings[i].isWatched = false
    guard let time = offTime(i) else { return }
    guard time <= instant else { return watch(i) }
    turn(i, .off)
    replicas[i].forgetText()
  }

  /// A request has come to a replica that is off. Those that step with it come back with it.
  @inline(never)
  mutating func wake(_ i: Int) {
    for i in gangs.peers(of: i) where standings[i].life == .off {
      turn(i, .waking)
      replicas[i].recorder.wakes += 1
      agenda.add(.up, i, at: instant + Instant(replicas[i].plan.powerDown?.wake.picoseconds ?? 0))
    }
  }

  /// From now on it is like any replica that has just become idle.
  @inline(never)
  mutating func cameUp(_ i: Int) {
    guard standings[i].life != .gone else { return }
    // One that was told to drain while it woke serves those who wait there.
    if standings[i].life != .draining { turn(i, .ready) }
    replicas[i].idleSince = instant
    markReady(i)
    if !unsent.isEmpty { sendUnsent() }
  }

  /// Another replica, which is up after `startUp`. Returns its number.
  mutating func add(_ plan: ReplicaPlan, startUp: SimDuration) -> Int {
    let i = append(plan, .starting)
    let upAt = instant + Instant(startUp.picoseconds)
    gangs.join(i, plan, upAt: upAt)
    agenda.add(.up, i, at: upAt)
    return i
  }

  /// Replica `i` gets no more requests and is gone when it has ended those it has.
  mutating func drain(_ i: Int) {
    guard standings[i].life.isPresent else { return }
    turn(i, isIdle(i) && gangs.gang(of: i) == nil ? .gone : .draining)
    if replicas[i].isCutOff, standings[i].life == .draining {
      // Whoever waits there in vain is lost.
      return loseAll(i)
    }
    leaveIfDone(i)
  }

  private func isIdle(_ i: Int) -> Bool {
    !replicas[i].isBusy && replicas[i].queue.count == 0 && replicas[i].parked.isEmpty
      && standings[i].expected == 0
  }

  /// Takes replica `i` away: what it has is dropped when the step under way ends.
  mutating func remove(_ i: Int) {
    drain(i)
    guard standings[i].life == .draining else { return }
    loseAll(i)
  }

  /// Replica `i` drops whom it was told to: as the step under way ends, or now if none is, be it that
  /// one has just ended, or that the replica idles or is not up yet.
  mutating func dropAborted(_ i: Int) {
    guard replicas[i].isBusy, !isReady[i] else {
      let wereParked = !replicas[i].parked.isEmpty
      replicas[i].dropBetweenSteps(at: now)
      settle(i)
      // Whoever is first now may have blocks.
      if wereParked, standings[i].life.isServing {
        markReady(i)
        for peer in gangs.peers(of: i) where peer != i { watch(peer) }
      }
      return leaveIfDone(i)
    }
    endSoon(i)
  }

  /// The steps under way at replica `i` end as soon as one of them does.
  mutating func endSoon(_ i: Int) {
    guard replicas[i].interrupt(at: now) else { return }
    clock.lower(i, to: replicas[i].span.end)
    // One of the steps of its span ends at this very instant.
    if clock[i] == now { completeSteps(of: i) }
  }

  /// A replica that drains and has nothing left to do is gone; one that steps with others stays as
  /// long as they do. One that fails is down when it has lost all it had.
  mutating func leaveIfDone(_ i: Int) {
    guard !standings[i].life.isMember, isIdle(i) else { return }
    if standings[i].life == .failing { return breakDown(i) }
    guard standings[i].life == .draining else { return }
    guard gangs.gang(of: i) != nil else { return turn(i, .gone) }
    let peers = gangs.peers(of: i)
    guard peers.allSatisfy({ standings[$0].life == .draining && isIdle($0) }) else { return }
    for peer in peers { turn(peer, .gone) }
  }

  /// Makes the replica what `life` says, from now on.
  mutating func turn(_ i: Int, _ life: ReplicaLife) {
    let former = standings[i].life
    // One that leaves while it is off goes on doing nothing.
    let staysOff = former == .off && life == .gone
    if !staysOff {
      recordOff(i, until: instant)
      standings[i].offSince = instant
    }
    standings[i].life = life
    standings[i].gone = life == .gone ? instant : .max
    if life == .gone, standings[i].node >= 0 {
      nodes[Int(standings[i].scaling)].leave(Int(standings[i].node))
    }
    if former.isMember != life.isMember {
      pools[Int(standings[i].pool)].turn(
        i, isMember: life.isMember, seats: replicas[i].plan.maxNumSeqs,
        blockSize: replicas[i].plan.blockSize)
    }
  }

  /// Requests that replica `i` has.
  func load(of i: Int) -> Int { pools[Int(standings[i].pool)].load(of: i) }

  /// Writes down how long it has been off by `end`, the end of the run, after which nothing is.
  mutating func recordOffAtEnd(_ i: Int, _ end: Instant) {
    if let time = offTime(i), time < end {
      standings[i].life = .off
      standings[i].offSince = time
    }
    recordOff(i, until: end)
  }

  /// Writes down how long it has been off or not there, if it was; of a repair, when it ended.
  private mutating func recordOff(_ i: Int, until time: Instant) {
    guard standings[i].life.isDark else { return }
    if standings[i].life == .failed {
      let last = replicas[i].recorder.down.count - 1
      return replicas[i].recorder.down[last].end = time
    }
    replicas[i].recorder.off(from: standings[i].offSince, to: time, epoch)
    standings[i].offSince = time
  }
}
