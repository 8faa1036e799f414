/// Requests whose clients have gone.
extension Replica {
  /// The client of request `number`, which is here, has gone. It is dropped when the step under way
  /// ends, or by `dropBetweenSteps`.
  mutating func abort(_ number: Int32) {
    departures.aborting.append(number)
    horizon.needsCare = true
  }

  /// The same of all requests that are here.
  mutating func abortAll() {
    for id in batch.running.ids(in: live) + queue.all(in: live) { abort(live[id].number) }
  }

  /// No step is under way: who was to be dropped when it ends is dropped now. These are then the
  /// requests that have ended last; the fleet knows of those before.
  mutating func dropBetweenSteps(at now: Int64) {
    departures.ended.removeAll()
    horizon.needsCare = false
    dropAborted(at: now)
  }

  /// Drops the requests of `aborting` at `now`, between two steps: a step that has begun is computed as
  /// it was planned. One that ended with this very step has ended as any other.
  mutating func dropAborted(at now: Int64) {
    for i in 0..<departures.aborting.count {
      let number = departures.aborting[i]
      if let id = runningRequest(number) {
        dropRunning(id, at: now)
      } else if let id = takeWaiting(number, at: now) {
        kv.forgetOwnText(&live[id].content)
        dropped(id, generated: live[id].generatedTokens, at: now)
      }
    }
    departures.aborting.removeAll()
  }

  private func runningRequest(_ number: Int32) -> Int32? {
    var id = batch.running.first
    while id >= 0, live[id].number != number { id = live[id].next }
    return id >= 0 ? id : nil
  }

  private mutating func takeWaiting(_ number: Int32, at now: Int64) -> Int32? {
    let before = queue.count
    guard let id = queue.remove(number: number, in: live) else { return nil }
    recorder.waitingChanged(at: now, was: before)
    return id
  }

  private mutating func dropRunning(_ id: Int32, at now: Int64) {
    var computed = Int(live[id].computedTokens)
    var generated = live[id].generatedTokens
    if live[id].isDecoding {
      _ = leavePause(id, at: now)
      computed = Int(decoders.remove(id, in: live))
      generated = Int32(computed) + 1 - live[id].promptTokens
      missed.clearLate(id, in: live)
    } else {
      batch.dropUnfinished(id)
    }
    release(id, computed: computed)
    dropped(id, generated: generated, at: now)
  }

  private mutating func dropped(_ id: Int32, generated: Int32, at now: Int64) {
    log.pointee.aborted(Int(live[id].number), at: now, outputTokens: generated)
    departures.ended.append(live[id].number)
    live.remove(id)
  }
}
