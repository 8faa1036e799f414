/// What a prefix cache finds when a workload's prompts come one at a time, in order: no time, no
/// batch, no answers. It measures a trace and a cache size, apart from any engine.
package struct PrefixReplay: Hashable, Sendable {
  /// Which blocks of a prompt the cache keeps and finds.
  package enum Semantics: Hashable, Sendable {
    /// vLLM's: full blocks only, and the last token is always computed.
    case vLLM
    /// Of studies that count block ids: a last block that is not full is kept and found like any
    /// other, and a prompt can be found whole.
    case blockIDs
  }

  /// Tokens found at the beginning of prompts, and all prompt tokens.
  package private(set) var foundTokens = 0
  package private(set) var promptTokens = 0

  /// The share of prompt tokens that were found.
  package var hitRatio: Double { Double(foundTokens) / Double(max(1, promptTokens)) }

  /// Replays `workload` through a cache of `blocks` blocks of `blockSize` tokens that evicts the
  /// least recently used block first and a prompt's tail before its head. A prompt longer than the
  /// cache passes it by.
  package init(_ workload: Workload, blockSize: Int, blocks: Int, semantics: Semantics) {
    var cache = KVCache(
      blockSize: BlockSize(blockSize), capacity: blocks, findsPrefixes: true,
      paths: workload.content.map { ContentPaths($0, plannedRequests: workload.count) })
    for (number, tokens) in workload.promptTokens.lazy.map(Int.init).enumerated() {
      let allocated = cache.blockSize.blocks(for: tokens)
      promptTokens += tokens
      guard allocated <= blocks else { continue }
      // A prompt filled up to whole blocks, and one token on, makes its last block one like others.
      let counted = semantics == .vLLM ? tokens : allocated * blockSize
      var hold = cache.content(of: number, promptTokens: counted)
      let found = cache.match(hold, tokens: semantics == .vLLM ? tokens : counted + 1)
      foundTokens += min(tokens, found.blocks * blockSize)
      cache.hold(&hold, matched: found.blocks)
      cache.take(allocated - found.blocks)
      cache.name(&hold, upTo: counted / blockSize)
      cache.release(&hold, allocated: allocated, full: counted / blockSize, ended: true)
    }
  }
}
