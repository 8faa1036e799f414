/// Tokens that are looked for in a text before anything else, such as ends of messages.
struct AddedTokens: Sendable {
  struct Token: Sendable {
    var text: [UInt8]
    var id: Int
    /// Takes the space before and after it.
    var stripsBefore = false
    var stripsAfter = false
    /// Only where no letter or digit stands beside it.
    var isWord = false
  }

  enum Part {
    case token(Int)
    case text(String)
  }

  /// By their first byte, longest first.
  private var tokens: [[Token]] = Array(repeating: [], count: 256)
  private var isEmpty = true

  init(_ all: [Token]) {
    for token in all.sorted(by: { $0.text.count > $1.text.count }) where !token.text.isEmpty {
      tokens[Int(token.text[0])].append(token)
      isEmpty = false
    }
  }

  func split(_ text: String, _ body: (Part) -> Void) {
    guard !isEmpty else { return text.isEmpty ? () : body(.text(text)) }
    let bytes = Array(text.utf8)
    var start = 0
    var at = 0
    func tell(upTo end: Int) {
      if start < end { body(.text(String(decoding: bytes[start..<end], as: UTF8.self))) }
    }
    while at < bytes.count {
      guard let token = tokens[Int(bytes[at])].first(where: { fits($0, bytes, at) }) else {
        at += 1
        continue
      }
      var end = at
      if token.stripsBefore { while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 } }
      tell(upTo: end)
      body(.token(token.id))
      at += token.text.count
      if token.stripsAfter { while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 } }
      start = at
    }
    tell(upTo: bytes.count)
  }

  private func fits(_ token: Token, _ bytes: [UInt8], _ at: Int) -> Bool {
    let end = at + token.text.count
    guard end <= bytes.count, bytes[at..<end].elementsEqual(token.text) else { return false }
    guard token.isWord else { return true }
    return (at == 0 || !Self.isWord(bytes[at - 1]))
      && (end == bytes.count || !Self.isWord(bytes[end]))
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || CharacterRanges.word.has(UInt32(byte))
  }
}
