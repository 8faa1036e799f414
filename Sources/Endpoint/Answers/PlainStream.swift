import NIOCore
import SimKernel

/// The stream of one answer of plain words, without anything beside them: nearly all streams are such,
/// and this writes them fast.
struct PlainStream {
  private let request: CompletionRequest
  private let words: AnswerText
  private let head: AnswerHead
  /// Up to the text of a part of a stream, and after it up to the reason for the end.
  private let partStart: String
  private let partEnd: String
  /// After the text of a part that is not the last.
  private let partContinues: String
  private let object: String

  /// nil: the answer takes more.
  init?(_ head: AnswerHead, _ scripts: [AnswerScript]) {
    request = head.request
    guard scripts.count == 1, let words = scripts[0].plainWords, request.isStream,
      request.api != .responses, request.logprobs == nil, !request.echoes, !request.tellsTokenIDs,
      request.streamInterval == 1
    else { return nil }
    self.words = words
    self.head = head
    if request.api == .chat {
      object = "chat.completion.chunk"
      partStart = "data: " + head.opening(object) + #"{"index":0,"delta":{"content":""#
      partEnd = #""},"logprobs":null,"finish_reason":"#
    } else {
      object = "text_completion"
      partStart = "data: " + head.opening(object) + #"{"index":0,"text":""#
      partEnd = #"","logprobs":null,"finish_reason":"#
    }
    partContinues = partEnd + "null}]"
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
    if request.includesUsage {
      buffer.writeString("data: \(head.opening(object))],\"usage\":\(usage(update))}\n\n")
    }
    buffer.writeStaticString("data: [DONE]\n\n")
  }

  private func writeRole(to buffer: inout ByteBuffer) {
    buffer.writeString(
      "data: \(head.opening(object))"
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
      buffer.writeString("\(partEnd)\"\(reason.rawValue)\",\"stop_reason\":null}]")
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

  private func usage(_ update: AnswerUpdate) -> String {
    AnswerUsage(
      prompt: request.prompts[0].tokens, completion: update.tokens, cached: update.cachedTokens
    ).json
  }
}

extension AnswerUsage {
  init(prompt: Int, completion: Int, cached: Int) {
    self.prompt = prompt
    self.completion = completion
    self.cached = cached
  }
}
