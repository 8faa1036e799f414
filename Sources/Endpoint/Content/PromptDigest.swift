/// A text as a prefix cache sees it: how many tokens it has, and hashes of its beginnings.
///
/// There is no tokenizer. Token ids count as they are; text has a token for every four bytes of its
/// UTF-8, and one for what is left.
struct PromptDigest: Hashable, Sendable {
  /// Bytes of text in a token.
  static let bytesPerToken = 4

  private(set) var tokens = 0
  /// The hash of the text up to the end of each whole block.
  private(set) var blocks: [UInt64] = []
  /// The hash of the whole text.
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  private let blockTokens: Int
  /// Tokens that the open block still takes.
  private var room: Int

  /// Hashes blocks of `blockTokens` tokens.
  init(blockTokens: Int) {
    precondition(blockTokens > 0, "blocks without tokens")
    self.blockTokens = blockTokens
    room = blockTokens
  }

  mutating func append(id: UInt32) { append(Token.id(id)) }

  /// A token that stands for no text, such as the beginning of a message.
  mutating func append(mark: UInt32) { append(Token.mark(mark)) }

  mutating func append(text: String) {
    var text = text
    text.withUTF8 { bytes in
      var at = 0
      while at < bytes.count {
        let end = min(at + Self.bytesPerToken, bytes.count)
        var packed: UInt32 = 0
        for i in at..<end { packed |= UInt32(bytes[i]) << UInt32(8 * (i - at)) }
        append(Token.text(packed, length: end - at))
        at = end
      }
    }
  }

  /// Four bytes of text, least significant first.
  mutating func append(word: UInt32) { append(Token.text(word, length: Self.bytesPerToken)) }

  private mutating func append(_ token: UInt64) {
    hash = (hash ^ token) &* 0x0000_0100_0000_01b3
    // A product carries upwards only, so the high half is folded back.
    hash ^= hash >> 32
    tokens += 1
    room -= 1
    guard room == 0 else { return }
    blocks.append(hash)
    room = blockTokens
  }

  /// Different kinds of token are different numbers, whatever they hold.
  private enum Token {
    static func text(_ packed: UInt32, length: Int) -> UInt64 {
      UInt64(packed) | UInt64(length) << 32
    }

    static func id(_ id: UInt32) -> UInt64 { UInt64(id) | 1 << 40 }

    static func mark(_ mark: UInt32) -> UInt64 { UInt64(mark) | 1 << 41 }
  }
}
