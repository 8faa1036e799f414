/// A text as a prefix cache sees it: how many tokens it has, and hashes of its beginnings.
struct PromptDigest: Hashable, Sendable {
  private(set) var tokens = 0
  /// The hash of the text up to the end of each whole block.
  private(set) var blocks: [UInt64] = []
  /// The hash of the whole text.
  private(set) var hash: UInt64
  /// The tokens; nil: nobody asked for them.
  private(set) var ids: [UInt64]?
  private let blockTokens: Int
  /// Tokens that the open block still takes.
  private var room: Int

  /// Hashes blocks of `blockTokens` tokens. Texts with different salts have no block in common.
  init(blockTokens: Int, salt: UInt64 = 0, keepsIDs: Bool = false) {
    precondition(blockTokens > 0, "blocks without tokens")
    self.blockTokens = blockTokens
    room = blockTokens
    hash = 0xcbf2_9ce4_8422_2325 ^ salt
    ids = keepsIDs ? [] : nil
  }

  mutating func append(id: UInt64) {
    hash = (hash ^ id) &* 0x0000_0100_0000_01b3
    // A product carries upwards only, so the high half is folded back.
    hash ^= hash >> 32
    tokens += 1
    ids?.append(id)
    room -= 1
    guard room == 0 else { return }
    blocks.append(hash)
    room = blockTokens
  }

  mutating func append(text: String, _ vocabulary: Vocabulary) {
    vocabulary.encode(text) { append(id: $0) }
  }

  /// The hash of a name.
  static func hash(of name: String) -> UInt64 {
    var digest = PromptDigest(blockTokens: .max)
    digest.append(text: name, .bytes(ByteVocabulary()))
    return digest.hash
  }
}
