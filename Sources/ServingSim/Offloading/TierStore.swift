/// KV entries of prompts in one tier, by their text, the least recently used of which make room.
///
/// It is a prefix cache that nobody holds anything of.
final class TierStore {
  private var cache: KVCache

  init(blocks: Int, blockSize: BlockSize, paths: ContentPaths?) {
    cache = KVCache(blockSize: blockSize, capacity: blocks, findsPrefixes: true, paths: paths)
  }

  private init(copying other: TierStore, _ paths: ContentPaths?) {
    cache = other.cache.copy(paths, listing: nil)
  }

  func copy(_ paths: ContentPaths?) -> TierStore { TierStore(copying: self, paths) }

  /// What it held is gone.
  func clear() { cache = cache.emptied() }

  /// Leading blocks that it has of a text of `tokens` tokens, the block of the last token never.
  func blocks(of text: ContentHold, tokens: Int) -> Int {
    cache.match(text.unheld, tokens: tokens).blocks
  }

  /// Somebody wants the text's first `count` blocks, all of which it has.
  func use(_ text: ContentHold, blocks count: Int) {
    var text = text.unheld
    cache.hold(&text, matched: count)
    cache.release(&text, allocated: count, full: count, ended: true)
  }

  /// The text's first `count` blocks are computed, the first `known` of them since before. Returns how
  /// many it did not have and has now: all or, where there is no room for all, none.
  func store(_ text: ContentHold, blocks count: Int, known: Int) -> Int {
    guard text.chain >= 0 else { return storeUnfindable(count - known) }
    var text = text.unheld
    let found = cache.match(text, tokens: cache.blockSize.tokens * count + 1).blocks
    cache.hold(&text, matched: found)
    let missing = count - found <= cache.free ? count - found : 0
    cache.take(missing)
    cache.release(&text, allocated: found + missing, full: found + missing, ended: true)
    return missing
  }

  /// Text that no other request has takes room all the same.
  private func storeUnfindable(_ count: Int) -> Int {
    guard count <= cache.capacity else { return 0 }
    cache.take(count)
    var text = ContentHold(chain: -1, chainBlocks: 0)
    cache.release(&text, allocated: count, full: count, ended: true)
    return count
  }
}

extension ContentHold {
  /// The same text, of which nothing is held.
  fileprivate var unheld: ContentHold { ContentHold(chain: chain, chainBlocks: chainBlocks) }
}
