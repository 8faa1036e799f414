/// When the decoding requests need their next KV blocks: each one whenever the step number has a
/// certain remainder modulo the block size, its phase.
///
/// Invariant: the blocks of a phase are the requests that have it.
struct BlockDemand: ~Copyable {
  let blockSize: BlockSize
  private let blocks: Table<Int32>
  /// Of the current step.
  private(set) var phase: Int32 = 0

  init(blockSize: BlockSize) {
    self.blockSize = blockSize
    blocks = Table([Int32](repeating: 0, count: blockSize.tokens))
  }

  private init(copying other: borrowing BlockDemand) {
    blockSize = other.blockSize
    blocks = other.blocks.copy()
    phase = other.phase
  }

  func copy() -> BlockDemand { BlockDemand(copying: self) }

  /// Blocks needed whenever the phase is this one.
  @inline(__always)
  subscript(_ phase: Int) -> Int { Int(blocks[phase]) }

  /// Blocks needed in the current step.
  @inline(__always)
  var due: Int { Int(blocks[Int(phase)]) }

  /// A request decodes from the current step on, before which its context is `context`. Returns its
  /// phase.
  @inline(__always)
  mutating func insert(context: Int) -> Int32 {
    let ahead = blockSize.tokens &- blockSize.remainder(context)
    let phase = blockSize.remainder(Int(phase) &+ ahead)
    blocks[phase] &+= 1
    return Int32(truncatingIfNeeded: phase)
  }

  @inline(__always)
  mutating func remove(phase: Int32) { blocks[Int(phase)] &-= 1 }

  @inline(__always)
  mutating func advance(by steps: Int) {
    phase = Int32(truncatingIfNeeded: blockSize.remainder(Int(phase) &+ steps))
  }

  /// How many of `steps` steps of `count` requests `free` blocks last for; at least the first, whose
  /// blocks are taken.
  @inline(__always)
  func affordable(_ steps: Int, of count: Int, free: Int) -> Int {
    if count &* (blockSize.full(steps &- 1) &+ 1) <= free { return steps }
    return countAffordable(steps, free: free)
  }

  @inline(never)
  private func countAffordable(_ steps: Int, free: Int) -> Int {
    var needed = 0
    var phase = Int(phase)
    for ahead in 1..<max(steps, 1) {
      phase = phase &+ 1 == blockSize.tokens ? 0 : phase &+ 1
      needed += self[phase]
      if needed > free { return ahead }
    }
    return steps
  }
}
