import TextAndBytes

/// A message of a chat.
struct ChatMessage {
  var role: String
  var texts: [String] = []
  var calls: [FixedText.Call] = []
}

/// How a chat becomes one prompt: each message is a mark, its role and a mark, its text, and a mark
/// for its end; the answer's role comes last. So a next turn begins with this prompt and the answer to
/// it. Tools stand before the messages, as JSON, as in most models' templates.
struct ChatFormat {
  /// Tokens before a message's text.
  static let opening = 3
  /// Tokens after it.
  static let closing = 1

  /// Ids past the vocabulary, for what is no text.
  private static let begin: UInt64 = 0
  private static let roleEnd: UInt64 = 1
  static let end: UInt64 = 2
  private static let firstRole: UInt64 = 16

  let vocabulary: Vocabulary
  private(set) var prompt: PromptDigest

  init(_ prompt: PromptDigest, _ vocabulary: Vocabulary) {
    self.prompt = prompt
    self.vocabulary = vocabulary
  }

  mutating func append(tools: [JSON]) {
    guard !tools.isEmpty else { return }
    open(role: "tools")
    for tool in tools { prompt.append(text: tool.compact + "\n", vocabulary) }
    close()
  }

  /// The last message stays open where the answer `continues` it.
  mutating func append(_ messages: [ChatMessage], continues: Bool, asksForAnswer: Bool) {
    for (place, message) in messages.enumerated() {
      open(role: message.role)
      for text in message.texts { prompt.append(text: text, vocabulary) }
      if !message.calls.isEmpty {
        let calls = message.calls.map {
          Self.callOpening($0.name) + $0.arguments + Self.callClosing
        }
        prompt.append(text: calls.joined(separator: "\n"), vocabulary)
      }
      if !(continues && place == messages.count - 1) { close() }
    }
    if asksForAnswer, !continues { open(role: "assistant") }
  }

  private mutating func open(role: String) {
    append(mark: Self.begin)
    append(mark: Self.firstRole + PromptDigest.hash(of: role) & 0xFFFF_FFFF)
    append(mark: Self.roleEnd)
  }

  private mutating func close() { append(mark: Self.end) }

  private mutating func append(mark: UInt64) { prompt.append(id: vocabulary.size + mark) }

  /// What a call of a tool begins with, up to its arguments.
  static func callOpening(_ name: String) -> String {
    "{\"name\":\(JSON.string(name).compact),\"arguments\":"
  }

  static let callClosing = "}"
}
