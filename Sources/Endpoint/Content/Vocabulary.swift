/// What a token is: how text becomes ids of tokens, and ids text.
package enum Vocabulary: Sendable {
  case bytes(ByteVocabulary)
  case tokenizer(Tokenizer)

  /// Ids of text; those from here on stand for no text, such as the beginning of a message.
  var size: UInt64 {
    switch self {
    case .bytes: ByteVocabulary.count
    case .tokenizer(let tokenizer): tokenizer.size
    }
  }

  /// A text's first token has a space that is not the text's.
  var addsSpace: Bool {
    if case .tokenizer(let tokenizer) = self { tokenizer.addsSpace } else { false }
  }

  func encode(_ text: String, _ body: (UInt64) -> Void) {
    switch self {
    case .bytes(let vocabulary):
      var text = text
      text.withUTF8 { vocabulary.encode($0, body) }
    case .tokenizer(let tokenizer):
      tokenizer.encode(text) { body(UInt64($0)) }
    }
  }

  /// Appends what a text that is no chat begins with.
  func appendOpening(to prompt: inout PromptDigest) {
    guard case .tokenizer(let tokenizer) = self else { return }
    for id in tokenizer.opening { prompt.append(id: UInt64(id)) }
  }

  func ids(of text: String) -> [UInt64] {
    var ids: [UInt64] = []
    encode(text) { ids.append($0) }
    return ids
  }

  /// The text of a token; empty when it stands for none.
  func bytes(of id: UInt64) -> [UInt8] {
    switch self {
    case .bytes: ByteVocabulary.bytes(of: id) ?? []
    case .tokenizer(let tokenizer): tokenizer.bytes(of: id)
    }
  }

  func text(of ids: some Sequence<UInt64>) -> String {
    String(decoding: ids.flatMap { bytes(of: $0) }, as: UTF8.self)
  }
}
