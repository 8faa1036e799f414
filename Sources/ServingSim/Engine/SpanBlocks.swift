/// The KV blocks of a span, which takes some before each of its steps.
///
/// Invariant: while the span goes on, `usedAtStart` and what has grown are the pool's blocks in use:
/// what the steps up to number `allocatedSteps` need.
struct SpanBlocks {
  /// In use when its first step began, that step's included.
  private(set) var usedAtStart = 0
  /// Steps whose blocks have been taken, and what was taken after the first one.
  private(set) var allocatedSteps = 0
  private(set) var grown = BlockGrowth()

  /// A span begins whose first step has its blocks.
  @inline(__always)
  mutating func begin(used: Int) {
    usedAtStart = used
    allocatedSteps = 1
    grown.clear()
  }

  /// `more` was taken for the steps up to number `count`.
  @inline(__always)
  mutating func took(_ more: BlockGrowth, through count: Int) {
    allocatedSteps = count
    grown.add(more)
  }

  /// The time integral of the blocks in use until `duration` after the start of `span`, which they
  /// are of.
  @inline(__always)
  func blockTime(in span: StepSpan, until duration: Int64) -> Int128 {
    blockTime(grown, in: span, until: duration)
  }

  /// The same within the span's step `count`.
  func blockTime(
    in span: StepSpan, until duration: Int64, within count: Int, for demand: borrowing BlockDemand
  ) -> Int128 {
    let part = grown.blocks == 0 ? grown : demand.growth(after: 1, before: count)
    return blockTime(part, in: span, until: duration)
  }

  @inline(__always)
  private func blockTime(
    _ grown: BlockGrowth, in span: StepSpan, until duration: Int64
  ) -> Int128 {
    let time = Int128(usedAtStart &+ Int(grown.blocks)) &* Int128(duration)
    return grown.blocks == 0 ? time : time &- grown.timeBefore(in: span)
  }
}

extension Replica {
  /// Takes the blocks of the span's steps up to number `count`.
  @inline(__always)
  mutating func allocate(through count: Int) {
    let allocated = spanBlocks.allocatedSteps
    guard count > allocated else { return }
    guard count &- allocated <= settings.blockSize.tokens else {
      return allocateRounds(through: count)
    }
    take(decoders.demand.growth(inRoundAfter: allocated, before: count), through: count)
  }

  /// The same where phases come round.
  @inline(never)
  private mutating func allocateRounds(through count: Int) {
    let allocated = spanBlocks.allocatedSteps
    take(decoders.demand.growth(inRoundsAfter: allocated, before: count), through: count)
  }

  @inline(__always)
  private mutating func take(_ more: BlockGrowth, through count: Int) {
    kv.take(Int(more.blocks))
    spanBlocks.took(more, through: count)
  }
}
