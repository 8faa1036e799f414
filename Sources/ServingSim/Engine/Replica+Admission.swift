/// Admission of waiting requests.
extension Replica {
  /// Admits one after the other until one cannot be.
  @inline(__always)
  mutating func admitInOrder(_ budget: inout Int, at now: Int64) -> Stability {
    while true {
      switch admitFront(budget: &budget, at: now) {
      case .admitted: continue
      case .noneWaits: return batch.running.count < settings.maxNumSeqs ? .untilArrival : .untilEnd
      case .noSeat: return .untilEnd
      case .noBudget, .noMemory: return queue.waiting.order == .arrival ? .untilEnd : .untilArrival
      }
    }
  }

  /// The blocks of the first `tokens` tokens of a request that need not be computed, and those among
  /// them that nobody holds.
  @inline(__always)
  mutating func findPrefix(of id: Int32, tokens: Int) -> (blocks: Int, unheld: Int) {
    let found = kv.match(live[id].content, tokens: tokens)
    return settings.speculates ? withoutLastBlock(found, of: id) : found
  }

  /// Admits the request that the walk over the queue has come to when a seat, tokens and KV blocks
  /// for its whole prompt are there (vLLM's `scheduler_reserve_full_isl`).
  @inline(__always)
  mutating func admitFront(budget: inout Int, at now: Int64) -> AdmissionResult {
    let id = queue.waiting.front
    guard id >= 0 else { return .noneWaits }
    guard batch.running.count < settings.maxNumSeqs else { return .noSeat }
    guard budget > 0 else { return .noBudget }
    if live[id].handover == .awaited { return reserve(id, at: now) }
    let known = Int(live[id].knownTokens)
    let found = findPrefix(of: id, tokens: known)
    let cached = found.blocks &* settings.blockSize.tokens
    let remaining = known &- cached
    var tokens = remaining
    if tokens > settings.longestChunk { tokens = settings.longestChunk }
    if tokens > budget {
      guard settings.chunkedPrefill else { return .noBudget }
      tokens = budget
    }
    let missing = settings.blockSize.blocks(for: known) &- found.blocks
    let reserve = batch.running.count > 0 ? settings.watermarkBlocks : 0
    guard missing &+ found.unheld &+ reserve <= kv.free else { return .noMemory }
    if settings.offloads, loads(id, found: found.blocks, missing: missing, at: now) {
      return .admitted
    }

    recorder.waitingChanged(at: now, was: queue.count)
    queue.waiting.removeFront(in: live)
    kv.hold(&live[id].content, matched: found.blocks)
    live[id].computedTokens = Int32(truncatingIfNeeded: cached)
    batch.admit(id, in: live)
    let isFirst = log.pointee.admitted(
      Int(live[id].number), cachedTokens: Int32(truncatingIfNeeded: cached), at: now)
    if isFirst { recorder.lookedUp(known, found: cached, at: now) }
    if settings.countsService { countAdmission(of: id) }
    let newBlocks = tokens == remaining ? missing : blocksForPrefill(id, tokens: tokens)
    prefill(id, tokens: tokens, newBlocks: newBlocks, &budget)
    return .admitted
  }
}
