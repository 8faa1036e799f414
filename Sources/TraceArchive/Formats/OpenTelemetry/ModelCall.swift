import TextAndBytes

/// What a span says of a model call, by whichever convention names its attributes:
/// - OpenTelemetry's for generative AI (semantic-conventions 1.27 to 1.41, gen-ai-spans.md);
/// - vLLM's server spans (0.6 to 0.11, vllm/tracing.py; latencies in seconds);
/// - OpenLLMetry's (traceloop, semconv-ai 0.0 to 0.4: `llm.*`, then `gen_ai.*` with the prompt's and
///   the completion's tokens);
/// - OpenInference's (Phoenix, 0.1: `llm.token_count.*`, kinds of spans);
/// - the Vercel AI SDK's (`ai.usage.*`, version 3 to 5).
struct ModelCall {
  let span: TraceSpan
  /// nil: the span is no model call.
  let operation: String?

  init(_ span: TraceSpan) {
    self.span = span
    operation = Self.operation(span)
  }

  static let inputTokens = [
    "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.usage.prompt_tokens",
    "llm.usage.input_tokens", "llm.token_count.prompt", "ai.usage.promptTokens",
    "ai.usage.inputTokens",
  ]
  static let outputTokens = [
    "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.usage.completion_tokens",
    "llm.usage.output_tokens", "llm.token_count.completion", "ai.usage.completionTokens",
    "ai.usage.outputTokens",
  ]

  private static let operations = [
    "chat": "chat", "text_completion": "completion", "completion": "completion",
    "generate_content": "chat", "embeddings": "embedding", "embedding": "embedding",
    "rerank": "rerank",
  ]
  private static let kinds = ["LLM": "chat", "EMBEDDING": "embedding", "RERANKER": "rerank"]

  private static func operation(_ span: TraceSpan) -> String? {
    if let name = span["gen_ai.operation.name"]?.text { return operations[name] }
    if let kind = span["openinference.span.kind"]?.text { return kinds[kind.uppercased()] }
    // Its outer spans sum up what those of the calls say.
    if let id = span["ai.operationId"]?.text {
      guard id.hasSuffix(".doGenerate") || id.hasSuffix(".doStream") || id.hasSuffix(".doEmbed")
      else { return nil }
      return id.hasSuffix(".doEmbed") ? "embedding" : "chat"
    }
    if let type = span["llm.request.type"]?.text { return operations[type] ?? "chat" }
    return span.first(inputTokens) == nil && span.first(outputTokens) == nil ? nil : "chat"
  }

  /// Whether the span itself says how long the prompt is.
  var hasUsage: Bool { span.first(Self.inputTokens) != nil }

  /// The tokens, as far as the span says them.
  var usage: [JSON?] { [span.first(Self.inputTokens), span.first(Self.outputTokens)] }
}

/// Into a record.
extension ModelCall {
  enum Outcome {
    case filled(isEstimated: Bool)
    /// Not enough is known; why.
    case lacks(String)
    /// A number that cannot be right.
    case wrong(String)
  }

  func fill(_ record: inout TraceRecord) -> Outcome {
    guard let operation else { return .lacks("without an operation") }
    record[text: .operation] = operation
    var isEstimated = false
    for (field, names, text) in [
      (TraceField.inputTokens, Self.inputTokens, "gen_ai.input."),
      (.outputTokens, Self.outputTokens, "gen_ai.output."),
    ] {
      if let stated = span.first(names) {
        guard let count = stated.integer, (0...Int64(Int32.max)).contains(count) else {
          return .wrong(
            """
            span \(span.id ?? ""): found \(excerpt(stated.compact)) for \(field.name); allowed are \
            whole numbers from 0 to \(Int32.max)
            """)
        }
        record[field] = count
      } else if let bytes = bytes(text) {
        record[field] = Int64((bytes + 3) / 4)
        isEstimated = true
      } else if field == .outputTokens, span.isError || operation != "chat" {
        // A call that failed, or whose answer is no text, has none.
        record[field] = 0
      } else {
        return .lacks("a model call without \(field == .inputTokens ? "prompt" : "output") tokens")
      }
    }
    guard let start = span.start else { return .lacks("a model call without a start time") }
    record.arrival = start
    fillLatencies(&record, start)
    fillNumbers(&record)
    fillTexts(&record)
    record[text: .extra] = extra(isEstimated: isEstimated)
    return .filled(isEstimated: isEstimated)
  }

  /// Bytes of the texts under a name; nil: there are none.
  private func bytes(_ start: String) -> Int? {
    let texts = span.attributes.filter { $0.key.hasPrefix(start) }
    return texts.isEmpty ? nil : texts.reduce(0) { $0 + ($1.value.text?.utf8.count ?? 0) }
  }

  private func fillLatencies(_ record: inout TraceRecord, _ start: Int64) {
    if let time = span["gen_ai.latency.e2e"]?.scaled(6), time >= 0 {
      record[.endToEnd] = time
    } else if let end = span.end, end >= start {
      record[.endToEnd] = (end - start) / 1000
    }
    record[.ttft] = firstToken(start)
    if let time = span["gen_ai.latency.time_in_queue"]?.scaled(6), time >= 0 {
      record[.queueing] = time
    }
  }

  /// Microseconds from the start to the first part of the answer.
  private func firstToken(_ start: Int64) -> Int64? {
    for name in Self.firstTokenSeconds {
      if let time = span[name]?.scaled(6), time >= 0 { return time }
    }
    for name in Self.firstTokenMilliseconds {
      if let time = span[name]?.scaled(3), time >= 0 { return time }
    }
    let parts = span.events.filter { event in
      event.name == "First Token Stream Event" || event.name.hasSuffix("completion.chunk")
        || event.name == "ai.stream.firstChunk"
    }
    guard let first = parts.map(\.at).min(), first >= start else { return nil }
    return (first - start) / 1000
  }

  private static let firstTokenSeconds = [
    "gen_ai.response.time_to_first_chunk", "gen_ai.latency.time_to_first_token",
    "gen_ai.server.time_to_first_token",
  ]
  private static let firstTokenMilliseconds = [
    "ai.response.msToFirstChunk", "ai.stream.msToFirstChunk",
  ]

  private static let numbers: [(field: TraceField, names: [String])] = [
    (.maxOutputTokens, ["gen_ai.request.max_tokens", "llm.request.max_tokens"]),
    (
      .cachedInputTokens,
      [
        "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
        "llm.usage.cache_read_input_tokens", "llm.token_count.prompt_details.cache_read",
        "ai.usage.cachedInputTokens",
      ]
    ),
    (
      .cacheWriteTokens,
      [
        "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens",
        "llm.usage.cache_creation_input_tokens", "llm.token_count.prompt_details.cache_write",
      ]
    ),
    (
      .reasoningTokens,
      [
        "gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens",
        "llm.usage.reasoning_tokens", "llm.token_count.completion_details.reasoning",
        "ai.usage.reasoningTokens",
      ]
    ),
  ]

  private func fillNumbers(_ record: inout TraceRecord) {
    for (field, names) in Self.numbers {
      if let value = span.first(names)?.integer, (0...Int64(Int32.max)).contains(value) {
        record[field] = value
      }
    }
    let stream = span.first(["gen_ai.request.stream", "llm.is_streaming"])
    if let isStream = stream?.flag ?? stream?.text.map({ $0.lowercased() == "true" }) {
      record[.streaming] = isStream ? 1 : 0
    }
  }
}

extension ModelCall {
  private static let sessions = [
    "gen_ai.conversation.id", "session.id", "langfuse.session.id",
    "traceloop.association.properties.session_id",
  ]
  private static let users = [
    "user.id", "enduser.id", "langfuse.user.id", "traceloop.association.properties.user_id",
  ]
  private static let said: [(field: TraceField, names: [String])] = [
    (.tenantID, ["tenant.id", "tenant_id", "traceloop.association.properties.tenant_id"]),
    (.adapter, ["adapter", "gen_ai.request.adapter"]),
    (.region, ["cloud.region", "region"]),
  ]
  private static let models = [
    "gen_ai.request.model", "llm.request.model", "llm.model_name", "ai.model.id",
    "embedding.model_name",
  ]
  private static let finishReasons = [
    "gen_ai.response.finish_reasons", "llm.response.finish_reason",
    "gen_ai.completion.0.finish_reason", "llm.finish_reason", "ai.response.finishReason",
  ]
  /// What stands in a column of its own.
  private static let used = Set(
    inputTokens + outputTokens + firstTokenSeconds + firstTokenMilliseconds + sessions + users
      + models + said.flatMap(\.names) + finishReasons + numbers.flatMap(\.names) + [
        "gen_ai.operation.name", "gen_ai.latency.e2e", "gen_ai.latency.time_in_queue",
        "gen_ai.request.stream", "llm.is_streaming", "gen_ai.agent.id", "gen_ai.response.model",
        "llm.response.model", "error.type", "openinference.span.kind", "llm.request.type",
      ])
  /// Texts of prompts and answers stay out: a trace holds no content.
  private static let content = [
    "gen_ai.input.", "gen_ai.output.", "gen_ai.system_instructions", "gen_ai.tool.",
    "gen_ai.prompt", "gen_ai.completion", "llm.prompts", "llm.completions", "llm.input_messages",
    "llm.output_messages", "llm.prompt_template", "input.value", "output.value",
    "traceloop.entity.input", "traceloop.entity.output", "ai.prompt", "ai.response.text",
    "ai.response.object", "ai.response.toolCalls", "llm.tools", "llm.request.functions",
  ]

  private func fillTexts(_ record: inout TraceRecord) {
    record.session =
      span.first(Self.sessions).map(Self.word)
      ?? span.attributes.first { $0.key.hasSuffix("session.id") }.map { Self.word($0.value) }
      ?? span.trace
    record[text: .userID] = span.first(Self.users).map(Self.word)
    for (field, names) in Self.said { record[text: field] = span.first(names).map(Self.word) }
    record.agent = span.first(["gen_ai.agent.id", "gen_ai.agent.name"])?.text
    record[text: .model] = span.first(Self.models)?.text
    let answered = span.first(["gen_ai.response.model", "llm.response.model"])?.text
    if answered != record[text: .model] { record[text: .responseModel] = answered }
    record[text: .finishReason] = finishReason
    let error = span["error.type"]?.text
    record[text: .errorType] = error
    record[text: .status] = span.isError || error != nil ? "failed" : "ok"
  }

  private static func word(_ value: JSON) -> String { value.text ?? value.compact }

  /// The first one; exporters without lists write them as text.
  private var finishReason: String? {
    guard let value = span.first(Self.finishReasons) else { return nil }
    guard let text = value.text else { return value.array?.first?.text }
    return text.hasPrefix("[") ? JSON(text: text)?.array?.first?.text ?? text : text
  }

  private func extra(isEstimated: Bool) -> String? {
    var rest = span.attributes.filter { field in
      !Self.used.contains(field.key) && !Self.content.contains { field.key.hasPrefix($0) }
        && field.value != .null
    }
    if isEstimated { rest.append(JSON.Field("tokens_estimated", .bool(true))) }
    for (key, text) in [("name", span.name), ("span_id", span.id), ("parent_span_id", span.parent)]
    {
      if let text { rest.append(JSON.Field(key, .string(text))) }
    }
    return rest.isEmpty ? nil : JSON.object(rest).compact
  }
}
