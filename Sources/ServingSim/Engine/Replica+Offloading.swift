import SimKernel

/// KV entries that come from the host's memory, or by way of it, before a request runs.
///
/// As in vLLM with its OffloadingConnector the request has left the queue meanwhile, has no seat, and
/// has blocks; here for its whole prompt, so that loads cannot fill the memory with prompts none of which
/// can go on.
extension Replica {
  /// Begins to load what the tiers have of the request that the walk over the queue has come to, of which
  /// `found` blocks are here and whose blocks are free: `missing` of them. Returns false where nothing is
  /// worth it.
  @inline(never)
  mutating func loads(_ id: Int32, found: Int, missing: Int, at now: Int64) -> Bool {
    guard let plan = tiers.plan else { return false }
    let text = live[id].content
    let blocks = tiers.lookUp(text, tokens: Int(live[id].knownTokens), after: found)
    let count = blocks.reduce(0, +)
    let (cached, tokens) = (found * kv.blockSize.tokens, count * kv.blockSize.tokens)
    guard plan.pays(blocks, tokens: tokens, after: cached, settings.stepTime) else { return false }
    leaveQueue(id, at: now)
    kv.hold(&live[id].content, matched: found)
    kv.take(missing)
    live[id].isLoading = true
    live[id].computedTokens = Int32(cached + tokens)
    parked.append(id)
    tiers.begun.append(Tiers.Load(number: live[id].number, blocks: blocks))
    return true
  }

  /// The request that the walk over the queue has come to leaves it.
  mutating func leaveQueue(_ id: Int32, at now: Int64) {
    recorder.waitingChanged(at: now, was: queue.count)
    queue.waiting.removeFront(in: live)
    if settings.countsService { countAdmission(of: id) }
  }

  /// Takes what has been loaded as computed. The blocks of the rest are free again, and taken as the
  /// prompt goes on.
  mutating func takeUpLoaded(_ id: Int32, at now: Int64) {
    let loaded = Int(live[id].computedTokens)
    let known = Int(live[id].knownTokens)
    kv.giveBack(settings.blockSize.blocks(for: known) - settings.blockSize.blocks(for: loaded))
    live[id].isLoading = false
    let isFirst = log.pointee.admitted(Int(live[id].number), cachedTokens: Int32(loaded), at: now)
    if isFirst { recorder.lookedUp(known, found: loaded, at: now) }
  }

  /// The chunks of the step that ends are computed: full blocks of prompts go to the tiers.
  @inline(never)
  mutating func offloadChunks() {
    for chunk in batch.chunks.elements {
      let start = live[chunk.id].computedTokens
      let end = min(start + chunk.tokens, live[chunk.id].promptTokens)
      let (full, known) = (
        settings.blockSize.full(Int(end)), settings.blockSize.full(Int(start))
      )
      if full > known { tiers.store(live[chunk.id].content, blocks: full, known: known) }
    }
  }
}
