import NIOCore
import NIOHTTP1

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension ConnectionHandler {
  func answer(_ route: Route, _ head: HTTPRequestHead, _ body: [UInt8]) throws(APIError) {
    switch route {
    case .health: respond(text: "", type: "text/plain")
    case .ready:
      if shared.isDraining { throw .stopping }
      respond(text: "", type: "text/plain")
    case .version: respond(text: StaticPages.version(shared))
    case .models: respond(text: StaticPages.models(shared))
    case .model(let name): respond(text: try StaticPages.model(name, shared))
    case .tokenize: respond(text: try TokenPages.tokenize(body, shared))
    case .detokenize: respond(text: try TokenPages.detokenize(body, shared))
    case .load: respondFromEngine(type: "application/json") { $0.loadText() }
    case .metrics:
      respondFromEngine(type: PrometheusText.contentType) {
        [shared] in
        $0.metricsText(
          ServerFigures(responses: shared.responses.all, startedAt: shared.startedAt))
      }
    case .completion(let api): try submit(api, head, body)
    }
  }

  private func respondFromEngine(
    type: String, _ text: @escaping @Sendable (LiveService) -> String
  ) {
    guard let loop = eventLoop else { return }
    let connection = NIOLoopBound(self, eventLoop: loop)
    shared.onEngine { service in
      let text = text(service)
      loop.runNowOrSoon { connection.value.respond(text: text, type: type) }
    }
  }

  private func submit(
    _ api: CompletionRequest.API, _ head: HTTPRequestHead, _ body: [UInt8]
  ) throws(APIError) {
    let request = try CompletionRequest(api, body: body, shared.reading)
    try check(request)
    let scripts = try request.scripts(shared.reading)
    let answers = scripts.indices.map { Answer(loopIndex: loopIndex, place: $0, connection: self) }
    self.answers = answers
    stream = AnswerStream(
      request, scripts,
      AnswerHead(
        request: request, id: id(of: request, head), created: time(nil),
        modelName: shared.options.modelName, vocabulary: shared.reading.vocabulary))
    setTimer(seconds: shared.options.limits.requestTime) { connection in
      connection.dropAnswers(because: .tookTooLong)
    }
    shared.onEngine { $0.submit(request, scripts, for: answers) }
  }

  /// The client's name for the request, or one of our own.
  private func id(of request: CompletionRequest, _ head: HTTPRequestHead) -> String {
    let name =
      request.id ?? head.headers.first(name: "x-request-id").flatMap { $0.isEmpty ? nil : $0 }
      ?? shared.nextID()
    switch request.api {
    case .completions: return "cmpl-\(name)"
    case .chat: return "chatcmpl-\(name)"
    case .responses: return name.hasPrefix("resp_") ? name : "resp_\(name)"
    }
  }

  private func check(_ request: CompletionRequest) throws(APIError) {
    try StaticPages.check(model: request.model, shared)
    let length = shared.contextLength
    let concurrency = shared.options.limits.concurrency
    guard request.answerCount <= concurrency else {
      throw .badRequest(
        "the request asks for \(request.answerCount) answers; \(concurrency) are given at a time",
        field: request.answersPerPrompt > 1 ? "n" : "prompt")
    }
    for prompt in request.prompts.map(\.tokens) {
      guard prompt < length else {
        throw .badRequest("the prompt has \(prompt) tokens; the context has room for \(length)")
      }
      if let most = request.maxTokens, prompt + most > length {
        let field =
          switch request.api {
          case .completions: "max_tokens"
          case .chat: "max_completion_tokens"
          case .responses: "max_output_tokens"
          }
        throw .badRequest(
          "the prompt has \(prompt) tokens and \(field) is \(most), together more than the "
            + "context's \(length)", field: field)
      }
    }
  }

  /// News of `answer`, whose connection this is or was.
  func take(_ update: AnswerUpdate, of answer: Answer) {
    guard let stream, answers.contains(where: { $0 === answer }) else { return }
    switch update.ending {
    case .reset:
      count(.error)
      giveUp()
      closeWithReset()
    case .failed(let error):
      // One that fails takes the others with it.
      let answers = answers
      shared.onEngine { $0.abort(answers) }
      fail(error)
    case .finished:
      stream.hear(update, at: answer.place)
      if stream.isFinished { finish() } else if !isBlocked { writeStream() }
    case nil:
      stream.hear(update, at: answer.place)
      if !isBlocked { writeStream() }
    }
  }

  /// Writes what a stream has not written yet, beginning with its head.
  func writeStream() {
    guard let stream, stream.request.isStream else { return }
    if !stream.hasBegun {
      stream.hasBegun = true
      var headers: HTTPHeaders = [
        "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache",
      ]
      if stream.request.includesSimulatedTime {
        headers.add(name: "kavier-clock-start-ns", value: String(shared.clockStart))
      }
      outlet?.beginStream(headers)
    }
    if stream.hasNews { outlet?.write { stream.writeMessages(to: &$0) } }
  }

  private func finish() {
    guard let stream else { return }
    count(.success)
    if stream.request.isStream {
      writeStream()
      endStream()
    } else {
      respond(text: stream.body())
    }
  }

  private func count(_ status: FrontendMetrics.Status) {
    guard shared.options.tellsDynamoMetrics, let request = stream?.request else { return }
    let (api, isStream) = (request.api, request.isStream)
    shared.onEngine { $0.told(api, isStream: isStream, status) }
  }

  private func fail(_ error: APIError) {
    count(.error)
    guard let stream, stream.hasBegun else { return respond(error) }
    outlet?.write { stream.writeError(error, to: &$0) }
    endStream()
  }

  private func endStream() {
    giveUp()
    outlet?.end()
    waitForRequest()
  }

  private func giveUp() {
    answers = []
    stream = nil
  }

  /// The client has gone, or has waited long enough.
  func dropAnswers(because error: APIError? = nil) {
    guard !answers.isEmpty else { return }
    let answers = answers
    shared.onEngine { $0.abort(answers) }
    if let error { fail(error) } else { count(.gone) }
    giveUp()
  }

  func respond(_ error: APIError) {
    respond(
      text: error.body, HTTPResponseStatus(statusCode: error.status), headers: error.headers)
  }

  private func respond(
    text: String, _ status: HTTPResponseStatus = .ok, type: String = "application/json",
    headers: HTTPHeaders = [:]
  ) {
    giveUp()
    outlet?.respond(status, type: type, headers: headers, text)
    waitForRequest()
  }
}
