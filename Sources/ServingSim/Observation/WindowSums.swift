/// A window of time in the making: what `WindowTotals` says of it, in whole numbers, so that windows
/// add up in any order to the same bits. An empty one is all zeros.
struct WindowSums: BitwiseCopyable {
  var prefillSteps = StepSums()
  var decodeSteps = StepSums()
  /// Time integrals: blocks times picoseconds of a long window outgrow 64 bits.
  var runningTime: Int128 = 0
  var waitingTime: Int128 = 0
  var usedBlockTime: Int128 = 0
  var offTime: Int64 = 0
  var arrived = 0
  var finished = 0
  var preemptions = 0
  var lookedUpTokens = 0
  var cachedTokens = 0
  var verifiedDrafts = 0
  var acceptedTokens = 0
  var surplusTokens = 0

  /// Steps during which `running` requests ran and KV blocks were in use for `blockTime`.
  @inline(__always)
  mutating func addOccupancy(running: Int, busy: Int64, blockTime: Int128) {
    runningTime &+= Int128(running) &* Int128(busy)
    usedBlockTime &+= blockTime
  }

  mutating func add(_ sums: SpanSums, running: Int) {
    if sums.isPrefill { prefillSteps.add(sums.work) } else { decodeSteps.add(sums.work) }
    addOccupancy(running: running, busy: sums.work.busy, blockTime: sums.blockTime)
  }

  mutating func subtract(_ sums: SpanSums, running: Int) {
    if sums.isPrefill { prefillSteps.subtract(sums.work) } else { decodeSteps.subtract(sums.work) }
    addOccupancy(running: running, busy: -sums.work.busy, blockTime: -sums.blockTime)
  }

  /// Adds a neighbour.
  mutating func add(_ other: WindowSums) {
    prefillSteps.add(other.prefillSteps)
    decodeSteps.add(other.decodeSteps)
    runningTime += other.runningTime
    waitingTime += other.waitingTime
    usedBlockTime += other.usedBlockTime
    offTime += other.offTime
    arrived += other.arrived
    finished += other.finished
    preemptions += other.preemptions
    lookedUpTokens += other.lookedUpTokens
    cachedTokens += other.cachedTokens
    verifiedDrafts += other.verifiedDrafts
    acceptedTokens += other.acceptedTokens
    surplusTokens += other.surplusTokens
  }
}

extension WindowTotals {
  init(_ sums: WindowSums) {
    prefillSteps = StepTotals(sums.prefillSteps)
    decodeSteps = StepTotals(sums.decodeSteps)
    runningTime = Double(nearest: sums.runningTime)
    waitingTime = Double(nearest: sums.waitingTime)
    usedBlockTime = Double(nearest: sums.usedBlockTime)
    offTime = Double(sums.offTime)
    arrived = sums.arrived
    finished = sums.finished
    preemptions = sums.preemptions
    lookedUpTokens = sums.lookedUpTokens
    cachedTokens = sums.cachedTokens
    verifiedDrafts = sums.verifiedDrafts
    acceptedTokens = sums.acceptedTokens
    surplusTokens = sums.surplusTokens
  }
}

extension Double {
  /// The library's conversion of 128 bits takes long, and hardly any sum needs it.
  fileprivate init(nearest value: Int128) {
    let half = Int64(truncatingIfNeeded: value)
    self = Int128(half) == value ? Double(half) : Double(value)
  }
}
