import TextAndBytes

/// What is new of one answer.
struct ChoiceNews {
  /// A piece of a call of a tool.
  struct Call {
    var index: Int
    /// nil: it has been told.
    var name: String?
    var arguments: String
  }

  var text = ""
  var calls: [Call] = []
  /// The tokens that are new.
  var tokens: Range<Int>
  /// nil: more will follow.
  var reason: FinishedReason?
}

/// How far one answer has been told.
struct ChoiceTeller {
  let script: AnswerScript
  private(set) var update = AnswerUpdate()
  private var cursor = TextCursor()
  /// Bytes of the text that have been told.
  private var told = 0

  init(_ script: AnswerScript) { self.script = script }

  mutating func hear(_ update: AnswerUpdate) { self.update = update }

  /// Tokens that have been told.
  var tokens: Int { cursor.tokens }

  var reason: FinishedReason? {
    if case .finished(let reason) = update.ending { reason } else { nil }
  }

  /// Why it ended before its length, for clients; null: it did not.
  var stopReason: JSON {
    guard let stop = script.stop, reason == .stop, stop.tokens == update.tokens else {
      return .null
    }
    switch stop.reason {
    case .text(let text): return .string(text)
    case .token(let id): return .integer(Int64(clamping: id))
    }
  }

  mutating func news() -> ChoiceNews {
    let first = cursor.tokens
    let text = cursor.advance(to: update.tokens, of: script, isLast: update.ending != nil)
    let start = told
    told += text.utf8.count
    var news = ChoiceNews(tokens: first..<update.tokens, reason: reason)
    if case .fixed(let fixed) = script.body, fixed.callCount > 0 {
      news.calls = calls(of: fixed, start..<told)
    } else {
      news.text = text
    }
    return news
  }

  private func calls(of fixed: FixedText, _ range: Range<Int>) -> [ChoiceNews.Call] {
    var calls: [ChoiceNews.Call] = []
    for case .call(let name, let nameEnd, let arguments) in fixed.parts {
      let new = arguments.clamped(to: range)
      let begins = range.lowerBound < nameEnd && range.upperBound >= nameEnd
      guard begins || !new.isEmpty else { continue }
      let index = fixed.parts.firstIndex {
        if case .call(_, nameEnd, _) = $0 { true } else { false }
      }
      calls.append(
        ChoiceNews.Call(
          index: index ?? 0, name: begins ? name : nil,
          arguments: String(decoding: fixed.bytes[new], as: UTF8.self)))
    }
    return calls
  }
}
