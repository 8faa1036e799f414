import TextAndBytes

import SimKernel

/// Makes drawn prompts: the same content is the same tokens, in every run.
package struct PromptWriter: Sendable {
  private let kind: PromptKind
  private let vocabulary: Int
  let seed: UInt64

  /// Small ids are often special tokens and single bytes.
  private static let firstID = 300
  /// A vocabulary that every tokenizer of a language model has at least.
  package static let smallestVocabulary = 900

  /// `vocabulary`: how many tokens the model knows; ids below it are drawn.
  package init(kind: PromptKind, vocabulary: Int?, seed: UInt64) {
    self.kind = kind
    self.vocabulary = max(2, vocabulary ?? Self.smallestVocabulary)
    self.seed = seed
  }

  private var range: Range<Int> {
    vocabulary > Self.firstID + 100 ? Self.firstID..<vocabulary : vocabulary / 2..<vocabulary
  }

  /// Appends the JSON of a prompt as `/v1/completions` takes it, or for a chat the list of messages.
  func append(_ prompt: Prompt, to bytes: inout [UInt8]) {
    switch prompt {
    case .ids(let ids): append(ids: ids.lazy.map { Int($0) }, to: &bytes)
    case .text(let text): append(text: text, to: &bytes)
    case .messages(let list): bytes.append(contentsOf: list.utf8)
    case .drawn(let parts) where kind == .ids:
      append(ids: parts.lazy.flatMap(tokens), to: &bytes)
    case .drawn(let parts): append(text: words(parts), to: &bytes)
    }
  }

  private func append(ids: some Sequence<Int>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for id in ids {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      bytes.append(contentsOf: String(id).utf8)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private func append(text: String, to bytes: inout [UInt8]) {
    let isChat = kind == .chat
    if isChat { bytes.append(contentsOf: #"[{"role":"user","content":"#.utf8) }
    bytes.append(json: text)
    if isChat { bytes.append(contentsOf: "}]".utf8) }
  }

  /// The token ids of a part.
  package func tokens(_ part: Prompt.Part) -> [Int] {
    let range = range
    return (part.start..<part.start + part.tokens).map { place in
      range.lowerBound + Int(Self.hash(seed, part.content, place) % UInt64(range.count))
    }
  }

  /// Short words, most of them one token in most vocabularies; the server counts.
  private func words(_ parts: [Prompt.Part]) -> String {
    var text = ""
    for part in parts {
      for place in part.start..<part.start + part.tokens {
        if !text.isEmpty { text += " " }
        let hash = Self.hash(seed, part.content, place)
        text += Self.vocabularyOfWords[Int(hash % UInt64(Self.vocabularyOfWords.count))]
      }
    }
    return text
  }

  private static func hash(_ seed: UInt64, _ content: UInt64, _ place: Int) -> UInt64 {
    var mixer = SplitMix64(state: seed)
    mixer.state = mixer.next() ^ content
    mixer.state = mixer.next() ^ UInt64(bitPattern: Int64(place))
    return mixer.next()
  }

  private static let vocabularyOfWords = [
    "the", "of", "and", "to", "in", "is", "that", "for", "it", "as", "was", "with", "be", "by",
    "on", "not", "he", "his", "but", "at", "are", "this", "have", "from", "or", "had", "an",
    "they", "which", "one", "you", "were", "all", "her", "she", "there", "would", "their", "we",
    "him", "been", "has", "when", "who", "will", "no", "more", "if", "out", "so", "up", "said",
    "what", "its", "about", "than", "into", "them", "can", "only", "other", "time", "new", "some",
  ]
}
