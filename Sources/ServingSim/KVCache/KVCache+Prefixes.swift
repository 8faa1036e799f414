/// The prefix cache: finding, holding, naming and releasing a request's leading blocks.
extension KVCache {
  /// Fills `path` with the chains' stretches of a request's first `limit` blocks, last first.
  @inline(__always)
  private mutating func trace(_ hold: ContentHold, limit: Int32) {
    path.removeAll()
    guard let parents, let offsets else { return }
    var chain = hold.chain
    var end = min(limit, hold.chainBlocks)
    while chain >= 0, end > 0 {
      let start = Int32(truncatingIfNeeded: blockSize.full(Int(offsets[Int(chain)])))
      if start < end {
        path.append(PathSegment(chain: chain, start: start, end: end))
        end = start
      }
      chain = parents[Int(chain)]
    }
  }

  /// How many leading blocks of a text of `tokens` tokens are resident, the block of the last
  /// token never, and how many of them nobody holds.
  @inline(__always)
  mutating func match(_ hold: ContentHold, tokens: Int) -> (blocks: Int, unheld: Int) {
    hold.isShareable ? find(hold, tokens: tokens) : (0, 0)
  }

  private mutating func find(_ hold: ContentHold, tokens: Int) -> (blocks: Int, unheld: Int) {
    let limit = Int32(truncatingIfNeeded: blockSize.full(tokens - 1))
    trace(hold, limit: limit)
    var matched: Int32 = 0
    var unheld: Int32 = 0
    for i in (0..<path.count).reversed() {
      let segment = path[i]
      guard let strand = strand(of: segment.chain) else { break }
      let end = min(segment.end, strands[strand].resident)
      guard end > segment.start else { break }
      matched = end
      unheld += max(0, end - max(segment.start, strands[strand].held))
      if end < segment.end { break }
    }
    if hold.ownStrand >= 0, matched == min(limit, strands[hold.ownStrand].first) {
      let end = min(limit, strands[hold.ownStrand].resident)
      unheld += max(0, end - matched)
      matched = max(matched, end)
    }
    return (Int(matched), Int(unheld))
  }

  /// The first `tokens` tokens of a text of `textTokens`, the first `promptTokens` of them the prompt;
  /// nil: there are fewer, or they lie on no chain.
  func beginning(
    of hold: ContentHold, tokens: Int, promptTokens: Int, textTokens: Int
  ) -> TextBeginning? {
    guard let paths, hold.chain >= 0 else { return nil }
    let onChains = paths.answersExtend[Int(hold.chain)] ? textTokens : promptTokens
    guard tokens <= onChains else { return nil }
    var chain = hold.chain
    while paths.parents[Int(chain)] >= 0, tokens <= Int(paths.offsets[Int(chain)]) {
      chain = paths.parents[Int(chain)]
    }
    return TextBeginning(chain: chain, tokens: tokens)
  }

  /// Holds the first `matched` blocks, which `match` has just found.
  @inline(__always)
  mutating func hold(_ hold: inout ContentHold, matched: Int) {
    if hold.isShareable { take(&hold, matched: matched) }
  }

  private mutating func take(_ hold: inout ContentHold, matched: Int) {
    let matched = Int32(matched)
    trace(hold, limit: matched)
    for i in 0..<path.count {
      let segment = path[i]
      guard let strand = strand(of: segment.chain) else {
        preconditionFailure("a matched block is not resident")
      }
      claim(strand, upTo: segment.end)
      strands[strand].finds &+= 1
      addHolder(strand, extent: segment.end)
    }
    hold.named = min(matched, hold.chainBlocks)
    if hold.ownStrand >= 0 { reclaimOwnText(&hold, matched: matched) }
  }

  /// Names the request's blocks up to `end`, which it has taken and fills in this step.
  @inline(__always)
  mutating func name(_ hold: inout ContentHold, upTo end: Int) {
    let end = min(Int32(truncatingIfNeeded: end), hold.chainBlocks)
    if end > hold.named { extend(&hold, upTo: end) }
  }

  private mutating func extend(_ hold: inout ContentHold, upTo end: Int32) {
    trace(hold, limit: end)
    for i in (0..<path.count).reversed() where path[i].end > hold.named {
      let segment = path[i]
      let strand =
        strand(of: segment.chain) ?? makeStrand(chain: segment.chain, first: segment.start)
      let start = max(segment.start, hold.named)
      let resident = strands[strand].resident
      if start < resident {
        let known = min(segment.end, resident)
        let heldByOthers = max(0, min(known, strands[strand].held) - start)
        hold.duplicates += heldByOthers
        // A free copy gives its name to the new one and is used again first.
        blank += claim(strand, upTo: known)
      }
      strands[strand].resident = max(resident, segment.end)
      addHolder(strand, extent: segment.end)
      if start > segment.start { removeHolder(strand, extent: start) }
    }
    hold.named = end
  }

  /// Gives back the request's copies of blocks that others hold, too: it uses theirs.
  mutating func giveBackCopies(_ hold: inout ContentHold) {
    giveBack(Int(hold.duplicates))
    hold.duplicates = 0
  }

  /// Frees a request's blocks: `allocated` of them, the first `full` being full. Unless `ended`,
  /// its own text stays findable for when it is scheduled again.
  @inline(__always)
  mutating func release(_ hold: inout ContentHold, allocated: Int, full: Int, ended: Bool) {
    if findsPrefixes {
      queueAll(&hold, allocated: allocated, full: full, ended: ended)
    } else {
      giveBack(allocated)
    }
  }

  private mutating func queueAll(
    _ hold: inout ContentHold, allocated: Int, full: Int, ended: Bool
  ) {
    name(&hold, upTo: full)
    blank += allocated - full + Int(hold.duplicates)
    let own = Int32(full) - hold.named
    if own > 0 { queueOwnText(&hold, from: hold.named, to: Int32(full), ended: ended) }
    trace(hold, limit: hold.named)
    for i in 0..<path.count {
      let segment = path[i]
      guard let strand = strand(of: segment.chain) else {
        preconditionFailure("a held block is not resident")
      }
      removeHolder(strand, extent: segment.end)
    }
    hold.named = 0
    hold.duplicates = 0
  }

  /// Evicts up to `count` blocks of the least recently used run and returns how many.
  mutating func evict(_ count: Int) -> Int {
    let evicted = queue.evictFromOldest(count)
    if evicted.strand >= 0 {
      strands[evicted.strand].resident = evicted.low
      if strands[evicted.strand].held == evicted.low { strands[evicted.strand].lowestRun = -1 }
      dropIfEmpty(evicted.strand)
    }
    return Int(evicted.high - evicted.low)
  }

  @inline(__always)
  private func strand(of chain: Int32) -> Int32? {
    let strand = strandOfChain[chain]
    return strand < 0 ? nil : strand
  }

  private mutating func makeStrand(chain: Int32, first: Int32) -> Int32 {
    let strand = strands.insert(Strand(chain: chain, first: first, held: first, resident: first))
    if chain >= 0 {
      strandOfChain.insert(chain, strand: strand)
      enter(strand)
    }
    return strand
  }

  /// Forgets a strand of which nothing is resident. A preempted request's own strand is its
  /// owner's to forget.
  private mutating func dropIfEmpty(_ strand: Int32) {
    let entry = strands[strand]
    guard entry.resident == entry.first, entry.holders < 0, entry.chain >= 0 else { return }
    strandOfChain.remove(entry.chain)
    listing?.holders.pointee.remove(entry.listed, chain: entry.chain)
    strands.remove(strand)
  }

  /// Takes the free blocks of `strand` below `end` out of the eviction queue; returns how many.
  @discardableResult
  private mutating func claim(_ strand: Int32, upTo end: Int32) -> Int {
    var claimed = 0
    while strands[strand].held < end, strands[strand].lowestRun >= 0 {
      let run = strands[strand].lowestRun
      let entry = queue.runs[Int(run)]
      guard entry.low < end else { break }
      claimed += queue.takeLow(of: run, below: end)
      strands[strand].held = min(end, entry.high)
      if entry.high <= end {
        // The run above may have been evicted since; then this one reached up to `resident`.
        let last = entry.high == strands[strand].resident
        strands[strand].lowestRun = last ? -1 : entry.above
      }
    }
    return claimed
  }

  private mutating func addHolder(_ strand: Int32, extent: Int32) {
    strands[strand].held = max(strands[strand].held, extent)
    var before: Int32 = -1
    var at = strands[strand].holders
    while at >= 0, holders[at].extent > extent {
      before = at
      at = holders[at].next
    }
    if at >= 0, holders[at].extent == extent {
      holders[at].count += 1
      return
    }
    let entry = holders.insert(StrandHolders(extent: extent, count: 1, next: at))
    if before >= 0 { holders[before].next = entry } else { strands[strand].holders = entry }
  }

  /// One request holds `strand` up to `extent` no longer; blocks that nobody holds any more join
  /// the eviction queue.
  private mutating func removeHolder(_ strand: Int32, extent: Int32) {
    var before: Int32 = -1
    var at = strands[strand].holders
    while at >= 0, holders[at].extent != extent {
      before = at
      at = holders[at].next
    }
    precondition(at >= 0, "a strand was released by a request that did not hold it")
    holders[at].count -= 1
    guard holders[at].count == 0 else { return }
    let next = holders[at].next
    holders.remove(at)
    if before >= 0 {
      holders[before].next = next
      return
    }
    strands[strand].holders = next
    let held = next >= 0 ? holders[next].extent : strands[strand].first
    queueUnheld(strand, from: held)
  }

  /// Puts the blocks of `strand` from `start` to what was held last in the eviction queue.
  private mutating func queueUnheld(_ strand: Int32, from start: Int32) {
    let end = strands[strand].held
    guard start < end else { return }
    let above = strands[strand].lowestRun
    let rank = evictsByRank ? rank(of: strand) : 0
    let run = queue.append(strand: strand, low: start, high: end, rank: rank)
    queue.runs[Int(run)].above = above
    strands[strand].lowestRun = run
    strands[strand].held = start
  }

  /// Of the blocks of `strand` that become free now: those above them go first.
  @inline(never)
  private func rank(of strand: Int32) -> Int64 {
    guard let eviction else { return 0 }
    let text = FreedText(finds: Int(strands[strand].finds), isOwn: strands[strand].chain < 0)
    let above = strands[strand].lowestRun
    let rank = eviction.rank(of: text)
    return above >= 0 ? max(rank, queue.runs[Int(above)].rank) : rank
  }

  /// Queues a request's own full blocks, findable by itself alone, and only if it comes back.
  private mutating func queueOwnText(
    _ hold: inout ContentHold, from start: Int32, to end: Int32, ended: Bool
  ) {
    guard !ended else {
      // Nobody will find it.
      _ = queue.append(strand: -1, low: start, high: end, rank: evictsByRank ? .min : 0)
      return
    }
    let strand = strands.insert(Strand(chain: -1, first: start, held: end, resident: end))
    queueUnheld(strand, from: start)
    hold.ownStrand = strand
  }

  /// A preempted request does not come back: nobody will ask for its own text again.
  mutating func forgetOwnText(_ hold: inout ContentHold) {
    guard hold.ownStrand >= 0 else { return }
    reclaimOwnText(&hold, matched: 0)
  }

  /// A preempted request is scheduled again: it takes what is left of its own text, or gives up
  /// the rest.
  private mutating func reclaimOwnText(_ hold: inout ContentHold, matched: Int32) {
    let strand = hold.ownStrand
    hold.ownStrand = -1
    claim(strand, upTo: max(matched, strands[strand].first))
    let rest = strands[strand].lowestRun
    if rest >= 0 { queue.forget(rest) }
    strands.remove(strand)
  }
}
