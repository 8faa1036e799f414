import SimKernel

/// Replicas that fail and come back.
extension Fleet {
  /// A failure strikes.
  @inline(never)
  mutating func fail(_ source: Int) {
    let kind = failures.sources[source].rule.failure.kind
    let (next, repair) = failures.strike(source, at: instant)
    let targets = failures.targets(of: source)
    for i in targets {
      switch kind {
      case .crash: crash(i, repair: repair)
      case .reclaim(let notice): reclaim(i, after: notice, repair: repair)
      case .slow(let factor): slow(i, by: factor, for: repair)
      case .partition(let detection): cutOff(i, for: repair, noticedAfter: detection)
      }
    }
    // Who is gone does not fail again.
    let isOver = targets.allSatisfy { standings[$0].life == .gone }
    if next < SimTime.last.picoseconds, !isOver { agenda.add(.failure, source, at: next) }
  }

  /// Replica `i` loses what it has as the step under way ends. One that does not serve, be it off,
  /// starting or down, has nothing to lose.
  private mutating func crash(_ i: Int, repair: Instant) {
    switch standings[i].life {
    case .ready, .reclaimed: turn(i, .failing)
    case .draining: break
    case .off, .waking, .starting, .cutOff, .partitioned, .failing, .failed, .gone: return
    }
    standings[i].repair = repair
    standings[i].lostAt = .max
    loseAll(i)
  }

  private mutating func reclaim(_ i: Int, after notice: SimDuration, repair: Instant) {
    guard standings[i].life == .ready || standings[i].life == .draining else { return }
    guard notice > .zero else { return crash(i, repair: repair) }
    if standings[i].life == .ready { turn(i, .reclaimed) }
    standings[i].repair = repair
    standings[i].lostAt = instant + Instant(notice.picoseconds)
    agenda.add(.lost, i, at: standings[i].lostAt)
  }

  /// The notice that replica `i` had is over.
  mutating func takeAway(_ i: Int) {
    guard standings[i].lostAt == instant else { return }
    crash(i, repair: standings[i].repair)
  }

  /// Replica `i`, which has lost all it had, is down until it is repaired.
  mutating func breakDown(_ i: Int) {
    turn(i, .failed)
    replicas[i].restart()
    replicas[i].recorder.down.append((instant, .max))
    let upAt = standings[i].repair == .max ? .max : instant + standings[i].repair
    if upAt < SimTime.last.picoseconds { agenda.add(.up, i, at: upAt) }
  }

  /// The steps of replica `i` that begin from now on take `factor` times as long, for a while.
  private mutating func slow(_ i: Int, by factor: Double, for time: Instant) {
    guard standings[i].life != .gone else { return }
    standings[i].slowUntil = time == .max ? .max : instant + time
    setPace(i, factor)
    if standings[i].slowUntil < SimTime.last.picoseconds {
      agenda.add(.recovered, i, at: standings[i].slowUntil)
    }
  }

  /// Replica `i` is as fast as before, unless it was slowed again since.
  mutating func recover(_ i: Int) {
    guard standings[i].slowUntil == instant, standings[i].life != .gone else { return }
    setPace(i, 1)
  }

  private mutating func setPace(_ i: Int, _ factor: Double) {
    endSoon(i)
    replicas[i].setPace(factor)
  }
}
