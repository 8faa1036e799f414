/// What is asked, as it is sent.
package enum Prompt: Hashable, Sendable {
  case ids([Int32])
  case text(String)
  /// Chat messages, a JSON list as it is sent.
  case messages(String)
  /// So many tokens, made when they are sent: parts with equal content are equal tokens.
  case drawn([Part])

  /// A stretch of a prompt.
  package struct Part: Hashable, Sendable {
    /// What its tokens are drawn from.
    package var content: UInt64
    /// Where in that content it begins.
    package var start: Int
    package var tokens: Int

    package init(content: UInt64, start: Int = 0, tokens: Int) {
      self.content = content
      self.start = start
      self.tokens = tokens
    }
  }
}

/// How drawn prompts are sent.
package enum PromptKind: String, CaseIterable, Sendable {
  /// As token ids to `/v1/completions`: exact lengths.
  case ids
  /// As words to `/v1/completions`.
  case text
  /// As words in a chat message.
  case chat
}
