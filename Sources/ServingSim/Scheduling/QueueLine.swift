/// What a batch policy that reorders its queue sees of those who wait, by their places in it.
package struct QueueLine: ~Copyable {
  private let replica: UnsafeMutablePointer<Replica>
  private let ids: [Int32]

  init(replica: UnsafeMutablePointer<Replica>) {
    self.replica = replica
    ids = replica.pointee.queue.waiting.all(in: replica.pointee.live)
  }

  package var count: Int { ids.count }

  /// Whether there is a prefix cache.
  package var findsPrefixes: Bool { replica.pointee.kv.findsPrefixes }

  /// Tokens of its prompt, and of its answer if it was preempted.
  package func textTokens(_ place: Int) -> Int {
    Int(replica.pointee.live[ids[place]].knownTokens)
  }

  /// Tokens of that text in its leading blocks that the prefix cache has; its last token counts as any
  /// other, although a request that joins computes it in any case.
  package func foundTokens(_ place: Int) -> Int {
    let request = replica.pointee.live[ids[place]]
    let blocks = replica.pointee.kv.match(
      request.content, tokens: Int(request.knownTokens) + 1
    ).blocks
    return blocks * replica.pointee.settings.blockSize.tokens
  }

  /// The first `tokens` tokens of its text, at least 1; nil: it has fewer, or shares them with nobody.
  package func beginning(_ place: Int, tokens: Int) -> TextBeginning? {
    let request = replica.pointee.live[ids[place]]
    return replica.pointee.kv.beginning(
      of: request.content, tokens: tokens, promptTokens: Int(request.promptTokens),
      textTokens: Int(request.knownTokens))
  }
}

/// The first tokens of a text: of equal number they are equal if the text is the same up to there.
package struct TextBeginning: Hashable, Sendable {
  /// The chain that the last of them lies on: what lies before is given by it.
  private let chain: Int32
  private let tokens: Int

  init(chain: Int32, tokens: Int) {
    self.chain = chain
    self.tokens = tokens
  }
}
