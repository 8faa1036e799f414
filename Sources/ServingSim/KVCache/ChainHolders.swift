/// Which replicas of a pool have something of each chain in their KV memory, for routers that ask who
/// has most of a prompt: they look at those, not at all.
///
/// Each replica's memory enters and leaves what it has as it does. Steps that are under way evict
/// blocks only when somebody looks, so a replica may be here that has lost a chain since; nobody is
/// missing.
struct ChainHolders: ~Copyable {
  private struct Holder {
    var replica: Int32
    /// Neighbours among those who hold the same chain; -1: none.
    var next: Int32
    var previous: Int32
  }

  private var holders = Slab<Holder>()
  /// Of each chain the number + 1 of one that holds it; 0: nobody does.
  private let first: UnsafeMutablePointer<Int32>

  init(chains: Int) { first = zeroedTable(count: chains) }

  deinit { releaseZeroedTable(first) }

  /// Returns what `remove` takes to know the entry.
  mutating func add(_ replica: Int32, chain: Int32) -> Int32 {
    let next = first[Int(chain)] - 1
    let entry = holders.insert(Holder(replica: replica, next: next, previous: -1))
    if next >= 0 { holders[next].previous = entry }
    first[Int(chain)] = entry + 1
    return entry
  }

  mutating func remove(_ entry: Int32, chain: Int32) {
    let (next, previous) = (holders[entry].next, holders[entry].previous)
    if next >= 0 { holders[next].previous = previous }
    if previous >= 0 { holders[previous].next = next } else { first[Int(chain)] = next + 1 }
    holders.remove(entry)
  }

  /// Fills `replicas` with those who hold a chain, in no order.
  func list(_ chain: Int32, into replicas: inout [Int32]) {
    replicas.removeAll(keepingCapacity: true)
    var entry = first[Int(chain)] - 1
    while entry >= 0 {
      replicas.append(holders[entry].replica)
      entry = holders[entry].next
    }
  }
}

/// Where a replica's KV memory enters the chains that it has.
struct ChainListing {
  let holders: UnsafeMutablePointer<ChainHolders>
  /// The replica's number.
  let replica: Int32
}
