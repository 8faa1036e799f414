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
  var strandOfChain = ChainMap()
  /// nil: nobody asks who holds a chain.
  let listing: ChainListing?
  /// Scratch for `segments`.
  var path = Stack<PathSegment>()

  init(
    blockSize: BlockSize, capacity: Int, findsPrefixes: Bool, paths: ContentPaths?,
    eviction: (any EvictionPolicy)? = nil, listing: ChainListing? = nil
  ) {
    self.blockSize = blockSize
    self.capacity = capacity
    self.findsPrefixes = findsPrefixes
    self.eviction = eviction
    self.listing = listing
    evictsByRank = eviction != nil
    self.paths = findsPrefixes ? paths : nil
    parents = self.paths?.parents
    offsets = self.paths?.offsets
    blank = capacity
  }

  /// The same memory over `paths`, a copy of its own.
  func copy(_ paths: ContentPaths?, listing: ChainListing?) -> KVCache {
    var copy = KVCache(
      blockSize: blockSize, capacity: capacity, findsPrefixes: findsPrefixes, paths: paths,
      eviction: eviction, listing: listing)
    copy.blank = blank
    copy.queue = queue.copy()
    copy.strands = strands.copy()
    copy.holders = holders.copy()
    copy.strandOfChain = strandOfChain.copy()
    for strand in 0..<strands.reach where isResident(strand) { copy.enter(strand) }
    return copy
  }

  /// The same memory with nothing in it.
  func emptied() -> KVCache {
    KVCache(
      blockSize: blockSize, capacity: capacity, findsPrefixes: findsPrefixes, paths: paths,
      eviction: eviction, listing: listing)
  }

  deinit {
    guard let listing else { return }
    for strand in 0..<strands.reach where isResident(strand) {
      listing.holders.pointee.remove(strands[strand].listed, chain: strands[strand].chain)
    }
  }

  /// Whether an entry of the strands is in use and of a chain. A freed one still names its chain.
  private func isResident(_ strand: Int32) -> Bool {
    strands[strand].chain >= 0 && strandOfChain[strands[strand].chain] == strand
  }

  /// Tells of a strand that there is something of its chain.
  mutating func enter(_ strand: Int32) {
    guard let listing else { return }
    strands[strand].listed = listing.holders.pointee.add(
      listing.replica, chain: strands[strand].chain)
  }

  /// Blocks that can be taken, contents or not.
  @inline(__always)
  var free: Int { blank &+ queue.blocks }
  @inline(__always)
  var used: Int { capacity &- free }

  /// Takes `count` blocks: blank ones first, then the least recently used.
  @inline(__always)
  mutating func take(_ count: Int) {
    blank &-= count
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
