import SimKernel

/// When KV blocks run out: vLLM's walk over the running requests, preempting as it goes.
extension Replica {
  /// Serves running requests in order, each with the blocks it needs; while there are none, the
  /// last admitted (in a queue by rank: the one of the greatest) is preempted, in the end the request itself.
  @inline(never)
  mutating func scheduleUnderPressure(_ budget: inout Int, at now: Int64) -> Bool {
    var preempted = false
    var id = batch.running.first
    batch.takeUnfinished()
    while id >= 0, budget > 0 {
      let tokens = live[id].isDecoding ? 1 : nextChunk(of: id, budget)
      let blocks = blocksNeeded(id, tokens: tokens)
      while blocks > kv.free {
        let victim = victimOfPreemption()
        // Of those who run by now; in the queue it gets another neighbour.
        let next = live[id].next
        budget += preempt(victim, isServed: live[victim].admission < live[id].admission, at: now)
        preempted = true
        guard victim != id else {
          stall(from: next, at: now)
          return true
        }
      }
      if live[id].isDecoding {
        kv.take(blocks)
        budget -= 1
      } else {
        goOn(id, tokens: tokens, newBlocks: blocks, &budget)
      }
      id = live[id].next
    }
    skip(from: id)
    return preempted
  }

  private func blocksNeeded(_ id: Int32, tokens: Int) -> Int {
    guard live[id].isDecoding else { return blocksToGoOn(id, tokens: tokens) }
    return kv.blockSize.remainder(Int(decoders.context(of: id, in: live))) == 0 ? 1 : 0
  }

  private func victimOfPreemption() -> Int32 {
    guard queue.waiting.order == .rank else { return batch.running.last }
    var victim = batch.running.first
    var id = live[victim].next
    while id >= 0 {
      let candidate = (live[id].rank, live[id].arrival)
      if candidate > (live[victim].rank, live[victim].arrival) { victim = id }
      id = live[id].next
    }
    return victim
  }

  /// Sends a running request back to the queue; all it computed will be computed again, but for
  /// what the prefix cache still has by then. Returns how many tokens the current step was to compute
  /// of it. `isServed`: it has been given what the step is to compute of it, if it decodes.
  @discardableResult
  mutating func preempt(_ id: Int32, isServed: Bool, at now: Int64) -> Int {
    var computed = Int(live[id].computedTokens)
    var served = 0
    // A block that this step has taken already goes back, too.
    let allocated: Int
    if live[id].isDecoding {
      computed = suspendDecoding(id, at: now)
      served = isServed ? 1 : 0
      allocated = kv.blockSize.blocks(for: computed + served)
      missed.clearLate(id, in: live)
    } else if live[id].isVerifying {
      served = dropVerification(id)
      allocated = allocatedBlocks(of: id, computed: computed)
    } else {
      served = batch.dropChunk(
        id, computed: computed, remaining: remainingPrefill(id), window: settings.window)
      // vLLM names a prompt's blocks as it gives them out, and leaves them their names.
      computed += served
      allocated = allocatedBlocks(of: id, computed: computed)
    }
    live[id].computedTokens = 0
    if settings.speculates { forgetDrafts(id) }
    if settings.promptsFirst { computed = min(computed, Int(live[id].promptTokens)) }
    kv.release(
      &live[id].content, allocated: allocated, full: kv.blockSize.full(computed), ended: false)
    batch.running.remove(id, in: live)
    recorder.waitingChanged(at: now, was: queue.count)
    if settings.promptsFirst {
      queue.waiting.append(id, in: live)
    } else {
      queue.waiting.restore(id, in: live)
    }
    if settings.countsService { service.comesBack(Int32(live[id].rank)) }
    recorder.preempted(at: now)
    log.pointee.preempted(Int(live[id].number))
    return served
  }

  /// Makes a decoding request one that waits, at the end of the step that yielded its last token.
  /// Returns its context.
  private mutating func suspendDecoding(_ id: Int32, at now: Int64) -> Int {
    countDecodingEnd(of: id)
    let computed = Int(decoders.remove(id, in: live))
    live[id].isDecoding = false
    live[id].knownTokens = Int32(computed) + 1
    // A late one yielded its last token before the step it missed.
    if !live[id].isLate { live[id].lastToken = leavePause(id, at: now) }
    return computed
  }

  /// A decoding request decodes no more. Returns when it got its last token.
  @inline(__always)
  mutating func leavePause(_ id: Int32, at now: Int64) -> Int64 {
    guard !pause.isOver else { return now }
    let lastToken = pause.lastToken(joined: live[id].lastToken, at: now)
    pause.leaves(lastToken: lastToken)
    return lastToken
  }

  /// The requests from `first` on miss this step: vLLM ends its walk with the request that had to
  /// preempt itself, even when it was not the last.
  private mutating func stall(from first: Int32, at now: Int64) {
    var id = first
    while id >= 0 {
      let next = live[id].next
      if live[id].isDecoding {
        live[id].computedTokens = Int32(suspendDecoding(id, at: now))
        missed.stalled.append(id)
        horizon.needsCare = true
      } else {
        batch.leaveUnfinished(id, in: live)
      }
      id = next
    }
  }

  /// Nobody was served at all, so nobody has missed anything.
  @inline(never)
  mutating func resumeStalled() {
    for i in 0..<missed.stalled.count { startDecoding(missed.stalled[i]) }
    missed.stalled.removeAll()
  }

  /// The step that the stalled requests missed is over: they decode again, and the gap to their
  /// next token is theirs alone.
  @inline(never)
  mutating func releaseStalled() {
    missed.makeStalledLate(in: live)
    resumeStalled()
  }

  /// Writes down the gaps before the tokens of the span that ends now, some of them late or the first
  /// after a pause.
  @inline(never)
  mutating func recordLateTokenGaps() {
    var first = span
    first.resize(to: 1)
    var inTime = decoders.count
    for group in pause.groups where group.count > 0 {
      inTime -= group.count
      log.pointee.tokenGaps(first.end - group.lastToken, of: group.count)
    }
    pause.end()
    for i in 0..<missed.late.count where live[missed.late[i]].isDecoding {
      inTime -= 1
      log.pointee.tokenGaps(first.end - live[missed.late[i]].lastToken, of: 1)
    }
    log.pointee.tokenGaps(first, of: inTime)
    var rest = span
    rest.first += span.growth
    rest.resize(to: span.steps - 1)
    if rest.steps > 0 { log.pointee.tokenGaps(rest, of: decoders.count) }
    missed.caughtUp(in: live)
  }
}
