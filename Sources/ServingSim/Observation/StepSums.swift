/// Sums over steps of one kind, on their way to the windows: whole numbers, so that adding is cheap
/// and exact.
struct StepSums: BitwiseCopyable {
  var steps: Int64 = 0
  /// Picoseconds in which such steps ran.
  var busy: Int64 = 0
  /// Prompts that were finished and so yielded a token.
  var finishedPrompts: Int64 = 0
  var prefillTokens: Int64 = 0
  var prefillContext: Int64 = 0
  var prefillPairs: Int64 = 0
  var prefillWindowedPairs: Int64 = 0
  var decodeTokens: Int64 = 0
  var decodeContext: Int64 = 0
  var decodeWindowedContext: Int64 = 0
  var weightBytes = 0.0

  /// Adds steps that prefill nothing.
  @inline(__always)
  mutating func addDecode(_ other: StepSums) {
    steps &+= other.steps
    busy &+= other.busy
    decodeTokens &+= other.decodeTokens
    decodeContext &+= other.decodeContext
    decodeWindowedContext &+= other.decodeWindowedContext
    weightBytes += other.weightBytes
  }

  @inline(__always)
  mutating func add(_ other: StepSums) {
    addDecode(other)
    finishedPrompts &+= other.finishedPrompts
    prefillTokens &+= other.prefillTokens
    prefillContext &+= other.prefillContext
    prefillPairs &+= other.prefillPairs
    prefillWindowedPairs &+= other.prefillWindowedPairs
  }
}

extension StepTotals {
  /// Adds a `share` of `sums`; of time, `busy`.
  mutating func add(_ sums: StepSums, busy time: Double, share: Double) {
    steps += Double(sums.steps) * share
    busy += time
    prefillTokens += Double(sums.prefillTokens) * share
    decodeTokens += Double(sums.decodeTokens) * share
    sampledSequences += Double(sums.decodeTokens + sums.finishedPrompts) * share
    context += Double(sums.decodeContext + sums.prefillContext) * share
    // A token's own key counts, too.
    pairs += Double(sums.decodeContext + sums.decodeTokens + sums.prefillPairs) * share
    windowedContext += Double(sums.decodeWindowedContext) * share
    windowedPairs += Double(sums.decodeWindowedContext + sums.prefillWindowedPairs) * share
    weightBytes += sums.weightBytes * share
  }
}
