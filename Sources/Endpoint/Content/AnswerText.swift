import SimKernel

/// What a simulated model says when it is not held to a form: words, which follow from the prompt
/// alone. So the same prompt gets the same answer, and the answer has the token count that it would
/// have as part of a next prompt.
struct AnswerText: Sendable {
  private let seed: UInt64
  private let vocabulary: Vocabulary

  init(seed: UInt64, _ vocabulary: Vocabulary) {
    self.seed = seed
    self.vocabulary = vocabulary
  }

  /// Whether each token is four bytes of ASCII, as `word` has them.
  var isOfWords: Bool {
    if case .bytes(let vocabulary) = vocabulary { vocabulary.width == 4 } else { false }
  }

  /// Token `index` where `isOfWords`: a space and three letters, least significant byte first.
  func word(_ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: ByteVocabulary.word(random(index), length: 4))
  }

  /// Whether a byte stands in any word.
  static func canHold(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  func id(_ index: Int) -> UInt64 { vocabulary.word(random(index), at: index) }

  private func random(_ index: Int) -> Int {
    var mixer = SplitMix64(state: seed &+ UInt64(index))
    return Int(truncatingIfNeeded: mixer.next() & UInt64(Int.max))
  }
}

extension Vocabulary {
  /// The id of a word, which `random` decides, as token `index` of an answer.
  func word(_ random: Int, at index: Int) -> UInt64 {
    switch self {
    case .bytes(let vocabulary):
      let length = vocabulary.length(of: index)
      return ByteVocabulary.id(ByteVocabulary.word(random, length: length), length: length)
    case .tokenizer(let tokenizer):
      return UInt64(tokenizer.words[random % tokenizer.words.count])
    }
  }
}

extension ByteVocabulary {
  private static let consonants = Array("bcdfghjklmnprstv".utf8)
  private static let vowels = Array("aeio".utf8)

  /// A space and letters, or a letter alone, least significant byte first.
  static func word(_ random: Int, length: Int) -> UInt64 {
    guard length > 1 else { return UInt64(UInt8(ascii: "a")) + UInt64(random % 26) }
    var random = random
    var packed = UInt64(UInt8(ascii: " "))
    for place in 1..<length {
      let isVowel = place % 2 == 0
      let letter = isVowel ? vowels[random & 3] : consonants[random & 15]
      random >>= isVowel ? 2 : 4
      packed |= UInt64(letter) << UInt64(8 * place)
    }
    return packed
  }
}
