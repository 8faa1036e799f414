import SimKernel

/// What others may see of a replica between events.
extension Replica {
  /// Tokens at the beginning of a request's prompt that are resident at `now`.
  mutating func residentTokens(ofRequest number: Int, promptTokens: Int, at now: Instant) -> Int {
    guard plan.enablePrefixCaching else { return 0 }
    // Steps that have begun since have taken blocks, and evicted what was in them.
    if isBusy, span.steps > 1 {
      allocate(through: span.firstBoundary(notBefore: epoch.time(now)))
    }
    let content = kv.content(of: number, promptTokens: promptTokens)
    return kv.match(content, tokens: promptTokens).blocks * kv.blockSize.tokens
  }
}
