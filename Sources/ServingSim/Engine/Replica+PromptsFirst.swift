import SimKernel

/// Steps of engines that compute prompts by themselves, before anybody decodes on: SGLang's
/// (`get_next_batch_to_run` in `python/sglang/srt/managers/scheduler.py`, 0.5).
extension Replica {
  /// Fills the batch with prompts or, if there are none that can be computed, with those who decode.
  /// Returns whether somebody was preempted.
  @inline(never)
  mutating func planPromptsOrAnswers(at now: Int64) -> Bool {
    var budget = settings.maxNumBatchedTokens
    if !departures.ended.isEmpty { horizon.hasSeenEnds = true }
    if !batch.unfinished.isEmpty { continuePrompt(&budget) }
    admitPrompts(budget, at: now)
    if batch.hasChunks {
      pause.begin(&decoders, at: now)
      return false
    }
    precondition(decoders.count > 0, "a batch policy that gives an idle engine nobody to run")
    return planAnswers(at: now)
  }

  /// Nobody else can be admitted before it is finished: its blocks were free when it was.
  private mutating func continuePrompt(_ budget: inout Int) {
    let id = batch.unfinished[0]
    batch.takeUnfinished()
    let chunk = min(remainingPrefill(id), budget)
    prefill(id, tokens: chunk, newBlocks: blocksForPrefill(id, tokens: chunk), &budget)
  }

  private mutating func admitPrompts(_ budget: Int, at now: Int64) {
    if isFull { return }
    guard !queue.waiting.isEmpty else {
      return horizon.nobodyWaits(isFull: batch.running.count == settings.maxNumSeqs)
    }
    horizon.decided(askPolicy(budget, at: now))
  }

  private mutating func planAnswers(at now: Int64) -> Bool {
    var preempted = false
    while decoders.demand.due > kv.free {
      preempt(leastAnswered(), isServed: false, at: now)
      preempted = true
    }
    kv.take(decoders.demand.due)
    if preempted { expectMore() }
    noteEnds()
    if preempted { horizon.decided(.steps(1)) }
    return preempted
  }

  /// Whether the policy is not asked, having said that nobody can join: SGLang's `batch_is_full`, which
  /// stays until a decode step finds that somebody has ended.
  @inline(__always)
  var isFull: Bool {
    settings.newTokenRatio != nil && horizon.isClosed && batch.running.count > 0
  }

  /// In a step that decodes: the policy is asked again after it if somebody has gone since the last
  /// such step.
  @inline(never)
  mutating func noteEnds() {
    if isFull, horizon.hasSeenEnds { horizon.decided(.steps(1)) }
    horizon.hasSeenEnds = false
  }

  private func leastAnswered() -> Int32 {
    var victim = batch.running.first
    var least = (Int.max, 0)
    var id = victim
    while id >= 0 {
      let standing = (generatedTokens(id), -Int(live[id].promptTokens))
      if standing <= least { (victim, least) = (id, standing) }
      id = live[id].next
    }
    return victim
  }

  /// The ratio is what those who still run have used of their limits.
  private mutating func expectMore() {
    guard let ratio = settings.newTokenRatio else { return }
    let value = ratio.estimate(
      generated: sumOverRunning(\.generatedTokens), limit: sumOverRunning(\.maxTokens),
      of: batch.running.count)
    newTokenRatio.set(value, at: decoders.step)
  }

  /// The span ends: it computed prompts, or yielded tokens. Returns what `Decoders.advance` does.
  @inline(never)
  mutating func endPromptsOrAnswers() -> Int32 {
    if pause.endStep(&decoders) {
      for i in 0..<batch.chunks.count { namePrompt(batch.chunks[i]) }
      return -1
    }
    if pause.isOver {
      log.pointee.tokenGaps(span, of: decoders.count)
    } else {
      recordLateTokenGaps()
    }
    return decoders.advance(by: span.steps)
  }

  /// What a step has computed of a prompt can be found from its end on, and a copy of what others have
  /// computed meanwhile is given back (`cache_unfinished_req` in
  /// `python/sglang/srt/mem_cache/radix_cache.py`, 0.5).
  private mutating func namePrompt(_ chunk: PrefillChunk) {
    let computed = Int(live[chunk.id].computedTokens &+ chunk.tokens)
    kv.name(&live[chunk.id].content, upTo: settings.blockSize.full(computed))
    kv.giveBackCopies(&live[chunk.id].content)
  }
}
