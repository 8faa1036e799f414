/// How vLLM lays the KV cache of an accelerator out: layers that are alike form groups of one size,
/// all groups draw pages of one size from one pool, and a block is one page for each layer of a group
/// (`get_kv_cache_groups`, `unify_kv_cache_spec_page_size` and
/// `get_max_concurrency_for_kv_cache_config` in vllm/v1/core/kv_cache_utils.py, 0.10 to 0.19).
///
/// A model whose layers are all alike has one group, and a block of it is what everybody knows.
package struct KVLayout: Hashable, Sendable {
  /// Layers that share a block table.
  package struct Group: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case full
      /// Keeps so many tokens.
      case windowed(Int)
      /// A state of fixed size, in so many blocks.
      case state(Int)
    }

    package var kind: Kind
    /// Tokens that a block of it holds; none with a state.
    package var blockSize: Int
  }

  package var groups: [Group]
  /// Layers of a group, the missing ones of the last group of a kind counted.
  package var layersPerGroup: Int
  /// Bytes of one layer's page.
  package var pageBytes: Bytes
  /// Tokens of a step, which a windowed layer holds beside its window.
  package var batchedTokens: Int
  /// "GPU KV cache size" counts requests of full length, not groups.
  package var printsFullRequests = true

  /// Bytes of a block: one page in each layer of a group.
  package var bytesPerBlock: Bytes { pageBytes * Double(layersPerGroup) }

  /// Tokens that a block of context holds, and so the finest that a prefix is found by.
  package var blockSize: Int {
    groups.first { $0.kind == .full }?.blockSize ?? groups.first?.blockSize ?? 1
  }

  /// Whether every token takes as much as every other.
  package var isUniform: Bool { groups.count == 1 && groups[0].kind == .full }
}

// MARK: - What requests take

extension KVLayout {
  /// Blocks that vLLM holds ready for a request of `tokens` tokens, which it has to be able to.
  package func reservedBlocks(forRequestOf tokens: Int) -> Int {
    groups.reduce(0) { $0 + reserved(in: $1, tokens) }
  }

  private func reserved(in group: Group, _ tokens: Int) -> Int {
    switch group.kind {
    case .full: return quotient(tokens, group.blockSize)
    case .windowed(let window):
      let kept = min(window - 1 + batchedTokens, tokens)
      return quotient(kept, group.blockSize) + 1
    case .state(let blocks): return blocks
    }
  }

  /// Blocks that a request of `tokens` tokens has while it decodes.
  package func heldBlocks(forRequestOf tokens: Int) -> Int {
    groups.reduce(0) { sum, group in
      switch group.kind {
      case .full: return sum + quotient(tokens, group.blockSize)
      case .windowed(let window):
        let kept = quotient(min(window, tokens), group.blockSize)
        return sum + min(kept + 1, quotient(tokens, group.blockSize))
      case .state(let blocks): return sum + blocks
      }
    }
  }

  /// What vLLM prints as "GPU KV cache size": how many requests of `maxModelLen` tokens the pool
  /// holds, in tokens; before 0.21 a group's share of the pool in the shortest blocks.
  package func printedTokens(blocks: Int, maxModelLen: Int) -> Int {
    guard !isUniform else { return blocks * blockSize }
    guard printsFullRequests else {
      let sizes = groups.map(\.blockSize)
      return blocks / max(1, groups.count) * (sizes.min() ?? 1)
    }
    let each = Double(max(1, reservedBlocks(forRequestOf: maxModelLen)))
    return Int(Double(blocks) / each * Double(maxModelLen))
  }

  /// The longest request up to `limit` that the pool holds; 0: none.
  package func longestRequest(blocks: Int, upTo limit: Int) -> Int {
    guard reservedBlocks(forRequestOf: limit) > blocks else { return limit }
    var low = 0
    var high = limit
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if reservedBlocks(forRequestOf: middle) <= blocks { low = middle } else { high = middle }
    }
    return low
  }

  /// The pool in blocks of context: as many as hold the requests it holds, were there nothing but
  /// context and all of them of `tokens` tokens.
  package func contextBlocks(pool blocks: Int, requestsOf tokens: Int) -> Int {
    let tokens = max(1, tokens)
    let context = Double(quotient(tokens, blockSize))
    let held = Double(max(1, heldBlocks(forRequestOf: tokens)))
    return Int(Double(blocks) * min(1e9, context / held))
  }
}

/// Rounded up.
private func quotient(_ count: Int, _ parts: Int) -> Int {
  count <= 0 ? 0 : (count - 1) / max(1, parts) + 1
}
