/// Spans of OpenTelemetry's conventions for generative AI, in the protocol's JSON or as plain objects
/// with `spans`. Spans that are no model call are left out and counted.
enum OpenTelemetryReader: TraceReader {
  static let summary = "OpenTelemetry GenAI spans (JSON: model calls with their usage)"
  static let isJSONLines: Bool? = true
  static let required = ["spans"]
  static let alternatives = [["spans"], ["resourceSpans"]]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .parentID, .link, .agentID, .model,
    .responseModel, .operation, .maxOutputTokens, .streaming, .cachedInputTokens,
    .cacheWriteTokens, .reasoningTokens, .status, .finishReason, .errorType, .ttft, .endToEnd,
    .extra,
  ]
  static let hasDates = true
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(TraceProblems) {
    var requests: [String: Int64] = [:]
    var estimated = 0
    try feed.eachObject { (json, place) throws(TraceProblem) in
      let spans = Self.spans(json)
      if spans.isEmpty { feed.report("holds no spans", line: place.line, file: place.file) }
      for span in spans {
        let span = GenAISpan(span)
        guard let operation = span.operation else {
          feed.drop("a span that is no model call")
          continue
        }
        var record = TraceRecord()
        record.line = place.line
        guard span.fill(&record, operation) else {
          feed.drop("a model call without token counts or text")
          continue
        }
        if span.isEstimated { estimated += 1 }
        if let parent = span.parent.flatMap({ requests[$0] }) {
          record[.parentID] = parent
          record[text: .link] = "spawn"
        }
        if let id = span.id { requests[id] = feed.upcomingID }
        try feed.emit(&record)
      }
    }
    guard estimated > 0 else { return }
    feed.header["tokenizer"] = .string("estimated: 4 bytes a token")
    feed.note("\(estimated) spans state no usage: their tokens are estimated from their text")
  }

  private static func spans(_ json: JSON) -> [JSON] {
    if let spans = json["spans"]?.array { return spans }
    if json["attributes"] != nil { return [json] }
    return (json["resourceSpans"]?.array ?? []).flatMap { resource in
      (resource["scopeSpans"]?.array ?? []).flatMap { $0["spans"]?.array ?? [] }
    }
  }
}

/// One span, whichever of the two ways its attributes are written.
private struct GenAISpan {
  private static let operations = [
    "chat": "chat", "text_completion": "completion", "generate_content": "chat",
    "embeddings": "embedding",
  ]

  private let json: JSON
  private let attributes: [JSON.Field]
  private let inputText: Int?
  private let outputText: Int?

  init(_ json: JSON) {
    self.json = json
    var attributes = json["attributes"]?.fields ?? []
    for item in json["attributes"]?.array ?? [] {
      guard let key = item["key"]?.text, let value = item["value"]?.fields?.first?.value else {
        continue
      }
      attributes.append(JSON.Field(key, value["values"] ?? value))
    }
    self.attributes = attributes
    func bytes(_ start: String) -> Int? {
      let texts = attributes.filter { $0.key.hasPrefix(start) }
      return texts.isEmpty ? nil : texts.reduce(0) { $0 + ($1.value.text?.utf8.count ?? 0) }
    }
    inputText = bytes("gen_ai.input.")
    outputText = bytes("gen_ai.output.")
  }

  var id: String? { (json["span_id"] ?? json["spanId"])?.text }
  var parent: String? { (json["parent_span_id"] ?? json["parentSpanId"])?.text }
  var isEstimated: Bool { self["gen_ai.usage.input_tokens"]?.integer == nil }

  private subscript(key: String) -> JSON? { attributes.first { $0.key == key }?.value }

  /// nil: the span is no model call.
  var operation: String? {
    if let name = self["gen_ai.operation.name"]?.text { return Self.operations[name] }
    return self["gen_ai.usage.input_tokens"] == nil ? nil : "chat"
  }

  /// False where nothing tells how long prompt and answer are.
  func fill(_ record: inout TraceRecord, _ operation: String) -> Bool {
    record[text: .operation] = operation
    guard
      let input = self["gen_ai.usage.input_tokens"]?.integer
        ?? inputText.map({ Int64(($0 + 3) / 4) }),
      let output = self["gen_ai.usage.output_tokens"]?.integer
        ?? outputText.map({ Int64(($0 + 3) / 4) }) ?? (operation == "embedding" ? 0 : nil),
      (0...Int64(Int32.max)).contains(input), (0...Int64(Int32.max)).contains(output)
    else { return false }
    record.inputTokens = input
    record.outputTokens = output
    fillTimes(&record)
    fillNumbers(&record)
    fillTexts(&record)
    return true
  }

  private func fillTimes(_ record: inout TraceRecord) {
    let start = time("start_time", "startTimeUnixNano")
    let end = time("end_time", "endTimeUnixNano")
    record.arrival = start
    if let start, let end, end >= start { record[.endToEnd] = (end - start) / 1000 }
    if let first = self["gen_ai.response.time_to_first_chunk"]?.scaled(6), first >= 0 {
      record[.ttft] = first
    }
  }

  private func time(_ text: String, _ nanoseconds: String) -> Int64? {
    if let value = json[nanoseconds]?.scaled(0) { return value }
    return json[text]?.text.flatMap { Timestamp.nanoseconds(Array($0.utf8).span) }
  }

  private func fillNumbers(_ record: inout TraceRecord) {
    let names: [(TraceField, String)] = [
      (.maxOutputTokens, "gen_ai.request.max_tokens"),
      (.cachedInputTokens, "gen_ai.usage.cache_read.input_tokens"),
      (.cacheWriteTokens, "gen_ai.usage.cache_creation.input_tokens"),
      (.reasoningTokens, "gen_ai.usage.reasoning.output_tokens"),
    ]
    for (field, name) in names {
      if let value = self[name]?.integer, (0...Int64(Int32.max)).contains(value) {
        record[field] = value
      }
    }
    record[.streaming] = self["gen_ai.request.stream"]?.flag.map { $0 ? 1 : 0 }
  }

  private func fillTexts(_ record: inout TraceRecord) {
    record.session =
      self["gen_ai.conversation.id"]?.text
      ?? attributes.first { $0.key.hasSuffix("session.id") }?.value.text
      ?? (json["trace_id"] ?? json["traceId"])?.text
    record.agent = (self["gen_ai.agent.id"] ?? self["gen_ai.agent.name"])?.text
    record[text: .model] = self["gen_ai.request.model"]?.text
    if let answered = self["gen_ai.response.model"]?.text, answered != record[text: .model] {
      record[text: .responseModel] = answered
    }
    record[text: .finishReason] = self["gen_ai.response.finish_reasons"]?.array?.first?.text
    let error = self["error.type"]?.text
    record[text: .errorType] = error
    let failed = json["status"]?["code"]?.integer == 2 || error != nil
    record[text: .status] = failed ? "failed" : "ok"
    record[text: .extra] = extra
  }

  /// What has no column. Texts of prompts and answers stay out: a trace holds no content.
  private var extra: String? {
    let used = [
      "gen_ai.operation.name", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens",
      "gen_ai.response.time_to_first_chunk", "gen_ai.request.max_tokens",
      "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_creation.input_tokens",
      "gen_ai.usage.reasoning.output_tokens", "gen_ai.request.stream", "gen_ai.conversation.id",
      "gen_ai.agent.id", "gen_ai.request.model", "gen_ai.response.model",
      "gen_ai.response.finish_reasons", "error.type",
    ]
    let content = ["gen_ai.input.", "gen_ai.output.", "gen_ai.system_instructions", "gen_ai.tool."]
    var rest = attributes.filter { field in
      !used.contains(field.key) && !content.contains { field.key.hasPrefix($0) }
        && field.value != .null
    }
    if isEstimated { rest.append(JSON.Field("tokens_estimated", .bool(true))) }
    for key in ["name", "span_id", "spanId", "parent_span_id", "parentSpanId"] {
      if let value = json[key] { rest.append(JSON.Field(key, value)) }
    }
    return rest.isEmpty ? nil : JSON.object(rest).compact
  }
}
