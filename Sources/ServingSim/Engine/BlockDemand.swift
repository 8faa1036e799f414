/// When the decoding requests need their next KV blocks: each one whenever the step number has a
/// certain remainder modulo the block size, its phase.
///
/// Invariant: the blocks of a phase are the requests that have it.
struct BlockDemand: ~Copyable {
  let blockSize: BlockSize
  /// By phase, twice over: those of as many steps as a block has tokens lie in a row, wherever they begin.
  private let blocks: Table<Int32>
  /// Of the current step.
  private(set) var phase: Int32 = 0

  init(blockSize: BlockSize) {
    self.blockSize = blockSize
    blocks = Table([Int32](repeating: 0, count: 2 * blockSize.tokens))
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
    let last = Int(phase) &- blockSize.remainder(context)
    let phase = last < 0 ? last &+ blockSize.tokens : last
    change(phase, by: 1)
    return Int32(truncatingIfNeeded: phase)
  }

  @inline(__always)
  mutating func remove(phase: Int32) { change(Int(phase), by: -1) }

  @inline(__always)
  private func change(_ phase: Int, by requests: Int32) {
    blocks[phase] &+= requests
    blocks[phase &+ blockSize.tokens] &+= requests
  }

  /// What is needed `ahead` steps after one of this phase, with the block size as the most.
  @inline(__always)
  func blocks(_ ahead: Int, after phase: Int) -> Int64 { Int64(blocks[phase &+ ahead]) }

  @inline(__always)
  mutating func advance(by steps: Int) {
    phase = Int32(truncatingIfNeeded: blockSize.remainder(Int(phase) &+ steps))
  }

  /// Whether `free` blocks last for `steps` steps of `count` requests, whatever their phases are.
  @inline(__always)
  func isMet(for steps: Int, of count: Int, by free: Int) -> Bool {
    count &* (blockSize.full(steps &- 1) &+ 1) <= free
  }

  /// How many of `steps` steps `free` blocks last for; at least the first, whose blocks are taken.
  func affordable(_ steps: Int, free: Int) -> Int {
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
