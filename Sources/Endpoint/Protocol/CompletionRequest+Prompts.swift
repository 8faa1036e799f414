import TextAndBytes

extension CompletionRequest {
  private static let mostPrompts = 2048

  /// Reads what is asked; the messages, where it is a chat.
  mutating func readPrompts(
    _ fields: inout RequestFields, _ context: ProtocolContext
  ) -> [ChatMessage]? {
    let truncation = PromptTruncation(&fields, maxTokens: maxTokens, context)
    let salt = salt(&fields)
    var empty = PromptDigest(
      blockTokens: context.blockTokens, salt: salt,
      keepsIDs: echoes || tellsTokenIDs || truncation != nil)
    let vocabulary = context.vocabulary
    var messages: [ChatMessage]?
    let known = fields.problems.count
    switch api {
    case .completions:
      if fields.flag("add_special_tokens") ?? true { vocabulary.appendOpening(to: &empty) }
      readTexts(&fields, empty, vocabulary)
    case .chat:
      if fields.flag("add_special_tokens") ?? false { vocabulary.appendOpening(to: &empty) }
      messages = readMessages(&fields, empty, vocabulary)
    case .responses: messages = readInput(&fields, empty, vocabulary)
    }
    let name = api == .completions ? "prompt" : api == .chat ? "messages" : "input"
    if fields.problems.count == known, prompts.contains(where: { $0.tokens == 0 }) {
      fields.problem(name, "has no tokens")
    }
    if let truncation { prompts = prompts.map { truncation.cut($0, context, salt: salt) } }
    return messages
  }

  private func salt(_ fields: inout RequestFields) -> UInt64 {
    guard let salt = fields.text("cache_salt") else { return 0 }
    if salt.isEmpty { fields.problem("cache_salt", "has no characters") }
    return PromptDigest.hash(of: salt)
  }

  private mutating func readTexts(
    _ fields: inout RequestFields, _ empty: PromptDigest, _ vocabulary: Vocabulary
  ) {
    switch fields["prompt"] {
    case .array(let prompts):
      guard (1...Self.mostPrompts).contains(prompts.count) else {
        fields.problem(
          "prompt", "holds \(prompts.count) prompts; it takes from 1 to \(Self.mostPrompts)")
        return
      }
      for prompt in prompts { readText(prompt, &fields, empty, vocabulary) }
    case let prompt?: readText(prompt, &fields, empty, vocabulary)
    case nil: fields.problem("prompt", "is missing")
    }
  }

  private mutating func readText(
    _ value: JSON, _ fields: inout RequestFields, _ empty: PromptDigest, _ vocabulary: Vocabulary
  ) {
    var prompt = empty
    switch value {
    case .string(let text): prompt.append(text: text, vocabulary)
    case .integers(let ids):
      let most = min(vocabulary.size &+ 1 << 33, UInt64(Int64.max))
      for id in ids {
        guard let id = UInt64(exactly: id), id <= most else {
          fields.problem("prompt", "holds \(id); token ids lie between 0 and \(most)")
          return
        }
        prompt.append(id: id)
      }
    case .array(let items) where items.isEmpty: break
    default:
      fields.problem("prompt", "is neither text nor token ids")
      return
    }
    prompts.append(prompt)
  }

  private mutating func readMessages(
    _ fields: inout RequestFields, _ empty: PromptDigest, _ vocabulary: Vocabulary
  ) -> [ChatMessage]? {
    let known = fields.problems.count
    let messages = ChatMessages.read(&fields)
    let continues = fields.flag("continue_final_message") ?? false
    let asks = fields.flag("add_generation_prompt") ?? !continues
    if continues, asks {
      fields.problem(
        "continue_final_message", "goes only with add_generation_prompt: false")
    }
    guard fields.problems.count == known else { return nil }
    var chat = ChatFormat(empty, vocabulary)
    chat.append(tools: fields["tools"]?.array ?? [])
    chat.append(messages, continues: continues, asksForAnswer: asks)
    prompts = [chat.prompt]
    return messages
  }

  private mutating func readInput(
    _ fields: inout RequestFields, _ empty: PromptDigest, _ vocabulary: Vocabulary
  ) -> [ChatMessage]? {
    let known = fields.problems.count
    let messages = ResponseInput.read(&fields)
    guard fields.problems.count == known else { return nil }
    var chat = ChatFormat(empty, vocabulary)
    chat.append(tools: fields["tools"]?.array ?? [])
    chat.append(messages, continues: false, asksForAnswer: true)
    prompts = [chat.prompt]
    return messages
  }
}

/// How many of a prompt's tokens are kept, and from which side.
struct PromptTruncation {
  private let most: Int
  private let keepsFirst: Bool

  /// nil: nobody asks for it.
  init?(_ fields: inout RequestFields, maxTokens: Int?, _ context: ProtocolContext) {
    let side = fields.text("truncation_side")
    if let side, side != "left", side != "right" {
      fields.problem("truncation_side", "is '\(side)'; expected left or right")
    }
    guard let most = fields.integer("truncate_prompt_tokens", in: -1...Int64(Int32.max)) else {
      return nil
    }
    if most == 0 { fields.problem("truncate_prompt_tokens", "is 0, which leaves no prompt") }
    // -1: as many as fit before the answer.
    self.most = most > 0 ? Int(most) : max(1, context.contextLength - (maxTokens ?? 1))
    keepsFirst = side == "right"
  }

  func cut(_ prompt: PromptDigest, _ context: ProtocolContext, salt: UInt64) -> PromptDigest {
    guard let ids = prompt.ids, ids.count > most else { return prompt }
    var short = PromptDigest(blockTokens: context.blockTokens, salt: salt, keepsIDs: true)
    for id in keepsFirst ? ids.prefix(most) : ids.suffix(most) { short.append(id: id) }
    return short
  }
}
