import NIOCore

/// How far an answer has been written. A class: it changes with every token.
final class AnswerStream {
  let request: CompletionRequest
  private let format: AnswerFormat
  /// The last that was heard of it.
  var update = AnswerUpdate()
  var hasBegun = false
  private var written = 0

  init(_ request: CompletionRequest, _ shared: EndpointContext) {
    self.request = request
    format = AnswerFormat(
      request, id: shared.nextID(), created: shared.startedAt, modelName: shared.options.modelName)
  }

  /// Whether there is something to be written.
  var hasNews: Bool { update.tokens > written || update.ending != nil }

  func writeMessages(to buffer: inout ByteBuffer) {
    format.writeMessages(for: update, written: written, to: &buffer)
    written = update.tokens
  }

  /// The whole answer, which is not a stream.
  func body(_ reason: FinishedReason) -> String { format.body(update, reason: reason) }
}
