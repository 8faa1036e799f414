import NIOCore
import SimKernel
import TraceArchive

/// The bytes of an answer, whole or in parts, in OpenAI's form.
struct AnswerFormat {
  private let request: CompletionRequest
  private let words: AnswerText
  /// Up to the text of a part of a stream, and after it up to the reason for the end.
  private let partStart: String
  private let partEnd: String
  /// After the text of a part that is not the last.
  private let partContinues: String
  private let id: String
  private let created: Int
  /// In quotes.
  private let model: String

  /// `created` is in seconds since 1970.
  init(_ request: CompletionRequest, id: String, created: Int, modelName: String) {
    self.request = request
    self.created = created
    words = AnswerText(promptHash: request.prompt.hash)
    model = JSON.string(modelName).compact
    switch request.api {
    case .completions:
      self.id = "cmpl-\(id)"
      partStart =
        "data: " + Self.opening(self.id, "text_completion", created, model)
        + #"{"index":0,"text":""#
      partEnd = #"","logprobs":null,"finish_reason":"#
    case .chat:
      self.id = "chatcmpl-\(id)"
      partStart =
        "data: " + Self.opening(self.id, "chat.completion.chunk", created, model)
        + #"{"index":0,"delta":{"content":""#
      partEnd = #""},"logprobs":null,"finish_reason":"#
    }
    partContinues = partEnd + "null}]"
  }

  private static func opening(
    _ id: String, _ object: String, _ created: Int, _ model: String
  ) -> String {
    #"{"id":"\#(id)","object":"\#(object)","created":\#(created),"model":\#(model),"choices":["#
  }

  /// The messages of a stream for the tokens from `written` on: what vLLM sends, but that several
  /// tokens may come in one.
  func writeMessages(for update: AnswerUpdate, written: Int, to buffer: inout ByteBuffer) {
    if written == 0, update.tokens > 0, request.api == .chat { writeRole(to: &buffer) }
    var reason: FinishedReason?
    if case .finished(let why) = update.ending { reason = why }
    if update.tokens > written || reason != nil {
      writePart(written..<update.tokens, update, reason: reason, to: &buffer)
    }
    guard reason != nil else { return }
    if request.includesUsage { writeUsage(update, to: &buffer) }
    buffer.writeStaticString("data: [DONE]\n\n")
  }

  /// An error in the midst of a stream.
  static func writeError(_ error: APIError, to buffer: inout ByteBuffer) {
    buffer.writeString("data: \(error.body)\n\ndata: [DONE]\n\n")
  }

  private func writeRole(to buffer: inout ByteBuffer) {
    let start = Self.opening(id, "chat.completion.chunk", created, model)
    buffer.writeString(
      "data: \(start)"
        + #"{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"#
        + #""finish_reason":null}]}"# + "\n\n")
  }

  private func writePart(
    _ tokens: Range<Int>, _ update: AnswerUpdate, reason: FinishedReason?,
    to buffer: inout ByteBuffer
  ) {
    buffer.writeString(partStart)
    for index in tokens { buffer.writeInteger(words.word(index), endianness: .little) }
    if let reason {
      buffer.writeString("\(partEnd)\"\(reason.rawValue)\"}]")
    } else {
      buffer.writeString(partContinues)
    }
    if request.hasContinuousUsage {
      buffer.writeString(",\"usage\":" + usage(update))
    } else if request.includesUsage {
      buffer.writeStaticString(",\"usage\":null")
    }
    if request.includesSimulatedTime {
      buffer.writeStaticString(",\"simulated_time\":")
      buffer.writeString(update.time.seconds.description)
    }
    buffer.writeStaticString("}\n\n")
  }

  private func writeUsage(_ update: AnswerUpdate, to buffer: inout ByteBuffer) {
    let object = request.api == .chat ? "chat.completion.chunk" : "text_completion"
    let start = Self.opening(id, object, created, model)
    buffer.writeString("data: \(start)],\"usage\":\(usage(update))}\n\n")
  }

  /// The whole answer.
  func body(_ update: AnswerUpdate, reason: FinishedReason) -> String {
    let text = words.text(0..<update.tokens)
    let choice: String
    let object: String
    switch request.api {
    case .completions:
      object = "text_completion"
      choice = #"{"index":0,"text":"\#(text)","logprobs":null,"#
    case .chat:
      object = "chat.completion"
      choice =
        #"{"index":0,"message":{"role":"assistant","content":"\#(text)"},"logprobs":null,"#
    }
    return Self.opening(id, object, created, model) + choice
      + #""finish_reason":"\#(reason.rawValue)"}],"usage":\#(usage(update))}"#
  }

  private func usage(_ update: AnswerUpdate) -> String {
    let prompt = request.prompt.tokens
    return #"{"prompt_tokens":\#(prompt),"total_tokens":\#(prompt + update.tokens),"#
      + #""completion_tokens":\#(update.tokens),"#
      + #""prompt_tokens_details":{"cached_tokens":\#(update.cachedTokens)}}"#
  }
}
