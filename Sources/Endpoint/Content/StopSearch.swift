/// What ends an answer early.
struct StopConditions: Hashable, Sendable {
  var texts: [String] = []
  var tokens: Set<UInt64> = []
  /// What ended it is part of the answer.
  var isIncluded = false
  /// Tokens before which nothing ends it.
  var minTokens = 0

  var isEmpty: Bool { texts.isEmpty && tokens.isEmpty }
}

/// Finds where the answers to a request end for its stop conditions.
struct StopSearch {
  /// Tokens of a request's answers that are looked through, at most.
  static let mostTokens = 1 << 19

  private let conditions: StopConditions
  private let texts: StopTexts
  /// Those that can stand in an answer of words.
  private let textsOfWords: StopTexts
  private var left = mostTokens

  init(_ conditions: StopConditions) {
    self.conditions = conditions
    let texts = conditions.texts.enumerated().map { (number: $0, bytes: Array($1.utf8)) }
    self.texts = StopTexts(texts)
    textsOfWords = StopTexts(texts.filter { $0.bytes.allSatisfy(AnswerText.canHold) })
  }

  /// Where `script` ends within `limit` tokens; nil: it does not. As vLLM's detokenizer
  /// (v1/engine/detokenizer.py, 0.11) does it: after each token, the first of the texts that is found
  /// in what has come with it.
  mutating func find(
    in script: AnswerScript, limit: Int
  ) throws(APIError) -> AnswerScript.Stop? {
    let texts = script.ownTokens == nil ? textsOfWords : texts
    guard !texts.isEmpty || !conditions.tokens.isEmpty else { return nil }
    var state: Int32 = 0
    var length = 0
    for index in 0..<min(limit, script.ownTokens ?? limit) {
      left -= 1
      guard left >= 0 else { throw Self.tooLong }
      let bytes = script.bytes(index)
      let before = length
      length += bytes.count
      // A text that began before counts no more.
      guard index >= conditions.minTokens else { continue }
      if conditions.tokens.contains(script.id(index)) {
        return AnswerScript.Stop(
          tokens: index + 1, bytes: conditions.isIncluded ? length : before,
          reason: .token(script.id(index)))
      }
      guard let (text, end) = Self.find(texts, in: bytes, &state) else { continue }
      let size = conditions.texts[text].utf8.count
      return AnswerScript.Stop(
        tokens: index + 1, bytes: before + end - (conditions.isIncluded ? 0 : size),
        reason: .text(conditions.texts[text]))
    }
    return nil
  }

  /// The first of the texts that ends in a token, and after how many of its bytes.
  private static func find(
    _ texts: StopTexts, in bytes: [UInt8], _ state: inout Int32
  ) -> (text: Int, end: Int)? {
    var found: (text: Int, end: Int)?
    for (place, byte) in bytes.enumerated() {
      state = texts.step(from: state, by: byte)
      if let next = texts.found(at: state), found.map({ next.text < $0.text }) ?? true {
        found = (next.text, place + 1)
      }
    }
    return found
  }

  private static let tooLong = APIError.badRequest(
    "'stop' is looked for in \(mostTokens) tokens of a request's answers, and these may be longer; "
      + "ask for fewer answers or a smaller limit", field: "stop")
}
