import ServingSim

/// What a KV block holds: block `block` of a chain, or of one request's own text (negative chain).
struct BlockKey: Hashable {
  var chain: Int
  var block: Int
}

/// The keys of a request's blocks, first to last.
struct BlockKeys {
  /// Leading blocks that lie on chains.
  private(set) var chainBlocks = 0
  private var number: Int
  private var chain: Int
  private var table: ContentTable?
  private var blockSize: Int
  /// Leading tokens that lie on chains.
  private var chainTokens = 0

  init(_ table: ContentTable?, number: Int, blockSize: Int, promptTokens: Int) {
    self.number = number
    self.table = table
    self.blockSize = blockSize
    chain = Int(table?.chainOfRequest[number] ?? -1)
    guard let table, chain >= 0 else { return }
    chainBlocks = table.answersExtend[chain] ? Int.max : promptTokens / blockSize
    chainTokens = table.answersExtend[chain] ? Int.max : promptTokens
  }

  /// What is the same of two texts at that token only if they are the same up to there.
  func token(_ token: Int) -> BlockKey {
    guard let table, token < chainTokens else { return BlockKey(chain: -1 - number, block: token) }
    var chain = chain
    while table.parents[chain] >= 0, token < Int(table.offsets[chain]) {
      chain = Int(table.parents[chain])
    }
    return BlockKey(chain: chain, block: token)
  }

  subscript(block: Int) -> BlockKey {
    guard let table, block < chainBlocks else { return BlockKey(chain: -1 - number, block: block) }
    var chain = chain
    while table.parents[chain] >= 0, block < Int(table.offsets[chain]) / blockSize {
      chain = Int(table.parents[chain])
    }
    return BlockKey(chain: chain, block: block)
  }
}

/// KV blocks one by one: which content is resident, who holds it, and the eviction order.
struct ReferenceCache {
  var blank: Int
  private let policy: (any EvictionPolicy)?
  private var holders: [BlockKey: Int] = [:]
  /// Requests that found something of each chain while something of it was resident.
  private var finds: [Int: Int] = [:]
  /// Free blocks with content, in the order in which they are used again; no key: content that
  /// nobody can find.
  private var queue: [(key: BlockKey?, rank: Int64)] = []

  init(capacity: Int, policy: (any EvictionPolicy)? = nil) {
    blank = capacity
    self.policy = policy
  }

  var free: Int { blank + queue.count }

  func isResident(_ key: BlockKey) -> Bool { holders[key] != nil }
  func isHeld(_ key: BlockKey) -> Bool { holders[key, default: 0] > 0 }

  mutating func take(_ count: Int) {
    for _ in 0..<count {
      if blank > 0 {
        blank -= 1
      } else if let key = queue.removeFirst().key {
        holders[key] = nil
        if !holders.keys.contains(where: { $0.chain == key.chain }) { finds[key.chain] = nil }
      }
    }
  }

  /// A request found these blocks, those after the first `shared` in its own text.
  mutating func hold(_ keys: [BlockKey], shared: Int) {
    for (block, key) in keys.enumerated() {
      if holders[key] == 0 { queue.removeAll { $0.key == key } }
      if block >= shared { holders[key] = nil } else { holders[key, default: 0] += 1 }
    }
    for chain in Set(keys.prefix(shared).map(\.chain)) { finds[chain, default: 0] += 1 }
  }

  /// Names a block just taken. True: another request holds the same text, so this is a copy.
  mutating func name(_ key: BlockKey) -> Bool {
    guard let count = holders[key] else {
      holders[key] = 1
      return false
    }
    if count == 0 {
      queue.removeAll { $0.key == key }
      blank += 1
    }
    holders[key] = count + 1
    return count > 0
  }

  mutating func release(_ key: BlockKey) {
    holders[key, default: 1] -= 1
    if holders[key] == 0 { append(key) }
  }

  mutating func queueOwn(_ key: BlockKey, findable: Bool) {
    append(findable ? key : nil)
    if findable { holders[key] = 0 }
  }

  mutating func forgetOwn(_ key: BlockKey) {
    guard key.chain < 0, holders[key] == 0 else { return }
    holders[key] = nil
    for i in queue.indices where queue[i].key == key { queue[i].key = nil }
  }

  private mutating func append(_ key: BlockKey?) {
    var rank: Int64 = policy == nil ? 0 : .min
    if let key, let policy {
      let isOwn = key.chain < 0
      rank = policy.rank(of: FreedText(finds: finds[key.chain, default: 0], isOwn: isOwn))
      let next = BlockKey(chain: key.chain, block: key.block + 1)
      if let after = queue.first(where: { $0.key == next }) { rank = max(rank, after.rank) }
    }
    let place = queue.lastIndex { $0.rank <= rank }.map { $0 + 1 } ?? 0
    queue.insert((key, rank), at: place)
  }
}
