import TextAndBytes

extension CompletionRequest {
  /// Deeper nesting than any request has is refused before it is parsed.
  static let deepestNesting = 160

  /// Reads a body. Throws what is wrong with all fields at once.
  package init(_ api: API, body: [UInt8], _ context: ProtocolContext) throws(APIError) {
    var fields = RequestFields(try Self.object(body))
    self.init(api: api)
    fields.check(api)
    readLengths(&fields, context)
    readAnswers(&fields)
    readStops(&fields)
    readLogprobs(&fields)
    readStream(&fields)
    readName(&fields, context)
    let messages = readPrompts(&fields, context)
    readForm(&fields, lastRole: messages?.last?.role)
    readRepeated(fields)
    if let error = fields.error { throw error }
  }

  /// A body as a JSON object.
  static func object(_ body: [UInt8]) throws(APIError) -> JSON {
    guard nesting(of: body) <= deepestNesting else {
      throw .badRequest("the body is nested more than \(deepestNesting) levels deep")
    }
    guard let json = JSON(text: String(decoding: body, as: UTF8.self)), json.fields != nil else {
      throw .badRequest("the body is no JSON object")
    }
    return json
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

  private mutating func readLengths(_ fields: inout RequestFields, _ context: ProtocolContext) {
    let range: ClosedRange<Int64> = 1...Int64(Int32.max)
    let names: [String] =
      switch api {
      case .completions: ["max_tokens"]
      case .chat: ["max_completion_tokens", "max_tokens"]
      case .responses: ["max_output_tokens"]
      }
    let limits = names.map { fields.integer($0, in: range) }
    // What OpenAI's and vLLM's completions do when nobody says.
    maxTokens =
      limits.lazy.compactMap { $0 }.first.map(Int.init) ?? (api == .completions ? 16 : nil)
    stops.minTokens = Int(fields.integer("min_tokens", in: 0...Int64(Int32.max)) ?? 0)
    if let maxTokens, minTokens > maxTokens {
      fields.problem("min_tokens", "is \(minTokens), more than \(names[0]), which is \(maxTokens)")
    }
    ignoresEnd = fields.flag("ignore_eos") ?? false
  }

  private mutating func readAnswers(_ fields: inout RequestFields) {
    if api != .responses {
      answersPerPrompt = Int(fields.integer("n", in: 1...Self.mostAnswers) ?? 1)
    }
    seed = fields.integer("seed", in: .min...(.max)).map { UInt64(bitPattern: $0) }
    if api == .completions { echoes = fields.flag("echo") ?? false }
    tellsTokenIDs = fields.flag("return_token_ids") ?? false
    namesTokensByID = fields.flag("return_tokens_as_token_ids") ?? false
  }

  /// Answers to one prompt, as OpenAI bounds them.
  static let mostAnswers: Int64 = 128
  private static let mostStops = 64

  private mutating func readStops(_ fields: inout RequestFields) {
    switch fields["stop"] {
    case nil: break
    case .string(let text): stops.texts = [text]
    case let value?:
      guard let list = value.array, list.count <= Self.mostStops,
        list.allSatisfy({ $0.text != nil })
      else {
        fields.problem("stop", "is neither a text nor a list of up to \(Self.mostStops) texts")
        return
      }
      stops.texts = list.compactMap(\.text)
    }
    let bytes = stops.texts.reduce(0) { $0 + $1.utf8.count }
    if bytes > StopTexts.mostBytes {
      fields.problem(
        "stop", "holds \(bytes) bytes; \(StopTexts.mostBytes) are looked for at most")
    }
    if stops.texts.contains("") { fields.problem("stop", "holds a text of no characters") }
    stops.isIncluded = fields.flag("include_stop_str_in_output") ?? false
    guard let value = fields["stop_token_ids"] else { return }
    let ids = value.array?.map {
      $0.number == nil ? nil : $0.integer.flatMap { UInt64(exactly: $0) }
    }
    guard let ids, ids.allSatisfy({ $0 != nil }) else {
      fields.problem("stop_token_ids", "is no list of token ids")
      return
    }
    stops.tokens = Set(ids.compactMap { $0 })
  }

  /// Tokens told beside each one, as vLLM's max_logprobs bounds them by default.
  private static let mostLogprobs: Int64 = 20

  private mutating func readLogprobs(_ fields: inout RequestFields) {
    let range = 0...Self.mostLogprobs
    switch api {
    case .completions: logprobs = fields.integer("logprobs", in: range).map(Int.init)
    case .chat:
      let isAsked = fields.flag("logprobs") ?? false
      let top = Int(fields.integer("top_logprobs", in: range) ?? 0)
      if top > 0, !isAsked { fields.problem("top_logprobs", "is only allowed with logprobs: true") }
      logprobs = isAsked ? top : nil
    case .responses:
      let top = Int(fields.integer("top_logprobs", in: range) ?? 0)
      guard let include = fields["include"] else { return }
      guard let names = include.array, names.allSatisfy({ $0.text != nil }) else {
        fields.problem("include", "is no list of names")
        return
      }
      for name in names.compactMap(\.text) {
        switch name {
        case "message.output_text.logprobs": logprobs = top
        case "reasoning.encrypted_content": break
        default: fields.problem("include", "holds '\(name)', which is not simulated")
        }
      }
    }
  }

  private mutating func readStream(_ fields: inout RequestFields) {
    isStream = fields.flag("stream") ?? false
    streamInterval = Int(fields.integer("stream_interval", in: 1...Int64(Int32.max)) ?? 1)
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
    for (name, value) in options.fields?.map({ ($0.key, $0.value) }) ?? []
    where ["include_usage", "continuous_usage_stats", "include_simulated_time"].contains(name) {
      guard value.flag == nil, value != .null else { continue }
      fields.problem("stream_options.\(name)", "is neither true nor false")
    }
  }

  private mutating func readName(_ fields: inout RequestFields, _ context: ProtocolContext) {
    model = fields.text("model")
    priority = Int32(clamping: fields.integer("priority", in: -1 << 30...1 << 30) ?? 0)
    if priority != 0, !context.hasPriorities {
      fields.problem(
        "priority", "is \(priority); the scenario's scheduler does not serve by priority")
    }
    user = fields.text("user")
    session = (fields.text("session_id") ?? user).map {
      Int32(truncatingIfNeeded: PromptDigest.hash(of: $0)) & Int32.max
    }
    id = fields.text("request_id")
  }
}
