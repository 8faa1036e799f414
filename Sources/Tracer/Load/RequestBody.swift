import NIOCore
import TraceArchive
import TextAndBytes

/// How requests are put, as far as all of them have it in common.
package struct RequestStyle: Sendable {
  package var engine = ServerEngine.openAI
  /// The model that is asked for where the workload names none.
  package var model: String
  /// Whether the workload's own models are asked for.
  package var usesTraceModels = false
  package var kind = PromptKind.ids
  /// Answers are as long as they may be.
  package var ignoresEnd = false
  package var temperature: Double? = 0
  /// More header fields.
  package var headers: [(name: String, value: String)] = []
  package var writer: PromptWriter

  package init(model: String, writer: PromptWriter) {
    self.model = model
    self.writer = writer
  }

  /// The path below the origin's.
  func path(of request: PlannedRequest) -> String {
    isChat(request) ? "/v1/chat/completions" : "/v1/completions"
  }

  func isChat(_ request: PlannedRequest) -> Bool {
    if case .messages = request.prompt { true } else { kind == .chat }
  }

  /// What the answer's counts are held to.
  func asked(of request: PlannedRequest, bytes: Int) -> AskedTokens {
    let isIDs =
      switch request.prompt {
      case .ids: true
      case .drawn: kind == .ids
      case .text, .messages: false
      }
    return AskedTokens(
      promptIDs: isIDs ? request.inputTokens : nil, bytes: Int64(bytes),
      mostTokens: request.maxTokens)
  }

  func body(of request: PlannedRequest) -> ByteBuffer {
    var bytes = Array(#"{"model":"#.utf8)
    bytes.reserveCapacity(200 + Int(request.inputTokens) * 7)
    let model = usesTraceModels ? request.record[text: .model] ?? model : model
    bytes.append(json: model)
    bytes.append(contentsOf: (isChat(request) ? #","messages":"# : #","prompt":"#).utf8)
    writer.append(request.prompt, to: &bytes)
    if let limit = request.maxTokens {
      let isOpenAIChat = engine == .openAI && isChat(request)
      let name = isOpenAIChat ? "max_completion_tokens" : "max_tokens"
      bytes.append(contentsOf: ",\"\(name)\":\(limit)".utf8)
    }
    if let temperature { bytes.append(contentsOf: ",\"temperature\":\(temperature)".utf8) }
    if ignoresEnd, engine != .openAI { bytes.append(contentsOf: #","ignore_eos":true"#.utf8) }
    bytes.append(contentsOf: #","stream":true"#.utf8)
    bytes.append(contentsOf: engine.countingFields.utf8)
    bytes.append(UInt8(ascii: "}"))
    return ByteBuffer(bytes: bytes)
  }
}
