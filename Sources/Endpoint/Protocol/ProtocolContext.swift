/// What requests are read with.
package struct ProtocolContext: Sendable {
  var vocabulary = Vocabulary.bytes(ByteVocabulary())
  /// Tokens in a block of a prompt's hashes.
  var blockTokens: Int
  /// The longest prompt and answer together.
  var contextLength = Int(Int32.max)
  /// Tokens of the longest answer that ends by itself; nil: none does.
  var longestAnswer: Int?
  /// Whether the engines serve by priority.
  var hasPriorities = true
}

extension ProtocolContext {
  /// What requests are read with where nothing is served.
  package init(_ vocabulary: Vocabulary, blockTokens: Int, contextLength: Int) {
    self.init(
      vocabulary: vocabulary, blockTokens: blockTokens, contextLength: contextLength)
  }
}
