import NIOCore

/// The answers to one request, and how far they have been written. A class: it changes with every
/// token.
final class AnswerStream {
  let request: CompletionRequest
  var hasBegun = false
  private var tellers: [ChoiceTeller]
  private let head: AnswerHead
  private let plain: PlainStream?
  private var responses: ResponseStream?
  private var completions: CompletionMessages?
  /// Tokens of a plain stream that have been written.
  private var written = 0
  /// Answers whose end has been written.
  private var ended: Set<Int> = []

  init(_ request: CompletionRequest, _ scripts: [AnswerScript], _ head: AnswerHead) {
    self.request = request
    self.head = head
    tellers = scripts.map(ChoiceTeller.init)
    plain = PlainStream(head, scripts)
    switch request.api {
    case .responses: responses = ResponseStream(head)
    case .completions, .chat: completions = CompletionMessages(head, answers: scripts.count)
    }
  }

  /// News of the answer at `place`.
  func hear(_ update: AnswerUpdate, at place: Int) { tellers[place].hear(update) }

  /// All answers have ended.
  var isFinished: Bool { tellers.allSatisfy { $0.reason != nil } }

  /// Whether there is something to be written.
  var hasNews: Bool {
    if let teller = tellers.first, plain != nil {
      return teller.update.tokens > written || teller.update.ending != nil
    }
    return responses?.hasBegun == false || tellers.indices.contains(where: isReady)
  }

  private func isReady(_ place: Int) -> Bool {
    let teller = tellers[place]
    if teller.update.ending != nil { return !ended.contains(place) }
    let new = teller.update.tokens - teller.tokens
    return new > 0 && (teller.tokens == 0 || new >= request.streamInterval)
  }

  /// The messages of a stream for all that is new.
  func writeMessages(to buffer: inout ByteBuffer) {
    if let plain {
      plain.writeMessages(for: tellers[0].update, written: written, to: &buffer)
      written = tellers[0].update.tokens
      return
    }
    responses?.begin(to: &buffer)
    for place in tellers.indices where isReady(place) {
      let news = tellers[place].news()
      completions?.write(news, place, tellers[place], tellers, to: &buffer)
      responses?.write(news, tellers[place], to: &buffer)
      guard news.reason != nil else { continue }
      ended.insert(place)
      guard ended.count == tellers.count else { continue }
      completions?.writeEnd(tellers, to: &buffer)
      responses?.writeEnd(tellers[0], to: &buffer)
    }
  }

  func writeError(_ error: APIError, to buffer: inout ByteBuffer) {
    if responses != nil {
      responses?.writeError(error, to: &buffer)
    } else {
      buffer.writeString("data: \(error.body)\n\ndata: [DONE]\n\n")
    }
  }

  /// The whole answer, which is no stream.
  func body() -> String {
    let news = tellers.indices.map { tellers[$0].news() }
    return completions?.body(news, tellers) ?? responses?.body(news[0], tellers[0]) ?? ""
  }
}
