/// What a client asks of /v1/completions or /v1/chat/completions, as far as it matters without a
/// model: how long the prompt is, what it has in common with others, and how long the answer may be.
struct CompletionRequest: Sendable {
  enum API: Sendable {
    case completions
    case chat
  }

  var api: API
  /// nil: whatever there is.
  var model: String?
  var prompt: PromptDigest
  /// nil: as many as the context has room for.
  var maxTokens: Int?
  var minTokens = 0
  /// True: the answer has `maxTokens` tokens, whatever its natural length.
  var ignoresEnd = false
  var isStream = false
  /// A last message with the token counts.
  var includesUsage = false
  /// Token counts in every message.
  var hasContinuousUsage = false
  /// The simulated time of the tokens in every message.
  var includesSimulatedTime = false
  /// vLLM's sense: lower is served first.
  var priority: Int32 = 0
  /// The conversation it belongs to, by the field `user`.
  var session: Int32?
}
