import SimKernel

/// What a simulated model says: a word of a space and three letters a token, which follow from the
/// prompt alone. So the same prompt gets the same answer, and the answer has the token count that
/// it would have as part of a next prompt.
struct AnswerText: Hashable, Sendable {
  private static let consonants = Array("bcdfghjklmnprstv".utf8)
  private static let vowels = Array("aeio".utf8)

  private let seed: UInt64

  /// The answer to a prompt of this hash.
  init(promptHash: UInt64) { seed = promptHash }

  /// Token `index` of the answer: four bytes of ASCII, least significant first.
  func word(_ index: Int) -> UInt32 {
    var mixer = SplitMix64(state: seed &+ UInt64(index))
    let random = Int(truncatingIfNeeded: mixer.next())
    let letters = (
      Self.consonants[random & 15], Self.vowels[random >> 4 & 3], Self.consonants[random >> 6 & 15]
    )
    return UInt32(UInt8(ascii: " ")) | UInt32(letters.0) << 8 | UInt32(letters.1) << 16
      | UInt32(letters.2) << 24
  }

  func text(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count * PromptDigest.bytesPerToken)
    for index in range {
      let word = word(index)
      for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(word >> shift & 255)) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
