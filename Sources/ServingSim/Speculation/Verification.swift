import ServingModel

/// What it takes to verify drafts of one answer.
struct Verification {
  var tokens: Int
  var computed: Int
  /// 0: none.
  var window: Int
}

extension StepWork {
  mutating func add(_ one: Verification, times sign: Int) {
    let drafts = one.tokens &- 1
    decodeSequences &+= sign
    decodeContext &+= sign &* one.computed
    draftTokens &+= sign &* drafts
    // Each sees the context, the last token, the drafts before it and itself.
    draftPairs &+= sign &* (drafts &* (one.computed &+ 1) &+ (drafts &* (drafts &+ 1)) &>> 1)
    guard one.window > 0 else { return }
    decodeWindowedContext &+= sign &* min(one.computed, one.window)
    draftWindowedPairs &+=
      sign &* windowedPairs(drafts, after: one.computed &+ 1, window: one.window)
  }
}
