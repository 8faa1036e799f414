/// Requests whose clients have gone.
extension Replica {
  /// The client of request `number`, which is here, has gone. It is dropped when the current step
  /// ends.
  mutating func abort(_ number: Int32) {
    aborting.append(number)
    needsCare = true
  }

  /// All requests that are here are dropped when the current step ends.
  mutating func abortAll() {
    var id = running.first
    while id >= 0 {
      abort(live[id].number)
      id = live[id].next
    }
    for id in waiting.all(in: live) { abort(live[id].number) }
    for i in 0..<inbox.count { abort(live[inbox[i]].number) }
  }

  /// The same where no step is under way: it is dropped at once.
  mutating func dropWaiting(at now: Int64) {
    ended.removeAll()
    needsCare = stepByStep
    dropAborted(at: now)
  }

  /// Drops the requests of `aborting` at `now`, when a step has just ended: a step that has begun is
  /// computed as it was planned. One that ended with this very step has ended as any other.
  mutating func dropAborted(at now: Int64) {
    for i in 0..<aborting.count {
      let number = aborting[i]
      if let id = runningRequest(number) {
        dropRunning(id, at: now)
      } else if let id = takeWaiting(number, at: now) {
        kv.forgetOwnText(&live[id].content)
        dropped(id, generated: live[id].generatedTokens, at: now)
      }
    }
    aborting.removeAll()
  }

  private func runningRequest(_ number: Int32) -> Int32? {
    var id = running.first
    while id >= 0, live[id].number != number { id = live[id].next }
    return id >= 0 ? id : nil
  }

  private mutating func takeWaiting(_ number: Int32, at now: Int64) -> Int32? {
    let before = queued
    if let id = waiting.remove(number: number, in: live) {
      recorder.waitingChanged(at: now, was: before)
      return id
    }
    for i in 0..<inbox.count where live[inbox[i]].number == number {
      let id = inbox[i]
      recorder.waitingChanged(at: now, was: before)
      inbox.removeAll { $0 == id }
      return id
    }
    return nil
  }

  private mutating func dropRunning(_ id: Int32, at now: Int64) {
    var computed = Int(live[id].computedTokens)
    var generated = live[id].generatedTokens
    if live[id].isDecoding {
      computed = Int(contextNow(id))
      generated = Int32(computed) + 1 - live[id].promptTokens
      milestones.remove(id, in: live)
      stopDecoding(id)
      clearLate(id)
    } else {
      partial = -1
    }
    kv.release(
      &live[id].content, allocated: blockSize.blocks(for: computed), full: blockSize.full(computed),
      ended: true)
    running.remove(id, in: live)
    dropped(id, generated: generated, at: now)
  }

  private mutating func dropped(_ id: Int32, generated: Int32, at now: Int64) {
    log.pointee.aborted(Int(live[id].number), at: now, outputTokens: generated)
    ended.append(live[id].number)
    live.remove(id)
  }
}
