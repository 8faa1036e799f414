import ServingModel

/// Speculative decoding, as vLLM V1 schedules it: a request whose prompt is computed is served like one
/// whose prompt is not, with a chunk of its last token and the drafter's tokens. What of these is
/// rejected is not there afterwards, though its blocks are.
extension Replica {
  /// A request has its prompt computed, and the drafter has proposed how it goes on.
  @inline(never)
  mutating func startVerifying(_ id: Int32) {
    live[id].isVerifying = true
    goOnDrafting(id)
  }

  /// The drafter proposes as many tokens as it does in a step of so many requests, and no more than the
  /// model's length leaves.
  private mutating func goOnDrafting(_ id: Int32) {
    let proposed = settings.speculation.schedule.drafts(batch: batch.served)
    let room = Int(settings.maxModelLength &- 1 &- live[id].knownTokens)
    live[id].drafts = UInt8(max(0, min(proposed, room)))
    batch.leaveUnfinished(id, in: live)
  }

  /// A running request goes on, be it with a prompt or with drafts.
  @inline(never)
  mutating func goOnWithDrafts(_ id: Int32, tokens: Int, newBlocks: Int, _ budget: inout Int) {
    let computed = Int(live[id].computedTokens)
    reach(id, withLookahead(computed &+ tokens))
    guard live[id].isVerifying else {
      return prefill(id, tokens: tokens, newBlocks: newBlocks, &budget)
    }
    kv.take(newBlocks)
    batch.addVerification(id, tokens: tokens, computed: computed, window: Int(settings.window))
    budget &-= tokens
  }

  /// The step that has ended computed chunks, of which none is left.
  @inline(__always)
  mutating func clearChunks() {
    batch.clearChunks()
    if settings.speculates { batch.work = StepWork() }
  }

  /// The budget is spent: a running request misses the step.
  mutating func skip(_ id: Int32) {
    precondition(settings.speculates, "a running request that gets no token")
    batch.skip(id)
  }

  /// The same for all from `first` on.
  mutating func skip(from first: Int32) {
    var id = first
    while id >= 0 {
      skip(id)
      id = live[id].next
    }
  }

  /// How many of a chunk's drafts are accepted, and tokens that it yields: those, and the one after them,
  /// unless the answer ends before.
  func verified(_ chunk: PrefillChunk) -> (accepted: Int, yielded: Int) {
    let request = live[chunk.id]
    let generated = Int(request.generatedTokens)
    let accepted = settings.speculation.acceptance.accepted(
      Int(chunk.tokens) &- 1, of: Int(request.number), after: generated)
    return (accepted, min(accepted &+ 1, Int(request.outputTokens) &- generated))
  }

  /// The step has verified a chunk.
  @inline(never)
  mutating func endVerification(_ chunk: PrefillChunk, at now: Int64) {
    let id = chunk.id
    guard chunk.tokens > 0 else { return batch.leaveUnfinished(id, in: live) }
    let (accepted, yielded) = verified(chunk)
    recorder.verified(Int(chunk.tokens) &- 1, accepted: accepted, yielded: yielded, at: now)
    log.pointee.tokenGaps(now - live[id].lastToken, of: 1)
    live[id].lastToken = now
    live[id].computedTokens &+= Int32(truncatingIfNeeded: yielded)
    live[id].knownTokens &+= Int32(truncatingIfNeeded: yielded)
    if live[id].generatedTokens == live[id].outputTokens {
      end(id, computed: Int(live[id].computedTokens), at: now)
    } else {
      goOnDrafting(id)
    }
  }
}

/// Blocks of requests with drafts.
extension Replica {
  /// Tokens that a running request has blocks for when it computes up to `end`.
  private func withLookahead(_ end: Int) -> Int {
    min(end &+ settings.speculation.lookaheadTokens, Int(settings.maxModelLength))
  }

  /// KV blocks that a running request needs to go on with `tokens` more tokens.
  @inline(never)
  func blocksWithLookahead(_ id: Int32, tokens: Int) -> Int {
    let reach = Int(live[id].reach)
    let end = max(reach, withLookahead(Int(live[id].computedTokens) &+ tokens))
    return settings.blockSize.blocks(for: end) &- settings.blockSize.blocks(for: reach)
  }

  /// A request has blocks for `tokens` tokens, or for more.
  mutating func reach(_ id: Int32, _ tokens: Int) {
    live[id].reach = max(live[id].reach, Int32(truncatingIfNeeded: tokens))
  }

  /// A preempted request begins anew. What was proposed for it is forgotten.
  mutating func forgetDrafts(_ id: Int32) {
    live[id].isVerifying = false
    live[id].drafts = 0
    live[id].reach = 0
  }

  /// The current step does not verify the drafts of a request that is preempted. Returns how many tokens
  /// it was to compute.
  mutating func dropVerification(_ id: Int32) -> Int {
    batch.dropVerification(
      id, computed: Int(live[id].computedTokens), window: Int(settings.window))
  }

  /// A request's prompt is computed, which goes to another replica: it needs no more blocks than that.
  mutating func giveBackLookahead(_ id: Int32) {
    let known = settings.blockSize.blocks(for: Int(live[id].knownTokens))
    kv.giveBack(settings.blockSize.blocks(for: Int(live[id].reach)) - known)
    live[id].reach = live[id].knownTokens
  }

  /// What the prefix cache has `found`, without the last block where the drafter needs that computed.
  @inline(never)
  mutating func withoutLastBlock(
    _ found: (blocks: Int, unheld: Int), of id: Int32
  ) -> (blocks: Int, unheld: Int) {
    guard settings.speculation.recomputesLastBlock, found.blocks > 0 else { return found }
    return kv.match(live[id].content, tokens: found.blocks &* settings.blockSize.tokens)
  }
}
