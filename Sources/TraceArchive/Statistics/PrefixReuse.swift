/// Watches how much of the prompts a prefix cache would find: with room for everything, and as the
/// least recently used blocks are dropped.
package final class PrefixReuse: RecordObserver {
  package struct Bounded: Sendable {
    /// Blocks.
    package var capacity: Int
    package var hitTokens = 0.0
    fileprivate var cache: RecentlyUsed
  }

  /// Of prompts with block ids.
  package private(set) var blocks = 0
  package private(set) var hitBlocks = 0
  package private(set) var tokens = 0.0
  package private(set) var hitTokens = 0.0
  package private(set) var bounded: [Bounded] = []
  /// Of prompts made of parts: found in prefix order, and wherever they stand.
  package private(set) var partTokens = 0.0
  package private(set) var prefixPartTokens = 0.0
  package private(set) var anyPartTokens = 0.0
  package private(set) var blockSize = 0
  private var isLocal = false
  private var usesOfBlock: [BlockKey: Int32] = [:]
  private var prefixes: Set<Int> = []
  private var parts: Set<PromptSegment> = []
  private let capacities: [Int]

  private struct BlockKey: Hashable {
    var session: Int32
    var id: Int64
  }

  package init(capacities: [Int] = [1000, 3000, 10_000, 30_000, 100_000]) {
    self.capacities = capacities
  }

  package func begin(_ header: TraceHeader) {
    guard let hashing = header.hashing, hashing.kind == nil || hashing.kind == .prefixChain else {
      return
    }
    blockSize = hashing.blockSize ?? 0
    isLocal = hashing.scope == .session
    // Blocks of one session only: a cache for all of them says nothing.
    if !isLocal, blockSize > 0 {
      bounded = capacities.map { Bounded(capacity: $0, cache: RecentlyUsed(capacity: $0)) }
    }
  }

  /// Distinct blocks, and the share of them that one prompt has.
  package var distinctBlocks: Int { usesOfBlock.count }
  package var singleUseShare: Double? {
    usesOfBlock.isEmpty
      ? nil : Double(usesOfBlock.values.count { $0 == 1 }) / Double(usesOfBlock.count)
  }

  package func observe(_ record: TraceRecord, _ table: TraceTable) {
    if record.has(.segments) { observeParts(record) }
    guard blockSize > 0 else { return }
    tokens += Double(record.inputTokens)
    let ids = record.prefixIDs
    let session = isLocal ? table.session(table.count - 1) : -1
    var leading = 0
    var isLeading = true
    for id in ids {
      let uses = usesOfBlock[BlockKey(session: session, id: id), default: 0]
      usesOfBlock[BlockKey(session: session, id: id)] = uses + 1
      isLeading = isLeading && uses > 0
      if isLeading { leading += 1 }
    }
    blocks += ids.count
    hitBlocks += leading
    hitTokens += min(Double(leading * blockSize), Double(record.inputTokens))
    for index in bounded.indices {
      let found = bounded[index].cache.use(ids)
      bounded[index].hitTokens += min(Double(found * blockSize), Double(record.inputTokens))
    }
  }

  private func observeParts(_ record: TraceRecord) {
    var path = 0
    var isLeading = true
    for part in PromptSegment.list(record[text: .segments] ?? "") {
      var hasher = Hasher()
      hasher.combine(path)
      hasher.combine(part)
      path = hasher.finalize()
      isLeading = !prefixes.insert(path).inserted && isLeading
      let isKnown = !parts.insert(part).inserted
      partTokens += Double(part.tokens)
      if isLeading { prefixPartTokens += Double(part.tokens) }
      if isKnown { anyPartTokens += Double(part.tokens) }
    }
  }
}

/// A cache of blocks that drops the least recently used one.
private struct RecentlyUsed {
  private let capacity: Int
  private var places: [Int64: Int] = [:]
  private var ids: [Int64] = []
  private var next: [Int] = []
  private var previous: [Int] = []
  private var newest = -1
  private var oldest = -1

  init(capacity: Int) { self.capacity = capacity }

  /// How many leading blocks are there; then all are, the first ones used last, as a chain is only
  /// worth something from its beginning.
  mutating func use(_ blocks: [Int64]) -> Int {
    let leading = blocks.prefix { places[$0] != nil }.count
    for id in blocks.reversed() { touch(id) }
    return leading
  }

  private mutating func touch(_ id: Int64) {
    if let place = places[id] {
      guard place != newest else { return }
      unlink(place)
      link(place)
      return
    }
    guard ids.count >= capacity else {
      ids.append(id)
      next.append(-1)
      previous.append(-1)
      places[id] = ids.count - 1
      return link(ids.count - 1)
    }
    let place = oldest
    unlink(place)
    places[ids[place]] = nil
    ids[place] = id
    places[id] = place
    link(place)
  }

  private mutating func unlink(_ place: Int) {
    if previous[place] >= 0 { next[previous[place]] = next[place] } else { oldest = next[place] }
    if next[place] >= 0 {
      previous[next[place]] = previous[place]
    } else {
      newest = previous[place]
    }
  }

  private mutating func link(_ place: Int) {
    previous[place] = newest
    next[place] = -1
    if newest >= 0 { next[newest] = place }
    newest = place
    if oldest < 0 { oldest = place }
  }
}
