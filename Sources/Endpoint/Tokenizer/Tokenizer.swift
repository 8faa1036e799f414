/// A model's own tokens, as its tokenizer.json has them: byte-pair encoding, of bytes (GPT-2, Llama 3,
/// Qwen) or of characters (SentencePiece's, as of Llama 2 and Mistral).
package final class Tokenizer: Sendable {
  /// Ids of text; all are below.
  let size: UInt64
  /// Ids that a text which is no chat begins with, such as the beginning of a text.
  let opening: [Int]
  /// Tokens of a space and letters, each of which is cut into itself.
  let words: [Int]
  private let parts: TokenizerParts

  private init(_ parts: TokenizerParts, words: [Int]) {
    size = UInt64(parts.texts.count)
    opening = parts.opening
    self.parts = parts
    self.words = words
  }

  /// Answers are made of so many words, at most.
  private static let mostWords = 4096

  /// Reads what a tokenizer.json says. Throws what of it is not read.
  package static func read(json text: String) throws(TokenizerError) -> Tokenizer {
    let parts = try TokenizerFile.parts(text)
    let bare = Tokenizer(parts, words: [])
    var words: [Int] = []
    for (id, text) in parts.texts.enumerated() where words.count < mostWords {
      guard (3...9).contains(text.count), text[0] == UInt8(ascii: " "),
        text.dropFirst().allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
      else { continue }
      // After another word, since some tokenizers put a space before a text.
      let alone = bare.ids(of: "a\(String(decoding: text, as: UTF8.self))")
      if alone.last == id, alone.count == bare.ids(of: "a").count + 1 { words.append(id) }
    }
    guard !words.isEmpty else {
      throw TokenizerError("has no tokens of a space and letters, of which answers are made")
    }
    return Tokenizer(parts, words: words)
  }

  /// The text of a token; empty for those that are no text.
  func bytes(of id: UInt64) -> [UInt8] { id < size ? parts.texts[Int(id)] : [] }

  func ids(of text: String) -> [Int] {
    var ids: [Int] = []
    encode(text) { ids.append($0) }
    return ids
  }

  /// A text begins with a space that is not the text's own.
  var addsSpace: Bool {
    parts.normalizer.addsSpace
      || parts.cutters.contains {
        if case .spaces(_, let adds, _) = $0 { adds } else { false }
      }
  }

  func encode(_ text: String, _ body: (Int) -> Void) {
    var isFirst = true
    parts.added.split(text) { part in
      switch part {
      case .token(let id): body(id)
      case .text(let text):
        let text = parts.normalizer.normalized(text, isFirst: isFirst)
        var pieces = [Array(text.unicodeScalars.map(\.value))]
        for cutter in parts.cutters { pieces = cutter.cut(pieces, isFirst: isFirst) }
        for piece in pieces where !piece.isEmpty { encode(piece: piece, body) }
      }
      isFirst = false
    }
  }

  private func encode(piece: [UInt32], _ body: (Int) -> Void) {
    if parts.takesWholePieces, let whole = parts.alphabet.whole(piece) { return body(Int(whole)) }
    for id in parts.pairs.merge(parts.alphabet.symbols(piece)) { body(Int(id)) }
  }
}

/// What of a tokenizer.json is not read.
package struct TokenizerError: Error, Hashable {
  package var message: String

  init(_ message: String) { self.message = message }
}

/// The parts of a tokenizer.
struct TokenizerParts: Sendable {
  var normalizer = TokenNormalizer()
  var cutters: [TokenCutter] = []
  var alphabet: TokenAlphabet
  var pairs: BytePairs
  var added: AddedTokens
  var takesWholePieces = false
  var opening: [Int] = []
  var texts: [[UInt8]]
}
