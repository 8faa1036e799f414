/// KV memory of one replica: paged blocks with, optionally, vLLM's prefix cache.
///
/// Semantics, as in vLLM's V1 block pool (`vllm/v1/core/block_pool.py`, 0.32):
/// - a block is named by the hash chain of all text up to its end, and only when it is full;
/// - prompt blocks are named as they are scheduled, so a request admitted later in the same step
///   finds them; blocks of an answer are named when the request ends or is preempted, since no
///   prompt can contain them earlier;
/// - freed blocks without a name are used again first; freed blocks with a name stay findable and
///   go last in the queue, a request's tail before its head;
/// - at least the last token of a prompt is always computed;
/// - text that two requests compute at the same time takes two blocks; the second copy has no name.
struct KVCache: ~Copyable {
  let blockSize: BlockSize
  let capacity: Int
  /// nil: no prefix cache.
  let paths: ContentPaths?
  /// Its tables, at hand while it is held.
  let parents: UnsafePointer<Int32>?
  let offsets: UnsafePointer<Int32>?
  let findsPrefixes: Bool
  /// nil: the least recently used goes first.
  let eviction: (any EvictionPolicy)?
  /// Whether there is a policy to ask.
  let evictsByRank: Bool
  /// Free blocks without content.
  var blank: Int
  var queue = EvictionQueue()
  var strands = Slab<Strand>()
  var holders = Slab<StrandHolders>()
  /// Strand number + 1 of each chain; 0: nothing of it is resident. Zeroed memory that is never
  /// written takes no room.
  var strandOfChain: UnsafeMutablePointer<Int32>?
  /// Scratch for `segments`.
  var path = Stack<PathSegment>()

  init(
    blockSize: BlockSize, capacity: Int, findsPrefixes: Bool, paths: ContentPaths?,
    eviction: (any EvictionPolicy)? = nil
  ) {
    self.blockSize = blockSize
    self.capacity = capacity
    self.findsPrefixes = findsPrefixes
    self.eviction = eviction
    evictsByRank = eviction != nil
    self.paths = findsPrefixes ? paths : nil
    parents = self.paths?.parents
    offsets = self.paths?.offsets
    blank = capacity
    if findsPrefixes, let chains = paths?.chainCount {
      strandOfChain = zeroedTable(count: chains)
    }
  }

  /// The same memory over `paths`, a copy of its own. The table of chains is filled from the strands
  /// there are, not copied, so that it takes no more room than they do.
  func copy(_ paths: ContentPaths?) -> KVCache {
    var copy = KVCache(
      blockSize: blockSize, capacity: capacity, findsPrefixes: findsPrefixes, paths: paths,
      eviction: eviction)
    copy.blank = blank
    copy.queue = queue.copy()
    copy.strands = strands.copy()
    copy.holders = holders.copy()
    if let strandOfChain, let table = copy.strandOfChain {
      for i in 0..<strands.reach {
        let chain = Int(strands[i].chain)
        // A freed entry still names the chain that it was of.
        if chain >= 0, strandOfChain[chain] == i + 1 { table[chain] = i + 1 }
      }
    }
    return copy
  }

  deinit { if let strandOfChain { releaseZeroedTable(strandOfChain) } }

  /// Blocks that can be taken, contents or not.
  @inline(__always)
  var free: Int { blank &+ queue.blocks }
  @inline(__always)
  var used: Int { capacity &- free }

  /// Takes `count` blocks: blank ones first, then the least recently used.
  @inline(__always)
  mutating func take(_ count: Int) {
    blank -= count
    if blank < 0 { evictToFill() }
  }

  @inline(never)
  private mutating func evictToFill() {
    precondition(free >= 0, "more KV blocks were taken than are free")
    while blank < 0 { blank += evict(-blank) }
  }

  /// Gives back `count` blocks that hold nothing worth finding.
  @inline(__always)
  mutating func giveBack(_ count: Int) {
    blank += count
    precondition(free <= capacity, "more KV blocks came back than were taken")
  }

  /// What request `request` has of the shared text before it is looked up.
  @inline(__always)
  func content(of request: Int, promptTokens: Int) -> ContentHold {
    guard let paths else { return ContentHold(chain: -1, chainBlocks: 0) }
    let chain = paths.chainOfRequest[request]
    guard chain >= 0 else { return ContentHold(chain: -1, chainBlocks: 0) }
    let extends = paths.answersExtend[Int(chain)]
    let limit = extends ? Int32.max : Int32(blockSize.full(promptTokens))
    return ContentHold(chain: chain, chainBlocks: limit)
  }
}
