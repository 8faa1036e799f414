/// Requests whose clients have gone, or that are lost.
extension Replica {
  /// The client of request `number`, which is here, has gone. It is dropped when the step under way
  /// ends, or by `dropBetweenSteps`.
  mutating func abort(_ number: Int32) {
    // It does not go on elsewhere then.
    for i in 0..<departures.aborting.count where departures.aborting[i].number == number {
      if departures.aborting[i].reason == .moved { departures.aborting[i].reason = .left }
    }
    drop(number, .left)
  }

  /// All requests that are here are lost, the same way, by number, but for those that go on elsewhere.
  mutating func loseAll(_ migrations: Migrations) {
    let ids = batch.running.ids(in: live) + queue.all(in: live) + parked.all
    for number in ids.map({ live[$0].number }).sorted() { lose(number, migrations) }
  }

  /// Request `number`, which is here, is lost, unless it may go on elsewhere.
  mutating func lose(_ number: Int32, _ migrations: Migrations) {
    drop(number, migrations.allow(number) ? .moved : .lost)
  }

  mutating func drop(_ number: Int32, _ reason: Departures.Drop.Reason) {
    departures.aborting.append(Departures.Drop(number: number, reason: reason))
    horizon.needsCare = true
  }

  /// Whether request `number` is to be dropped when the step under way ends.
  func isToDrop(_ number: Int32) -> Bool {
    departures.aborting.elements.contains { $0.number == number && $0.reason != .sent }
  }

  /// No step is under way: who was to be dropped when it ends is dropped now. These are then the
  /// requests that have ended last; the fleet knows of those before.
  mutating func dropBetweenSteps(at now: Int64) {
    departures.clear()
    horizon.needsCare = false
    dropAborted(at: now)
  }

  /// Drops the requests of `aborting` at `now`, between two steps: a step that has begun is computed as
  /// it was planned. One that ended with this very step has ended as any other.
  mutating func dropAborted(at now: Int64) {
    for i in 0..<departures.aborting.count {
      let drop = departures.aborting[i]
      if drop.reason == .sent {
        releaseKept(drop.number)
      } else if let id = runningRequest(drop.number) {
        dropRunning(id, drop, at: now)
      } else if let id = takeWaiting(drop.number, at: now) ?? parked.take(drop.number, in: live) {
        dropOutsideBatch(id, drop, at: now)
      }
    }
    departures.aborting.removeAll()
  }

  private func runningRequest(_ number: Int32) -> Int32? {
    var id = batch.running.first
    while id >= 0, live[id].number != number { id = live[id].next }
    return id >= 0 ? id : nil
  }

  mutating func takeWaiting(_ number: Int32, at now: Int64) -> Int32? {
    let before = queue.count
    guard let id = queue.remove(number: number, in: live) else { return nil }
    recorder.waitingChanged(at: now, was: before)
    if settings.countsService { service.leaves(Int32(live[id].rank)) }
    return id
  }

  /// It waits, or its KV entries are on their way.
  private mutating func dropOutsideBatch(_ id: Int32, _ drop: Departures.Drop, at now: Int64) {
    kv.forgetOwnText(&live[id].content)
    giveBackParked(id)
    dropped(
      id, drop, computed: live[id].handover.isPromptComputed ? Int(live[id].promptTokens) : 0,
      generated: live[id].generatedTokens, at: now)
  }

  private mutating func dropRunning(_ id: Int32, _ drop: Departures.Drop, at now: Int64) {
    var computed = Int(live[id].computedTokens)
    var generated = live[id].generatedTokens
    if live[id].isDecoding {
      let lastToken = leavePause(id, at: now)
      if !live[id].isLate { live[id].lastToken = lastToken }
      countDecodingEnd(of: id)
      computed = Int(decoders.remove(id, in: live))
      generated = Int32(computed) + 1 - live[id].promptTokens
      missed.clearLate(id, in: live)
    } else {
      batch.dropUnfinished(id)
    }
    release(id, computed: computed)
    dropped(id, drop, computed: computed, generated: generated, at: now)
  }

  /// `computed`: tokens that had KV entries, those found in the cache among them.
  private mutating func dropped(
    _ id: Int32, _ drop: Departures.Drop, computed: Int, generated: Int32, at now: Int64
  ) {
    let (number, promptTokens) = (
      live[id].number, min(Int32(computed), live[id].promptTokens)
    )
    if drop.reason == .moved {
      departures.moved.append(
        Departures.Moved(
          number: number, promptTokens: promptTokens, outputTokens: generated,
          lastToken: live[id].lastToken))
      recorder.migrations += 1
    } else {
      log.pointee.dropped(
        Int(number), at: now, drop.reason == .lost ? .failed : .aborted,
        promptTokens: promptTokens, outputTokens: generated)
    }
    departures.ended.append(number)
    live.remove(id)
  }
}
