/// The text of a prompt, by reference: the first `tokens` tokens of a chain, or a text of its own.
struct PromptText {
  /// Below 0: a text that no other request has.
  var chain: Int
  var tokens: Int
  private let paths: ContentPaths?

  init(chain: Int, tokens: Int, _ paths: ContentPaths?) {
    self.chain = chain
    self.tokens = tokens
    self.paths = paths
  }

  /// What the text has at that token is that chain's: what others have there is the same only if it is
  /// the same chain's, and then all before it is the same.
  func owner(of token: Int) -> Int { owner(of: token, on: chain) }

  func owner(of token: Int, on chain: Int) -> Int {
    guard let paths, chain >= 0 else { return chain }
    var chain = chain
    while paths.parents[chain] >= 0, token < Int(paths.offsets[chain]) {
      chain = Int(paths.parents[chain])
    }
    return chain
  }

  /// Tokens that it has in common with the beginning of the text on `other`, however long that is.
  func shared(with other: Int) -> Int {
    var (one, other) = (chain, other)
    var shared = tokens
    while one != other {
      guard let paths, one >= 0, other >= 0 else { return 0 }
      // Of two chains the one with the greater number is not the other's parent.
      let greater = max(one, other)
      shared = min(shared, Int(paths.offsets[greater]))
      let parent = Int(paths.parents[greater])
      if one > other { one = parent } else { other = parent }
      if parent < 0 { return 0 }
    }
    return shared
  }
}
