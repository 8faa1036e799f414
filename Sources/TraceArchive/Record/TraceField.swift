/// The columns of llm-trace's requests, in the order files have them.
package enum TraceField: Int, CaseIterable, Sendable {
  case requestID, arrival, inputTokens, outputTokens
  case sessionID, turn, parentID, dependsOn, link, agentID, think, trigger
  case model, responseModel, adapter, tenantID, userID, app, region, operation
  case sloClass, priority, ttftObjective, tpotObjective, endToEndObjective, deadline
  case maxOutputTokens, streaming
  case cachedInputTokens, cacheWriteTokens, reasoningTokens
  case imageCount, imageTokens, audioTokens, videoTokens, systemTokens, toolTokens
  case blockSize, prefixIDs, segments, answerInContext
  case status, finishReason, errorType
  case sent, queueing, ttft, endToEnd
  case extra

  /// What values a column holds.
  package enum Kind: Hashable, Sendable {
    case integer(ClosedRange<Int64>)
    /// 0 or 1 in CSV, false or true in JSON.
    case flag
    case text
    /// One of these words.
    case choice([String])
    /// Ids of other requests.
    case ids
    /// Block ids, as a list or in the short form of `PrefixRuns`.
    case prefix
    /// Any JSON.
    case json
  }

  package var name: String { definition.name }
  package var kind: Kind { definition.kind }
  /// What it means, in a sentence.
  package var meaning: String { definition.meaning }
  /// Every row has one.
  package var isRequired: Bool {
    self == .requestID || self == .inputTokens || self == .outputTokens
  }

  package static func named(_ name: String) -> TraceField? { byName[name] }

  /// By number; nil: the field holds no whole numbers.
  static let bounds: [ClosedRange<Int64>?] = allCases.map {
    if case .integer(let bounds) = $0.kind { bounds } else { nil }
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.definition.name, $0) })

  private struct Definition {
    var name: String
    var kind: Kind
    var meaning: String

    init(_ name: String, _ kind: Kind, _ meaning: String) {
      self.name = name
      self.kind = kind
      self.meaning = meaning
    }
  }

  private var definition: Definition { Self.definitions[rawValue] }

  private static let tokens = Kind.integer(0...Int64(Int32.max))
  /// Thirty years, and for arrivals, which may be dates, a century: sums of a few of them stay within
  /// 64 bits even in nanoseconds.
  private static let time = Kind.integer(0...1_000_000_000_000_000)
  private static let date = Kind.integer(-4_000_000_000_000_000...4_000_000_000_000_000)

  private static let definitions: [Definition] = [
    .init("request_id", .integer(.min ... .max), "Unique in the trace."),
    .init(
      "arrival_us", date,
      "Time since the trace's origin; null for a request that waits for others."),
    .init("input_tokens", tokens, "The whole prompt, cached part included."),
    .init("output_tokens", tokens, "All generated tokens, reasoning included."),
    .init("session_id", .text, "The conversation."),
    .init("turn", tokens, "Place in its conversation and agent, from 0."),
    .init("parent_id", .integer(.min ... .max), "The request whose context this one goes on from."),
    .init("depends_on", .ids, "Requests that end before this one is sent; null: the parent."),
    .init("link", .choice(["root", "turn", "fork", "spawn", "join"]), "What the parent is to it."),
    .init("agent_id", .text, "The sub-agent that sent it."),
    .init("think_us", time, "The client's delay after what it waited for."),
    .init("trigger", .choice(["user", "tool", "system"]), "What caused it."),
    .init("model", .text, "The model asked for."),
    .init("response_model", .text, "The model that answered, where it differs."),
    .init("adapter", .text, "The LoRA adapter."),
    .init("tenant_id", .text, "Who pays."),
    .init("user_id", .text, "Who asks."),
    .init("app", .text, "The application or kind of log."),
    .init("region", .text, "Where it comes from."),
    .init(
      "operation", .choice(["chat", "completion", "embedding", "image", "audio", "rerank"]),
      "What is asked for."),
    .init(
      "slo_class", .choice(["critical", "standard", "sheddable", "batch", "background"]),
      "How much its latency matters."),
    .init(
      "priority", .integer(-Int64(Int32.max)...Int64(Int32.max)), "A larger one is more urgent."),
    .init("ttft_slo_us", time, "Objective for the time to the first token."),
    .init("tpot_slo_us", time, "Objective for the time per output token."),
    .init("e2e_slo_us", time, "Objective for the time to the last token."),
    .init(
      "deadline_us", time,
      "From arrival to when the last token is due; until then the request can be held back."),
    .init(
      "max_output_tokens", tokens,
      "The client's limit of its answer, which is cut to it; 0: none is stated."),
    .init("streaming", .flag, "Tokens are sent as they come."),
    .init("cached_input_tokens", tokens, "Of the prompt, read from the source system's cache."),
    .init("cache_write_tokens", tokens, "Of the prompt, written to the source system's cache."),
    .init("reasoning_tokens", tokens, "Of the answer, not shown."),
    .init("image_count", tokens, "Images in the prompt."),
    .init("image_tokens", tokens, "Of the prompt, from images."),
    .init("audio_tokens", tokens, "Of the prompt, from audio."),
    .init("video_tokens", tokens, "Of the prompt, from video."),
    .init("system_tokens", tokens, "Leading tokens of the system prompt."),
    .init("tool_tokens", tokens, "Leading tokens that describe tools."),
    .init("block_size", .integer(1...1_000_000), "Tokens a block, where the header does not say."),
    .init("prefix_ids", .prefix, "Block ids in prefix order."),
    .init("segments", .json, "Parts of the prompt in order, each with kind, id and tokens."),
    .init(
      "answer_in_context", .flag,
      "Later prompts of its conversation contain its answer; null: yes, where the conversation's "
        + "prompts have neither prefix_ids nor segments."),
    .init(
      "status", .choice(["ok", "failed", "cancelled", "timeout", "rejected"]), "How it ended."),
    .init("finish_reason", .text, "Why generation ended."),
    .init("error_type", .text, "What went wrong."),
    .init("sent_us", time, "Measured by the source: arrival to when the client really sent it."),
    .init("queue_us", time, "Measured by the source: waiting."),
    .init("ttft_us", time, "Measured by the source: arrival to first token."),
    .init("e2e_us", time, "Measured by the source: arrival to last token."),
    .init("extra", .json, "An object of what the source says beyond these columns, as it says it."),
  ]
}
