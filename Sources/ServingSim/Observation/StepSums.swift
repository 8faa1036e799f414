/// Sums over steps of one kind: whole numbers, so that they add up in any order to the same bits.
struct StepSums: Hashable, BitwiseCopyable {
  /// Steps that ended.
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
  /// Of each step in whole bytes.
  var weightBytes: Int64 = 0

  /// Adds steps that prefill nothing.
  @inline(__always)
  mutating func addDecode(_ other: StepSums) {
    steps &+= other.steps
    busy &+= other.busy
    decodeTokens &+= other.decodeTokens
    decodeContext &+= other.decodeContext
    decodeWindowedContext &+= other.decodeWindowedContext
    weightBytes &+= other.weightBytes
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

  /// Takes away what earlier steps among these did.
  mutating func subtract(_ other: StepSums) {
    steps &-= other.steps
    busy &-= other.busy
    finishedPrompts &-= other.finishedPrompts
    prefillTokens &-= other.prefillTokens
    prefillContext &-= other.prefillContext
    prefillPairs &-= other.prefillPairs
    prefillWindowedPairs &-= other.prefillWindowedPairs
    decodeTokens &-= other.decodeTokens
    decodeContext &-= other.decodeContext
    decodeWindowedContext &-= other.decodeWindowedContext
    weightBytes &-= other.weightBytes
  }

  /// Of each of them the share `elapsed / busy`, rounded down.
  func share(_ elapsed: Int64) -> StepSums {
    func part(_ amount: Int64) -> Int64 {
      // Sums that are absent, and products of 64 bits, are most; a division of 128 bits is slow.
      guard amount != 0 else { return 0 }
      let product = amount.multipliedReportingOverflow(by: elapsed)
      guard product.overflow else { return product.partialValue / busy }
      return busy.dividingFullWidth(amount.multipliedFullWidth(by: elapsed)).quotient
    }
    return StepSums(
      steps: part(steps), busy: elapsed, finishedPrompts: part(finishedPrompts),
      prefillTokens: part(prefillTokens), prefillContext: part(prefillContext),
      prefillPairs: part(prefillPairs), prefillWindowedPairs: part(prefillWindowedPairs),
      decodeTokens: part(decodeTokens), decodeContext: part(decodeContext),
      decodeWindowedContext: part(decodeWindowedContext), weightBytes: part(weightBytes))
  }
}

/// What a replica did in a stretch of time, and how full it was.
struct SpanSums: Hashable {
  var work = StepSums()
  /// Time integral of the KV blocks in use.
  var blockTime: Int128 = 0

  mutating func subtract(_ earlier: SpanSums) {
    work.subtract(earlier.work)
    blockTime -= earlier.blockTime
  }

  /// What steps up to here have done `elapsed` picoseconds into the step after which they have done
  /// `next`: of each total of that step the share of its time that has passed, rounded down. The
  /// shares of a step add up to the step, however it is cut.
  func advanced(by elapsed: Int64, towards next: SpanSums) -> SpanSums {
    var step = next
    step.subtract(self)
    var sums = self
    sums.work.add(step.work.share(elapsed))
    // The blocks in use stay the same for a step.
    let blocks = step.work.busy.dividingFullWidth(
      (Int64(truncatingIfNeeded: step.blockTime >> 64), UInt64(truncatingIfNeeded: step.blockTime)))
    sums.blockTime += Int128(blocks.quotient) * Int128(elapsed)
    return sums
  }
}

extension StepTotals {
  init(_ sums: StepSums) {
    steps = Double(sums.steps)
    busy = Double(sums.busy)
    prefillTokens = Double(sums.prefillTokens)
    decodeTokens = Double(sums.decodeTokens)
    sampledSequences = Double(sums.decodeTokens + sums.finishedPrompts)
    context = Double(sums.decodeContext + sums.prefillContext)
    // A token's own key counts, too.
    pairs = Double(sums.decodeContext + sums.decodeTokens + sums.prefillPairs)
    windowedContext = Double(sums.decodeWindowedContext)
    windowedPairs = Double(sums.decodeWindowedContext + sums.prefillWindowedPairs)
    weightBytes = Double(sums.weightBytes)
  }
}
