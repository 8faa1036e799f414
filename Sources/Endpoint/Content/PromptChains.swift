/// Which chain of text (see `ContentTable`) each prompt lies on, for prompts that nobody knew
/// before. A prompt and its answer are a chain, which branches off the one with which it shares the
/// most blocks.
///
/// Chains that no request uses, that no other branches off, and of which no replica holds anything
/// are forgotten: a few are looked at whenever one is released, so memory follows that of the KV
/// caches.
struct PromptChains {
  /// Chains looked at for each one released. More than one, so that they are not outrun.
  private static let looksPerRelease = 4

  /// Tokens in a block, of which chains share whole ones.
  let blockTokens: Int
  private let capacity: Int
  private var chains: [Chain] = []
  private var unused: [Int32] = []
  /// The chain whose own part has the block with this hash.
  private var chainOfBlock: [UInt64: Int32] = [:]
  /// By the key of a prompt and its answer.
  private var chainOfKey: [UInt64: Int32] = [:]
  /// The next chain to be looked at.
  private var hand = 0

  private struct Chain {
    var key: UInt64 = 0
    var parent: Int32 = -1
    /// Blocks before its own.
    var sharedBlocks = 0
    /// Hashes of its own blocks, as far as they are known.
    var blocks: [UInt64] = []
    /// Requests on it, and chains that branch off it.
    var users = 0
    var children = 0
    var isInUse = false
  }

  /// Room for `capacity` chains.
  init(blockTokens: Int, capacity: Int) {
    self.blockTokens = blockTokens
    self.capacity = capacity
  }

  /// Chains that are known.
  var count: Int { chains.count - unused.count }

  /// Where a chain branches off.
  struct Branch: Hashable {
    var chain: Int32
    /// nil: it shares nothing.
    var parent: Int32?
    /// Tokens it shares with its parent.
    var offset: Int32
  }

  /// The chain of a prompt and an answer to it, together of the hash `key`, which a request uses from
  /// now on, and, when it is a new one, where it branches off; nil when there is no room for another
  /// chain.
  mutating func use(_ prompt: PromptDigest, key: UInt64) -> (chain: Int32, branch: Branch?)? {
    if let known = chainOfKey[key] {
      chains[Int(known)].users += 1
      return (known, nil)
    }
    guard let chain = place() else { return nil }
    let shared = sharedBlocks(of: prompt)
    let parent = shared > 0 ? chainOfBlock[prompt.blocks[shared - 1]] : nil
    chains[Int(chain)] = Chain(
      key: key, parent: parent ?? -1, sharedBlocks: shared, users: 1, isInUse: true)
    if let parent { chains[Int(parent)].children += 1 }
    chainOfKey[key] = chain
    extend(chain, by: prompt)
    let branch = Branch(chain: chain, parent: parent, offset: Int32(shared * blockTokens))
    return (chain, branch)
  }

  /// A request that used `chain` has ended with `text`, its prompt and its answer; nil: what it has
  /// is not to be found again. `isResident` says whether a replica holds anything of a chain.
  mutating func release(_ chain: Int32, text: PromptDigest?, isResident: (Int32) -> Bool) {
    chains[Int(chain)].users -= 1
    if let text { extend(chain, by: text) }
    for _ in 0..<Self.looksPerRelease {
      hand = hand + 1 < chains.count ? hand + 1 : 0
      forget(Int32(hand), isResident: isResident)
    }
  }

  /// Leading blocks that some chain has. Whoever has a block has all before it.
  private func sharedBlocks(of prompt: PromptDigest) -> Int {
    var low = 0
    var high = prompt.blocks.count
    while low < high {
      let middle = (low + high + 1) / 2
      if chainOfBlock[prompt.blocks[middle - 1]] != nil { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Adds what `text` has beyond the known part of `chain`, up to where another chain has it, too.
  private mutating func extend(_ chain: Int32, by text: PromptDigest) {
    let known = chains[Int(chain)].sharedBlocks + chains[Int(chain)].blocks.count
    guard known < text.blocks.count else { return }
    for hash in text.blocks[known...] {
      guard chainOfBlock[hash] == nil else { return }
      chainOfBlock[hash] = chain
      chains[Int(chain)].blocks.append(hash)
    }
  }

  private mutating func place() -> Int32? {
    if let chain = unused.popLast() { return chain }
    guard chains.count < capacity else { return nil }
    chains.append(Chain())
    return Int32(chains.count - 1)
  }

  /// Forgets `chain` if nothing needs it, and then what it branched off.
  private mutating func forget(_ chain: Int32, isResident: (Int32) -> Bool) {
    var chain = chain
    while chain >= 0 {
      let entry = chains[Int(chain)]
      guard entry.isInUse, entry.users == 0, entry.children == 0, !isResident(chain) else { return }
      for hash in entry.blocks { chainOfBlock[hash] = nil }
      chainOfKey[entry.key] = nil
      chains[Int(chain)] = Chain()
      unused.append(chain)
      chain = entry.parent
      if chain >= 0 { chains[Int(chain)].children -= 1 }
    }
  }
}
