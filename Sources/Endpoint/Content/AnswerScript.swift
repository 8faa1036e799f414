import SimKernel

/// What an answer says, token by token, for as long as it goes on.
package struct AnswerScript: Sendable {
  enum Body: Sendable {
    case words(AnswerText)
    case fixed(FixedText)
  }

  /// Why and where an answer ends before its length.
  struct Stop: Hashable, Sendable {
    enum Reason: Hashable, Sendable {
      case text(String)
      case token(UInt64)
    }

    /// Tokens up to its end.
    var tokens: Int
    /// Bytes of text that a client sees.
    var bytes: Int
    var reason: Reason
  }

  let body: Body
  let vocabulary: Vocabulary
  /// Tells answers apart that are given to one prompt; equal to the prompt's hash for the answer that
  /// it gets by itself.
  let key: UInt64
  var stop: Stop?

  /// Words; `variant` tells apart what one prompt is answered.
  init(prompt: PromptDigest, variant: UInt64?, _ vocabulary: Vocabulary) {
    key = Self.mix(prompt.hash, variant)
    self.vocabulary = vocabulary
    body = .words(AnswerText(seed: key, vocabulary))
  }

  init(prompt: PromptDigest, variant: UInt64?, _ text: FixedText, _ vocabulary: Vocabulary) {
    var digest = PromptDigest(blockTokens: .max)
    for id in text.ids { digest.append(id: id) }
    key = Self.mix(Self.mix(prompt.hash, variant), digest.hash)
    self.vocabulary = vocabulary
    body = .fixed(text)
  }

  /// A number that follows from a prompt's hash and what is asked beside it.
  static func mix(_ hash: UInt64, _ variant: UInt64?) -> UInt64 {
    guard let variant else { return hash }
    var mixer = SplitMix64(state: hash)
    mixer.state = mixer.next() ^ variant
    return mixer.next()
  }

  /// How many tokens it has by its form; nil: as many as the workload says.
  var ownTokens: Int? { if case .fixed(let text) = body { text.count } else { nil } }

  var calls: Int { if case .fixed(let text) = body { text.callCount } else { 0 } }

  /// Words of four bytes without a stop, which can be written as they are.
  var plainWords: AnswerText? {
    if case .words(let words) = body, stop == nil, words.isOfWords { words } else { nil }
  }

  /// An id past the vocabulary: the end of a text that has a form.
  static func endOfText(_ vocabulary: Vocabulary) -> UInt64 { vocabulary.size + ChatFormat.end }

  func id(_ index: Int) -> UInt64 {
    switch body {
    case .words(let words): words.id(index)
    case .fixed(let text):
      index < text.count ? text.ids[index] : Self.endOfText(vocabulary)
    }
  }

  func bytes(_ index: Int) -> [UInt8] {
    switch body {
    case .words(let words):
      // A tokenizer that puts a space before a text takes it away from an answer.
      Array(
        vocabulary.bytes(of: words.id(index)).dropFirst(index == 0 && vocabulary.addsSpace ? 1 : 0))
    case .fixed(let text):
      index < text.count
        ? Array(text.bytes[(index > 0 ? text.ends[index - 1] : 0)..<text.ends[index]]) : []
    }
  }
}
