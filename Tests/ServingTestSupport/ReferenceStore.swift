/// KV entries in one tier, block by block: the least recently used first; no key: text that nobody finds.
final class ReferenceStore {
  private let capacity: Int
  private var blocks: [BlockKey?] = []
  private var present: Set<BlockKey> = []

  init(capacity: Int) { self.capacity = capacity }

  func has(_ key: BlockKey) -> Bool { present.contains(key) }

  func clear() {
    blocks = []
    present = []
  }

  /// A text's end is always evicted before its beginning.
  func use(_ keys: [BlockKey]) {
    let used = Set(keys)
    blocks.removeAll { key in key.map(used.contains) ?? false }
    blocks += keys.reversed()
    present.formUnion(used)
  }

  /// Of these leading blocks of a text, which are computed, the first `known` were before. Returns how many
  /// are new.
  func store(_ keys: [BlockKey], known: Int) -> Int {
    guard keys[0].chain >= 0 else {
      let count = keys.count - known
      guard makeRoom(count) else { return 0 }
      blocks += [BlockKey?](repeating: nil, count: count)
      return count
    }
    let found = keys.filter(has)
    use(found)
    let missing = keys.count - found.count
    guard makeRoom(missing, keeping: found.count) else { return 0 }
    use(keys)
    return missing
  }

  /// Whether so many more fit in beside the `keeping` last.
  private func makeRoom(_ count: Int, keeping kept: Int = 0) -> Bool {
    guard kept + count <= capacity else { return false }
    let evicted = max(0, blocks.count + count - capacity)
    present.subtract(blocks.prefix(evicted).compactMap { $0 })
    blocks.removeFirst(evicted)
    return true
  }
}
