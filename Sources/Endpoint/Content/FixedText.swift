/// A text of a certain form that an answer is held to, such as JSON, as tokens. What follows its last
/// token are ends of text, which say nothing.
struct FixedText: Sendable {
  /// What a range of its bytes is for a client.
  enum Part: Sendable {
    case content(Range<Int>)
    /// A call of a tool: the end of what says its name, and its arguments.
    case call(name: String, nameEnd: Int, arguments: Range<Int>)
  }

  let bytes: [UInt8]
  let ids: [UInt64]
  /// The end of each token among `bytes`.
  let ends: [Int]
  let parts: [Part]

  init(_ text: String, parts: [Part]? = nil, _ vocabulary: Vocabulary) {
    bytes = Array(text.utf8)
    ids = vocabulary.ids(of: text)
    self.parts = parts ?? [.content(0..<bytes.count)]
    var ends: [Int] = []
    for id in ids { ends.append((ends.last ?? 0) + vocabulary.bytes(of: id).count) }
    // A tokenizer may change a text before it cuts it, such as add a space before it.
    if let last = ends.last, last != bytes.count {
      for place in ends.indices { ends[place] = (place + 1) * bytes.count / ends.count }
    }
    self.ends = ends
  }

  var count: Int { ids.count }

  var callCount: Int { parts.count { if case .call = $0 { true } else { false } } }
}

extension FixedText {
  /// One call of a tool.
  struct Call {
    var name: String
    /// JSON.
    var arguments: String
  }

  /// The text of calls, as `ChatFormat` puts it into a next prompt.
  init(calls: [Call], _ vocabulary: Vocabulary) {
    var text = ""
    var parts: [Part] = []
    for call in calls {
      if !text.isEmpty { text += "\n" }
      text += ChatFormat.callOpening(call.name)
      let start = text.utf8.count
      text += call.arguments
      let end = text.utf8.count
      text += ChatFormat.callClosing
      parts.append(.call(name: call.name, nameEnd: start, arguments: start..<end))
    }
    self.init(text, parts: parts, vocabulary)
  }
}
