/// KV blocks that are taken while a span goes on, and when: some after each of its steps. A span has
/// at most as many steps as the milestone ring, so that sums over them hold in 64 bits.
struct BlockGrowth {
  private(set) var blocks: Int64 = 0
  /// Sums, over the blocks, of k and of k (k - 1) / 2, where a block is taken after step k.
  private var numbers: Int64 = 0
  private var pairs: Int64 = 0

  init() {}

  /// Of blocks taken after the steps from `first` on, and sums over them that count these from 1: of
  /// k, and of k (k + 1) / 2.
  @inline(__always)
  init(_ blocks: Int64, numbers: Int64, sums: Int64, from first: Int) {
    let before = Int64(first &- 1)
    let shifted = before &* blocks
    self.blocks = blocks
    self.numbers = numbers &+ shifted
    pairs = sums &- numbers &+ before &* numbers &+ (shifted &* (before &- 1)) / 2
  }

  /// Of the blocks that every period of `steps` steps takes alike, `rounds` times over and then, in
  /// part, once more: each of its steps is counted from 0, and those of the span from `first` on.
  init(_ period: Moments, of steps: Int, times rounds: Int, then rest: Moments, from first: Int) {
    let (a, b, r) = (Int64(first), Int64(steps), Int64(rounds))
    let earlier = r &* (r &- 1) / 2
    // Sums over the steps at which the periods begin, and the last one's, in part.
    let starts = r &* a &+ b &* earlier
    let squares = a &* (starts &+ b &* earlier) &+ b &* b &* (earlier &* (2 &* r &- 1) / 3)
    let last = a &+ r &* b
    blocks = r &* period.count &+ rest.count
    numbers = starts &* period.count &+ r &* period.sum &+ last &* rest.count &+ rest.sum
    let whole = squares &* period.count &+ 2 &* starts &* period.sum &+ r &* period.squares
    let part = last &* (last &* rest.count &+ 2 &* rest.sum) &+ rest.squares
    pairs = (whole &+ part &- numbers) / 2
  }

  /// How many blocks, and the sums of the steps' numbers and of their squares.
  struct Moments {
    let count: Int64
    let sum: Int64
    let squares: Int64

    /// From sums over the blocks, whose steps j are counted from 0: of j + 1, and of
    /// (j + 1) (j + 2) / 2.
    @inline(__always)
    init(_ count: Int64, _ numbers: Int64, _ sums: Int64) {
      self.count = count
      sum = numbers &- count
      squares = 2 &* sums &- 3 &* sum &- 2 &* count
    }

    private init(count: Int64, sum: Int64, squares: Int64) {
      self.count = count
      self.sum = sum
      self.squares = squares
    }

    /// Without those of the steps from `first` on, which `rest` counts from there.
    @inline(__always)
    func without(_ rest: Moments, from first: Int) -> Moments {
      let first = Int64(first)
      return Moments(
        count: count &- rest.count, sum: sum &- rest.sum &- first &* rest.count,
        squares: squares &- rest.squares &- first &* (2 &* rest.sum &+ first &* rest.count))
    }
  }

  @inline(__always)
  mutating func clear() { (blocks, numbers, pairs) = (0, 0, 0) }

  mutating func add(_ other: BlockGrowth) {
    blocks &+= other.blocks
    numbers &+= other.numbers
    pairs &+= other.pairs
  }

  /// The blocks' time from the start of `span` until they are taken: each at the end of its step.
  @inline(__always)
  func timeBefore(in span: StepSpan) -> Int128 {
    Int128(numbers) &* Int128(span.first) &+ Int128(pairs) &* Int128(span.growth)
  }
}

extension BlockDemand {
  /// What is taken after the steps from `first` on and needed by those up to `count`.
  func growth(after first: Int, before count: Int) -> BlockGrowth {
    count &- first <= blockSize.tokens
      ? growth(inRoundAfter: first, before: count) : growth(inRoundsAfter: first, before: count)
  }

  /// The same for as many steps at most as a block has tokens.
  @inline(__always)
  func growth(inRoundAfter first: Int, before count: Int) -> BlockGrowth {
    // From the last one back: summing up sums weighs each step by its number.
    var (blocks, numbers, sums) = (Int64(0), Int64(0), Int64(0))
    let phase = blockSize.remainder(Int(self.phase) &+ first)
    var ahead = count &- first
    while ahead > 0 {
      ahead &-= 1
      blocks &+= self.blocks(ahead, after: phase)
      numbers &+= blocks
      sums &+= numbers
    }
    return BlockGrowth(blocks, numbers: numbers, sums: sums, from: first)
  }

  /// The same for any number of steps: each phase comes round every `blockSize` steps.
  func growth(inRoundsAfter first: Int, before count: Int) -> BlockGrowth {
    let rounds = blockSize.full(count &- first)
    let rest = count &- first &- rounds &* blockSize.tokens
    // From the last step of a period back, as above; those after its part end at `rest`.
    var (blocks, numbers, sums) = (Int64(0), Int64(0), Int64(0))
    let phase = blockSize.remainder(Int(self.phase) &+ first)
    var ahead = blockSize.tokens
    func addSteps(downTo last: Int) {
      while ahead > last {
        ahead &-= 1
        blocks &+= self.blocks(ahead, after: phase)
        numbers &+= blocks
        sums &+= numbers
      }
    }
    addSteps(downTo: rest)
    let later = BlockGrowth.Moments(blocks, numbers, sums)
    addSteps(downTo: 0)
    let period = BlockGrowth.Moments(blocks, numbers, sums)
    let part = period.without(later, from: rest)
    return BlockGrowth(period, of: blockSize.tokens, times: rounds, then: part, from: first)
  }
}
