/// A run of free blocks that still hold content: blocks `low..<high` of one strand, in eviction
/// order from the high end.
struct BlockRun {
  /// The strand the blocks belong to; -1: text that nobody can ask for again.
  var strand: Int32
  var low: Int32
  var high: Int32
  /// Neighbours in the eviction order, least recently used first; -1 at the ends.
  var older: Int32 = -1
  var newer: Int32 = -1
  /// The next higher free run of the same strand; -1: none.
  var above: Int32 = -1
  /// Its place in the order: the lowest is oldest.
  var rank: Int64 = 0
}

/// Free blocks with content, those of the least rank first, of equal ones the least recently used.
///
/// vLLM keeps one queue entry a block. Blocks are freed a request at a time, tail before head, so
/// the queue consists of long descending runs: one entry a run holds the same order in the room
/// that the number of requests needs, whatever the block size.
struct EvictionQueue: ~Copyable {
  private(set) var runs: UnsafeMutablePointer<BlockRun>
  private var capacity: Int32
  private var used: Int32 = 0
  /// Recycled entries, linked through `older`.
  private var recycled: Int32 = -1
  private(set) var oldest: Int32 = -1
  private var newest: Int32 = -1
  /// Blocks in all runs.
  private(set) var blocks = 0

  init() {
    capacity = 64
    runs = .allocate(capacity: Int(capacity))
  }

  deinit { runs.deallocate() }

  func copy() -> EvictionQueue {
    var copy = EvictionQueue()
    copy.runs.deallocate()
    copy.runs = .allocate(capacity: Int(capacity))
    copy.runs.update(from: runs, count: Int(used))
    copy.capacity = capacity
    copy.used = used
    copy.recycled = recycled
    copy.oldest = oldest
    copy.newest = newest
    copy.blocks = blocks
    return copy
  }

  /// Adds `low..<high` of `strand` as the most recently used run of its rank and returns its number.
  mutating func append(strand: Int32, low: Int32, high: Int32, rank: Int64 = 0) -> Int32 {
    blocks += Int(high - low)
    guard newest >= 0 else { return insert(strand, low, high, rank, after: -1) }
    if runs[Int(newest)].rank > rank { return insertByRank(strand, low, high, rank) }
    return join(strand, low, high, rank, after: newest)
  }

  @inline(never)
  private mutating func insertByRank(
    _ strand: Int32, _ low: Int32, _ high: Int32, _ rank: Int64
  ) -> Int32 {
    var older = newest
    while older >= 0, runs[Int(older)].rank > rank { older = runs[Int(older)].older }
    return older < 0
      ? insert(strand, low, high, rank, after: -1) : join(strand, low, high, rank, after: older)
  }

  /// Neighbouring runs of forgotten text are one run: only their number counts.
  @inline(__always)
  private mutating func join(
    _ strand: Int32, _ low: Int32, _ high: Int32, _ rank: Int64, after older: Int32
  ) -> Int32 {
    guard strand < 0, runs[Int(older)].strand < 0, runs[Int(older)].rank == rank else {
      return insert(strand, low, high, rank, after: older)
    }
    runs[Int(older)].high += high - low
    return older
  }

  @inline(__always)
  private mutating func insert(
    _ strand: Int32, _ low: Int32, _ high: Int32, _ rank: Int64, after older: Int32
  ) -> Int32 {
    let run = make()
    let newer = older >= 0 ? runs[Int(older)].newer : oldest
    runs[Int(run)] = BlockRun(
      strand: strand, low: low, high: high, older: older, newer: newer, rank: rank)
    if older >= 0 { runs[Int(older)].newer = run } else { oldest = run }
    if newer >= 0 { runs[Int(newer)].older = run } else { newest = run }
    return run
  }

  /// Takes the lowest blocks of `run` below `bound` out of the queue, the whole run when it ends
  /// there. Returns how many were taken.
  mutating func takeLow(of run: Int32, below bound: Int32) -> Int {
    let entry = runs[Int(run)]
    let taken = min(bound, entry.high) - entry.low
    blocks -= Int(taken)
    if bound >= entry.high { unlink(run) } else { runs[Int(run)].low = bound }
    return Int(taken)
  }

  /// Takes up to `count` blocks from the high end of the oldest run. The run's entry is gone when
  /// it is emptied.
  mutating func evictFromOldest(_ count: Int) -> (strand: Int32, low: Int32, high: Int32) {
    precondition(oldest >= 0, "an eviction from an empty queue")
    let run = oldest
    let entry = runs[Int(run)]
    let taken = Int32(truncatingIfNeeded: min(count, Int(entry.high &- entry.low)))
    blocks &-= Int(taken)
    if entry.high &- taken == entry.low { unlink(run) } else { runs[Int(run)].high &-= taken }
    return (entry.strand, entry.high &- taken, entry.high)
  }

  /// Makes `run` belong to nobody; its place in the order stays.
  mutating func forget(_ run: Int32) { runs[Int(run)].strand = -1 }

  private mutating func make() -> Int32 {
    if recycled >= 0 {
      let run = recycled
      recycled = runs[Int(run)].older
      return run
    }
    if used == capacity {
      let larger = UnsafeMutablePointer<BlockRun>.allocate(capacity: Int(capacity) * 2)
      larger.moveInitialize(from: runs, count: Int(used))
      runs.deallocate()
      runs = larger
      capacity *= 2
    }
    used += 1
    return used - 1
  }

  private mutating func unlink(_ run: Int32) {
    let entry = runs[Int(run)]
    if entry.older >= 0 { runs[Int(entry.older)].newer = entry.newer } else { oldest = entry.newer }
    if entry.newer >= 0 { runs[Int(entry.newer)].older = entry.older } else { newest = entry.older }
    runs[Int(run)].older = recycled
    recycled = run
  }
}
