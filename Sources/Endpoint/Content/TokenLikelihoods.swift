import SimKernel
import TextAndBytes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The logarithms of probabilities that a simulated model tells with its tokens. They follow from the
/// answer; a token that is told is the likeliest, and all together are no more than 1.
struct TokenLikelihoods {
  let script: AnswerScript

  struct Entry {
    var id: UInt64
    var logprob: Double
  }

  /// Token `index` first, then `others` alternatives, less and less likely.
  func entries(_ index: Int, others: Int) -> [Entry] {
    var mixer = SplitMix64(state: script.key ^ UInt64(index) &* 0x9e37_79b9_7f4a_7c15)
    let share = 0.5 + 0.499 * (Double(mixer.next() >> 11) * 0x1p-53)
    var entries = [Entry(id: script.id(index), logprob: Self.logarithm(share))]
    var left = 1 - share
    var tries = 0
    while entries.count <= others, tries < 64 * (others + 1) {
      tries += 1
      let id = script.vocabulary.word(Int(mixer.next() >> 1), at: index)
      guard !entries.contains(where: { $0.id == id }) else { continue }
      left /= 2
      entries.append(Entry(id: id, logprob: Self.logarithm(left)))
    }
    return entries
  }

  private static func logarithm(_ share: Double) -> Double { (log(share) * 1e6).rounded() / 1e6 }
}

/// How tokens are named in an answer.
struct TokenNames {
  let vocabulary: Vocabulary
  /// As `token_id:1`.
  let areIDs: Bool

  func text(_ id: UInt64) -> String {
    areIDs ? "token_id:\(id)" : String(decoding: vocabulary.bytes(of: id), as: UTF8.self)
  }

  func bytes(_ id: UInt64) -> JSON {
    .integers(Array(text(id).utf8).map { Int64($0) })
  }
}
