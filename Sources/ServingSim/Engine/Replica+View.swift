import SimKernel

/// What others may see of a replica between events.
extension Replica {
  /// What is resident at `now` of the beginning of a request's prompt.
  mutating func prefix(ofRequest number: Int, promptTokens: Int, at now: Instant) -> FoundPrefix {
    guard plan.enablePrefixCaching else { return FoundPrefix(tokens: 0, freeBlocks: 0) }
    takeBlocks(until: now)
    let content = kv.content(of: number, promptTokens: promptTokens)
    let found = kv.match(content, tokens: promptTokens)
    return FoundPrefix(tokens: found.blocks * kv.blockSize.tokens, freeBlocks: found.unheld)
  }

  /// KV blocks in use at `now`.
  mutating func usedBlocks(at now: Instant) -> Int {
    takeBlocks(until: now)
    return kv.used
  }

  /// Steps that have begun since have taken blocks, and evicted what was in them.
  private mutating func takeBlocks(until now: Instant) {
    guard isBusy, span.steps > 1 else { return }
    allocate(through: span.firstBoundary(notBefore: epoch.time(now)))
  }

  /// Tokens of the requests that are here at `now`: of their prompts, and of their answers so far.
  func knownTokens(at now: Instant) -> Int {
    var tokens = 0
    for id in queue.all(in: live) { tokens += Int(live[id].knownTokens) }
    guard isBusy else { return tokens }
    let time = epoch.time(now)
    let step = span.firstBoundary(notBefore: time)
    let steps = span.start + span.duration(of: step) > time ? step - 1 : step
    if isBetweenSteps || span.steps == 1 && steps == 0 { return tokens + knownTokensOfRunning }
    // Only those who decode share a span of several steps. Each knows a token more than it has computed.
    return tokens + Int(decoders.context) + decoders.count * (steps + 1)
  }

  /// Its steps have ended, and others have not begun.
  private var isBetweenSteps: Bool {
    lastStepStart == span.lastStart
  }

  /// Of those who run, before the current step.
  private var knownTokensOfRunning: Int {
    batch.running.ids(in: live).reduce(0) { tokens, id in
      let isDecoding = live[id].isDecoding
      return tokens
        + (isDecoding ? Int(decoders.context(of: id, in: live)) + 1 : Int(live[id].knownTokens))
    }
  }
}
