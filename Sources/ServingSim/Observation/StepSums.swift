import ServingModel

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
  var draftTokens: Int64 = 0
  var draftPairs: Int64 = 0
  var draftWindowedPairs: Int64 = 0
  /// Of each step in whole bytes.
  var weightBytes: Int64 = 0

  init() {}

  /// A step that computes `work`, with a drafter's tokens or prompts.
  @inline(__always)
  init(_ work: StepWork, lasting duration: Int64) {
    steps = 1
    busy = duration
    prefillTokens = Int64(work.prefillTokens)
    prefillContext = Int64(work.prefillContext)
    prefillPairs = Int64(work.prefillPairs)
    prefillWindowedPairs = Int64(work.prefillWindowedPairs)
    decodeTokens = Int64(work.decodeSequences)
    decodeContext = Int64(work.decodeContext)
    decodeWindowedContext = Int64(work.decodeWindowedContext)
  }

  /// The drafts of that step, where there is a drafter.
  mutating func setDrafts(_ work: StepWork) {
    draftTokens = Int64(work.draftTokens)
    draftPairs = Int64(work.draftPairs)
    draftWindowedPairs = Int64(work.draftWindowedPairs)
  }

  /// Adds steps that compute neither prompts nor drafts.
  @inline(__always)
  mutating func addDecode(_ other: StepSums) {
    steps &+= other.steps
    busy &+= other.busy
    decodeTokens &+= other.decodeTokens
    decodeContext &+= other.decodeContext
    decodeWindowedContext &+= other.decodeWindowedContext
    weightBytes &+= other.weightBytes
  }

  /// Adds steps that compute no drafts.
  @inline(__always)
  mutating func addUndrafted(_ other: StepSums) {
    addDecode(other)
    finishedPrompts &+= other.finishedPrompts
    prefillTokens &+= other.prefillTokens
    prefillContext &+= other.prefillContext
    prefillPairs &+= other.prefillPairs
    prefillWindowedPairs &+= other.prefillWindowedPairs
  }

  mutating func add(_ other: StepSums) {
    addUndrafted(other)
    draftTokens &+= other.draftTokens
    draftPairs &+= other.draftPairs
    draftWindowedPairs &+= other.draftWindowedPairs
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
    draftTokens &-= other.draftTokens
    draftPairs &-= other.draftPairs
    draftWindowedPairs &-= other.draftWindowedPairs
    weightBytes &-= other.weightBytes
  }

  /// Of each of them a share.
  func share(_ share: TimeShare) -> StepSums {
    var part = StepSums()
    part.steps = share.of(steps)
    part.busy = share.part
    part.finishedPrompts = share.of(finishedPrompts)
    part.prefillTokens = share.of(prefillTokens)
    part.prefillContext = share.of(prefillContext)
    part.prefillPairs = share.of(prefillPairs)
    part.prefillWindowedPairs = share.of(prefillWindowedPairs)
    part.decodeTokens = share.of(decodeTokens)
    part.decodeContext = share.of(decodeContext)
    part.decodeWindowedContext = share.of(decodeWindowedContext)
    part.draftTokens = share.of(draftTokens)
    part.draftPairs = share.of(draftPairs)
    part.draftWindowedPairs = share.of(draftWindowedPairs)
    part.weightBytes = share.of(weightBytes)
    return part
  }
}

/// A part of a step's time.
struct TimeShare {
  let part: Int64
  let whole: Int64

  init(_ part: Int64, of whole: Int64) {
    self.part = part
    self.whole = whole
  }

  /// As much of a total, rounded down.
  @inline(__always)
  func of(_ total: Int64) -> Int64 {
    // Most products fit in 64 bits; a division of 128 bits is slow.
    let product = total.multipliedReportingOverflow(by: part)
    guard product.overflow else { return product.partialValue / whole }
    return whole.dividingFullWidth(total.multipliedFullWidth(by: part)).quotient
  }
}

/// What a replica did in a stretch of time, in steps of one kind, and how full it was.
struct SpanSums {
  var isPrefill: Bool
  var work = StepSums()
  /// Time integral of the KV blocks in use.
  var blockTime: Int128 = 0
}

extension StepTotals {
  init(_ sums: StepSums) {
    steps = Double(sums.steps)
    busy = Double(sums.busy)
    prefillTokens = Double(sums.prefillTokens)
    decodeTokens = Double(sums.decodeTokens)
    draftTokens = Double(sums.draftTokens)
    sampledTokens = Double(sums.decodeTokens + sums.draftTokens + sums.finishedPrompts)
    context = Double(sums.decodeContext + sums.prefillContext)
    // A token's own key counts, too.
    pairs = Double(
      sums.decodeContext + sums.decodeTokens + sums.prefillPairs + sums.draftPairs)
    windowedContext = Double(sums.decodeWindowedContext)
    windowedPairs = Double(
      sums.decodeWindowedContext + sums.prefillWindowedPairs + sums.draftWindowedPairs)
    weightBytes = Double(sums.weightBytes)
  }
}
