/// What ends an answer early.
struct StopConditions: Hashable, Sendable {
  var texts: [String] = []
  var tokens: Set<UInt64> = []
  /// What ended it is part of the answer.
  var isIncluded = false
  /// Tokens before which nothing ends it.
  var minTokens = 0

  var isEmpty: Bool { texts.isEmpty && tokens.isEmpty }

  /// Where `script` ends for them within `limit` tokens; nil: it does not. As vLLM's detokenizer
  /// (v1/engine/detokenizer.py, 0.11) does it: after each token, the first of the texts that is found
  /// in what has come with it.
  func find(in script: AnswerScript, limit: Int) -> AnswerScript.Stop? {
    guard !isEmpty else { return nil }
    let texts = texts.map { Array($0.utf8) }
    var byFirst = [[Int]](repeating: [], count: 256)
    for (number, text) in texts.enumerated() {
      if let first = text.first { byFirst[Int(first)].append(number) }
    }
    // No text that is looked for reaches further back.
    let reach = (texts.map(\.count).max() ?? 1) - 1
    var tail: [UInt8] = []
    var length = 0
    for index in 0..<limit {
      if let own = script.ownTokens, index >= own { return nil }
      let bytes = script.bytes(index)
      let isFree = index >= minTokens
      if isFree, tokens.contains(script.id(index)) {
        return AnswerScript.Stop(
          tokens: index + 1, bytes: isIncluded ? length + bytes.count : length,
          reason: .token(script.id(index)))
      }
      let known = tail.count
      tail += bytes
      length += bytes.count
      if isFree, let (text, place) = firstFound(texts, byFirst, in: tail, past: known) {
        let end = length - tail.count + place + (isIncluded ? texts[text].count : 0)
        return AnswerScript.Stop(tokens: index + 1, bytes: end, reason: .text(self.texts[text]))
      }
      if isFree {
        tail.removeFirst(max(0, tail.count - reach))
      } else {
        tail.removeAll(keepingCapacity: true)
      }
    }
    return nil
  }

  /// The first of `texts` that ends after `past` bytes, and where it begins; `byFirst` has their
  /// places by their first bytes.
  private func firstFound(
    _ texts: [[UInt8]], _ byFirst: [[Int]], in tail: [UInt8], past: Int
  ) -> (text: Int, place: Int)? {
    var found: (text: Int, place: Int)?
    for start in tail.indices {
      for number in byFirst[Int(tail[start])] where found.map({ number < $0.text }) ?? true {
        let end = start + texts[number].count
        if end > past, end <= tail.count, tail[start..<end].elementsEqual(texts[number]) {
          found = (number, start)
          break
        }
      }
    }
    return found
  }
}
