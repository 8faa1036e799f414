/// Planning the batch of a step.
extension Replica {
  /// Fills the batch. Returns whether a request was preempted; then the batch can even be empty,
  /// and is planned anew.
  @inline(__always)
  mutating func planBatch(at now: Int64) -> Bool {
    if batch.hasChunks { clearChunks() }
    if !missed.stalled.isEmpty { resumeStalled() }
    guard settings.isOrdered else { return planAsAsked(at: now) }
    var budget = settings.maxNumBatchedTokens
    let preempted = scheduleRunning(&budget, at: now)
    if !preempted, !parked.received.isEmpty { admitReceived(&budget, at: now) }
    if !preempted, !queue.waiting.isEmpty {
      horizon.decided(admitInOrder(&budget, at: now))
      precondition(
        batch.running.count > 0 || !parked.isEmpty, "an idle engine that can run nobody")
    } else {
      horizon.nobodyWaits(isFull: batch.running.count == settings.maxNumSeqs)
    }
    return preempted
  }

  /// The same where the policy has to be asked.
  @inline(never)
  private mutating func planAsAsked(at now: Int64) -> Bool {
    if settings.reordersQueue { reorderQueue() }
    if settings.promptsFirst { return planPromptsOrAnswers(at: now) }
    var budget = settings.maxNumBatchedTokens
    let preempted = scheduleRunning(&budget, at: now)
    if !preempted, !parked.received.isEmpty { admitReceived(&budget, at: now) }
    if !preempted, !queue.waiting.isEmpty {
      if !isFull { horizon.decided(askPolicy(budget, at: now)) }
      precondition(
        batch.running.count > 0 || !parked.isEmpty,
        "a batch policy that gives an idle engine nobody to run")
    } else if preempted || !isFull {
      horizon.nobodyWaits(isFull: batch.running.count == settings.maxNumSeqs)
    }
    horizon.hasSeenEnds = !departures.ended.isEmpty
    noteEnds()
    return preempted
  }

  /// As SGLang does, whose scheduler looks through its queue even when an unfinished prompt is all that
  /// can go on (`_get_new_batch_prefill_raw` in `python/sglang/srt/managers/scheduler.py`, 0.5).
  @inline(never)
  private mutating func reorderQueue() {
    let canJoin = !isFull && batch.running.count < settings.maxNumSeqs
    guard queue.waiting.count > 1, canJoin || !batch.unfinished.isEmpty else { return }
    let policy = settings.policy
    let standings = withUnsafeMutablePointer(to: &self) {
      policy.standings(of: QueueLine(replica: $0))
    }
    if let standings { queue.waiting.reorder(by: standings, in: live) }
  }

  mutating func askPolicy(_ budget: Int, at now: Int64) -> Stability {
    defer { queue.waiting.endWalk(in: live) }
    let policy = settings.policy
    return withUnsafeMutablePointer(to: &self) { replica in
      var queue = QueueView(replica: replica, budget: budget, now: now)
      return policy.plan(&queue)
    }
  }

  /// Gives each running request its next token or prompt chunk. Returns whether one was preempted.
  @inline(__always)
  private mutating func scheduleRunning(_ budget: inout Int, at now: Int64) -> Bool {
    let due = decoders.demand.due
    guard batch.unfinished.isEmpty, due <= kv.free else {
      return scheduleUnfinishedPrompts(&budget, blocksDue: due, at: now)
    }
    kv.take(due)
    budget &-= decoders.count
    return false
  }

  /// The same when prompts are to be continued or KV blocks are short.
  @inline(never)
  private mutating func scheduleUnfinishedPrompts(
    _ budget: inout Int, blocksDue: Int, at now: Int64
  ) -> Bool {
    guard !batch.unfinished.isEmpty else { return scheduleUnderPressure(&budget, at: now) }
    guard settings.longestChunk == .max, !settings.speculates else {
      return scheduleChunks(&budget, blocksDue: blocksDue, at: now)
    }
    // A prompt that the budget alone cuts is served last.
    let id = batch.unfinished[0]
    let chunk = min(remainingPrefill(id), budget - decoders.count)
    let blocks = blocksForPrefill(id, tokens: chunk)
    guard blocksDue + blocks <= kv.free else { return scheduleUnderPressure(&budget, at: now) }
    batch.takeUnfinished()
    kv.take(blocksDue)
    budget -= decoders.count
    prefill(id, tokens: chunk, newBlocks: blocks, &budget)
    return false
  }

  /// The same where a chunk has a limit of its own, or with drafts.
  ///
  /// Without drafts the budget cuts no chunk but that of the last one who runs. When that one joined there
  /// was a token left for it beside those of all others, and nobody needs more of them in a later step.
  /// Drafts can need more than there are: then the last ones get none.
  @inline(never)
  private mutating func scheduleChunks(
    _ budget: inout Int, blocksDue: Int, at now: Int64
  ) -> Bool {
    var left = budget - decoders.count
    var blocks = blocksDue
    for id in batch.unfinished.elements {
      let chunk = nextChunk(of: id, left)
      left -= chunk
      blocks += blocksToGoOn(id, tokens: chunk)
    }
    // Prompts are served among those who decode. Where blocks are taken that hold text, it matters who
    // takes them, and who gives blocks back.
    guard blocks <= kv.blank else { return scheduleUnderPressure(&budget, at: now) }
    kv.take(blocksDue)
    budget -= decoders.count
    for i in 0..<batch.unfinished.count {
      let id = batch.unfinished[i]
      let chunk = nextChunk(of: id, budget)
      if chunk == 0 {
        skip(id)
      } else {
        goOn(id, tokens: chunk, newBlocks: blocksToGoOn(id, tokens: chunk), &budget)
      }
    }
    batch.takeUnfinished()
    return false
  }

  /// An unfinished prompt that was admitted before some of those who decode goes on. When its request
  /// ends with it, it ends before theirs.
  mutating func goOn(_ id: Int32, tokens: Int, newBlocks: Int, _ budget: inout Int) {
    if settings.speculates {
      return goOnWithDrafts(id, tokens: tokens, newBlocks: newBlocks, &budget)
    }
    if endsWithPrompt(id, tokens: tokens) { horizon.needsCare = true }
    prefill(id, tokens: tokens, newBlocks: newBlocks, &budget)
  }

  /// Tokens that a step computes of an unfinished prompt, of the `budget` that is left.
  @inline(__always)
  func nextChunk(of id: Int32, _ budget: Int) -> Int {
    min(remainingPrefill(id) &+ Int(live[id].drafts), budget, settings.longestChunk)
  }

  @inline(__always)
  func remainingPrefill(_ id: Int32) -> Int { Int(live[id].knownTokens &- live[id].computedTokens) }

  /// KV blocks that `tokens` more tokens of a prefilling request need.
  @inline(__always)
  func blocksForPrefill(_ id: Int32, tokens: Int) -> Int {
    let computed = Int(live[id].computedTokens)
    return settings.blockSize.blocks(for: computed &+ tokens)
      &- settings.blockSize.blocks(for: computed)
  }

  /// KV blocks that a running request needs which goes on with `tokens` more tokens.
  @inline(__always)
  func blocksToGoOn(_ id: Int32, tokens: Int) -> Int {
    settings.speculates
      ? blocksWithLookahead(id, tokens: tokens) : blocksForPrefill(id, tokens: tokens)
  }

  /// Gives a request whose prefix is held `tokens` tokens of prefill in this step.
  @inline(__always)
  mutating func prefill(_ id: Int32, tokens: Int, newBlocks: Int, _ budget: inout Int) {
    let computed = Int(live[id].computedTokens)
    kv.take(newBlocks)
    if settings.speculates { reach(id, computed &+ tokens) }
    if settings.namesAtOnce {
      kv.name(&live[id].content, upTo: settings.blockSize.full(computed &+ tokens))
    }
    batch.addChunk(
      id, tokens: tokens, computed: computed, remaining: remainingPrefill(id),
      window: settings.window)
    budget &-= tokens
  }
}
