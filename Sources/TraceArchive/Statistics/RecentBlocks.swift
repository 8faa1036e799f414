/// Blocks in the order of their last use, as runs: the position of a block in it is the room that a
/// cache needs which drops the least recently used block and still has it, so one pass tells what
/// caches of every size find (Mattson et al. 1970).
struct RecentBlocks {
  private struct Use {
    /// Later uses have higher slots. Within one, the lowest id is the most recent.
    var slot: Int32
    var isOnly: Bool
  }

  private typealias Entry = RunMap<Use>.Entry

  private var uses = RunMap<Use>()
  /// Blocks by slot.
  private var sizes = PartialSums(count: 0)
  private var nextSlot = 0
  /// Slots that a use has cut in two, with their lowest id. Ids that are true to their prefixes never
  /// do that.
  private var cut: [Int32: Int64] = [:]
  private(set) var distinct = 0
  private(set) var usedOnce = 0

  /// How many leading blocks have been used at all, and into `found` how many are among the so many
  /// most recent ones.
  func leading(_ runs: BlockRuns, within capacities: [Int], _ found: inout [Int]) -> Int {
    for index in found.indices { found[index] = 0 }
    var position = 0
    for run in runs.runs {
      let before = position
      uses.walk(run) { part, entry in
        guard let entry else { return false }
        // A cache that lacks a block before is behind the position.
        if found.contains(position) {
          let depth = depth(of: entry) + Int(part.first - entry.first)
          for index in found.indices where found[index] == position {
            found[index] += min(part.count, max(0, capacities[index] - depth))
          }
        }
        position += part.count
        return true
      }
      guard position == before + run.count else { break }
    }
    return position
  }

  /// How many blocks were used after an entry's first.
  private func depth(of entry: Entry) -> Int {
    let later = sizes.total - sizes.sum(through: Int(entry.value.slot))
    guard let first = cut[entry.value.slot], first < entry.first else { return later }
    var beside = 0
    uses.walk(BlockRuns.Run(first, entry.first - 1)) { part, other in
      if other?.value.slot == entry.value.slot { beside += part.count }
      return true
    }
    return later + beside
  }

  /// Uses blocks, the first ones last, as a chain is only worth something from its beginning.
  mutating func use(_ runs: BlockRuns) {
    for run in runs.runs.reversed() { use(run) }
  }

  private mutating func use(_ run: BlockRuns.Run) {
    var parts: [(run: BlockRuns.Run, isOnly: Bool)] = []
    var left: [(part: BlockRuns.Run, entry: Entry)] = []
    uses.walk(run) { part, entry in
      if let end = parts.last, end.isOnly == (entry == nil) {
        parts[parts.count - 1].run.last = part.last
      } else {
        parts.append((part, entry == nil))
      }
      if let entry { left.append((part, entry)) }
      return true
    }
    for (part, entry) in left { leave(part, entry, run) }
    let known = left.reduce(0) { $0 + $1.part.count }
    distinct += run.count - known
    usedOnce += run.count - known
    uses.clear(run)
    for part in parts.reversed() {
      uses.insert(
        Entry(part.run.first, part.run.last, Use(slot: newSlot(), isOnly: part.isOnly)))
      sizes.add(part.run.count, to: nextSlot - 1)
    }
  }

  /// Takes the part of an entry that a run uses again from where it stood.
  private mutating func leave(_ part: BlockRuns.Run, _ entry: Entry, _ run: BlockRuns.Run) {
    let slot = entry.value.slot
    sizes.add(-part.count, to: Int(slot))
    if entry.value.isOnly { usedOnce -= part.count }
    if entry.first < run.first, entry.last > run.last {
      cut[slot] = min(cut[slot] ?? entry.first, entry.first)
    }
  }

  private mutating func newSlot() -> Int32 {
    if nextSlot == sizes.count { renumber() }
    nextSlot += 1
    return Int32(nextSlot - 1)
  }

  /// Gives every entry a slot of its own in the same order, and leaves room for more.
  private mutating func renumber() {
    var entries = uses.entries
    let order = entries.indices.sorted {
      (entries[$0].value.slot, entries[$1].first) < (entries[$1].value.slot, entries[$0].first)
    }
    sizes = PartialSums(count: max(16, 4 * entries.count))
    for (slot, index) in order.enumerated() {
      entries[index].value.slot = Int32(slot)
      sizes.add(Int(entries[index].last - entries[index].first) + 1, to: slot)
    }
    nextSlot = entries.count
    uses = RunMap(entries)
    cut.removeAll()
  }
}

/// Numbers whose sums from the first on take few steps, as a Fenwick tree.
private struct PartialSums {
  private var tree: [Int]
  private(set) var total = 0

  init(count: Int) { tree = [Int](repeating: 0, count: count) }

  var count: Int { tree.count }

  mutating func add(_ amount: Int, to index: Int) {
    total += amount
    var at = index
    while at < tree.count {
      tree[at] += amount
      at |= at + 1
    }
  }

  func sum(through index: Int) -> Int {
    var sum = 0
    var at = index
    while at >= 0 {
      sum += tree[at]
      at = (at & (at + 1)) - 1
    }
    return sum
  }
}
