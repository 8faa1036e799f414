import TraceArchive

extension CompletionRequest {
  /// Deeper nesting than any request has is refused before it is parsed.
  static let deepestNesting = 16

  /// Reads a body. `blockTokens` is for the prompt's hashes. Throws what is wrong with all fields at
  /// once.
  init(_ api: API, body: [UInt8], blockTokens: Int) throws(APIError) {
    guard Self.nesting(of: body) <= Self.deepestNesting else {
      throw .badRequest("the body is nested more than \(Self.deepestNesting) levels deep")
    }
    guard let json = JSON(text: String(decoding: body, as: UTF8.self)), json.fields != nil else {
      throw .badRequest("the body is no JSON object")
    }
    var fields = RequestFields(json)
    self.init(api: api, prompt: PromptDigest(blockTokens: blockTokens))
    readPrompt(&fields)
    readLengths(&fields)
    readStream(&fields)
    refuseWhatIsNotSimulated(&fields)
    model = fields.text("model")
    priority = Int32(clamping: fields.integer("priority", in: -1 << 30...1 << 30) ?? 0)
    session = fields.text("user").map(Self.session)
    if let error = fields.error { throw error }
  }

  /// The deepest nesting of brackets outside strings.
  private static func nesting(of body: [UInt8]) -> Int {
    var depth = 0
    var deepest = 0
    var isText = false
    var isEscaped = false
    for byte in body {
      if isText {
        if !isEscaped, byte == UInt8(ascii: "\"") { isText = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    return deepest
  }

  private mutating func readPrompt(_ fields: inout RequestFields) {
    switch api {
    case .completions: readText(&fields)
    case .chat: readMessages(&fields)
    }
    if prompt.tokens == 0, fields.problems.isEmpty {
      fields.problem(api == .chat ? "messages" : "prompt", "has no tokens")
    }
  }

  private mutating func readText(_ fields: inout RequestFields) {
    switch fields["prompt"] {
    case .string(let text): prompt.append(text: text)
    case .integers(let ids): readIDs(ids, &fields)
    case .array(let prompts) where prompts.count == 1:
      switch prompts[0] {
      case .string(let text): prompt.append(text: text)
      case .integers(let ids): readIDs(ids, &fields)
      default: fields.problem("prompt", "is neither text nor token ids")
      }
    case .array(let prompts) where prompts.count > 1:
      fields.problem("prompt", "holds \(prompts.count) prompts; send one a request")
    case nil: fields.problem("prompt", "is missing")
    default: fields.problem("prompt", "is neither text nor token ids")
    }
  }

  private mutating func readIDs(_ ids: [Int64], _ fields: inout RequestFields) {
    for id in ids {
      guard let id = UInt32(exactly: id), id <= Int32.max else {
        fields.problem("prompt", "holds \(id); token ids lie between 0 and \(Int32.max)")
        return
      }
      prompt.append(id: id)
    }
  }

  /// Each message is its role (`ChatFormat.opening` tokens), its text, and an end; the answer's role
  /// comes last. So a next turn begins with this prompt and the answer to it.
  private mutating func readMessages(_ fields: inout RequestFields) {
    guard case .array(let messages) = fields["messages"], !messages.isEmpty else {
      fields.problem("messages", "is no list of messages")
      return
    }
    for (index, message) in messages.enumerated() {
      let place = "messages[\(index)]"
      guard let role = message["role"]?.text else {
        fields.problem("\(place).role", "is no text")
        continue
      }
      ChatFormat.open(role: role, in: &prompt)
      readContent(message["content"], place: "\(place).content", &fields)
      ChatFormat.close(&prompt)
    }
    ChatFormat.open(role: "assistant", in: &prompt)
  }

  private mutating func readContent(
    _ content: JSON?, place: String, _ fields: inout RequestFields
  ) {
    switch content {
    case .string(let text): prompt.append(text: text)
    case .array(let parts):
      for part in parts {
        guard part["type"]?.text == "text", let text = part["text"]?.text else {
          fields.problem(place, "has a part that is no text; only text is simulated")
          return
        }
        prompt.append(text: text)
      }
    case nil: break
    default: fields.problem(place, "is neither text nor a list of parts")
    }
  }

  private mutating func readLengths(_ fields: inout RequestFields) {
    let range: ClosedRange<Int64> = 1...Int64(Int32.max)
    let newer = fields.integer("max_completion_tokens", in: range)
    let older = fields.integer("max_tokens", in: range)
    // What OpenAI's and vLLM's completions do when nobody says.
    maxTokens = (newer ?? older).map(Int.init) ?? (api == .completions ? 16 : nil)
    minTokens = Int(fields.integer("min_tokens", in: 0...Int64(Int32.max)) ?? 0)
    if let maxTokens, minTokens > maxTokens {
      fields.problem("min_tokens", "is \(minTokens), more than max_tokens, which is \(maxTokens)")
    }
    ignoresEnd = fields.flag("ignore_eos")
    _ = fields["stop"]
  }

  private mutating func readStream(_ fields: inout RequestFields) {
    isStream = fields.flag("stream")
    guard let options = fields["stream_options"] else { return }
    guard options.fields != nil else {
      fields.problem("stream_options", "is no object")
      return
    }
    guard isStream else {
      fields.problem("stream_options", "is only allowed with stream: true")
      return
    }
    includesUsage = options["include_usage"]?.flag ?? false
    hasContinuousUsage = options["continuous_usage_stats"]?.flag ?? false
    includesSimulatedTime = options["include_simulated_time"]?.flag ?? false
  }

  private func refuseWhatIsNotSimulated(_ fields: inout RequestFields) {
    for name in ["n", "best_of"] {
      if let count = fields.integer(name, in: 1...Int64(Int32.max)), count > 1 {
        fields.problem(name, "is \(count); one answer a request is simulated")
      }
    }
    if fields["echo"]?.flag == true { fields.problem("echo", "is not simulated") }
  }

  /// A conversation's number: a hash of its name.
  private static func session(_ name: String) -> Int32 {
    var digest = PromptDigest(blockTokens: Int.max)
    digest.append(text: name)
    return Int32(truncatingIfNeeded: digest.hash) & Int32.max
  }
}

/// How a chat becomes one prompt.
enum ChatFormat {
  /// Tokens before a message's text: its beginning, its role, a line end.
  static let opening = 3
  /// Tokens after it.
  static let closing = 1

  static func open(role: String, in prompt: inout PromptDigest) {
    var name = PromptDigest(blockTokens: Int.max)
    name.append(text: role)
    prompt.append(mark: 0)
    prompt.append(mark: UInt32(truncatingIfNeeded: name.hash))
    prompt.append(mark: 1)
  }

  static func close(_ prompt: inout PromptDigest) { prompt.append(mark: 2) }
}
