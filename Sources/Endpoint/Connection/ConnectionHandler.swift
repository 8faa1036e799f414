import NIOCore
import NIOHTTP1

/// One connection: takes its requests one after another and writes the answers.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  let shared: EndpointContext
  private let outlet: RawOutlet
  private let loopIndex: Int
  private var context: ChannelHandlerContext?
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()
  /// The request's body is refused or of no interest.
  private var ignoresRest = false
  private var timer: Scheduled<Void>?
  private var isCounted = false
  /// The answer that is being given.
  private var answer: Answer? {
    didSet { if oldValue !== answer { oldValue?.connection = nil } }
  }
  private var stream: AnswerStream?
  /// The client does not read fast enough.
  private var isBlocked = false

  init(_ shared: EndpointContext, outlet: RawOutlet, loopIndex: Int) {
    self.shared = shared
    self.outlet = outlet
    self.loopIndex = loopIndex
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelActive(context: ChannelHandlerContext) {
    isCounted = true
    guard shared.openConnection() else { return context.close(promise: nil) }
    setTimer(seconds: shared.options.limits.idleTime) { $0.context?.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    dropAnswer()
    if isCounted { shared.closeConnection() }
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head): begin(head)
    case .body(var bytes): collect(&bytes)
    case .end: if !ignoresRest { end() }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    isBlocked = !context.channel.isWritable
    if !isBlocked { writeStream() }
    context.fireChannelWritabilityChanged()
  }

  private func begin(_ head: HTTPRequestHead) {
    self.head = head
    body = ByteBuffer()
    ignoresRest = false
    setTimer(seconds: shared.options.limits.readTime) { $0.refuse(.timedOut) }
    let limit = shared.options.limits.bodyBytes
    let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    guard announced <= limit else { return refuse(.tooLarge(limit: limit)) }
    if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
      outlet.writeAndFlush(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
    }
  }

  private func collect(_ bytes: inout ByteBuffer) {
    guard !ignoresRest else { return }
    let limit = shared.options.limits.bodyBytes
    guard body.readableBytes + bytes.readableBytes <= limit else {
      return refuse(.tooLarge(limit: limit))
    }
    body.writeBuffer(&bytes)
  }

  /// Answers before the request is whole, and closes: the rest of it is not worth reading.
  private func refuse(_ error: APIError) {
    ignoresRest = true
    respond(error, closing: true)
  }

  private func end() {
    timer?.cancel()
    guard let head else { return }
    let bytes = body.readBytes(length: body.readableBytes) ?? []
    body = ByteBuffer()
    do throws(APIError) {
      let route = try Route.find(head.method, head.uri)
      try authorize(head, route)
      try answer(route, head, bytes)
    } catch {
      respond(error)
    }
  }

  private func authorize(_ head: HTTPRequestHead, _ route: Route) throws(APIError) {
    guard let token = shared.options.token else { return }
    if case .health = route { return }
    let given = head.headers.first(name: "authorization") ?? ""
    guard isSame(Array(given.utf8), Array("Bearer \(token)".utf8)) else { throw .unauthorized }
  }

  /// Takes as long wherever the first difference is.
  private func isSame(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func answer(
    _ route: Route, _ head: HTTPRequestHead, _ body: [UInt8]
  ) throws(APIError) {
    switch route {
    case .health: respond(status: .ok, type: "text/plain", "")
    case .version: respond(status: .ok, StaticPages.version(shared))
    case .models: respond(status: .ok, StaticPages.models(shared))
    case .metrics: respondMetrics()
    case .completion(let api): try submit(api, body)
    }
  }

  private func respondMetrics() {
    guard let context else { return }
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    let loop = context.eventLoop
    shared.onEngine { service in
      let text = service.metricsText()
      loop.runNowOrSoon {
        connection.value.respond(status: .ok, type: PrometheusText.contentType, text)
      }
    }
  }

  private func submit(_ api: CompletionRequest.API, _ body: [UInt8]) throws(APIError) {
    let request = try CompletionRequest(api, body: body, blockTokens: shared.blockTokens)
    try check(request)
    let answer = Answer(loopIndex: loopIndex, connection: self)
    self.answer = answer
    stream = AnswerStream(request, shared)
    setTimer(seconds: shared.options.limits.requestTime) { connection in
      connection.dropAnswer(because: .tookTooLong)
    }
    shared.onEngine { $0.submit(request, for: answer) }
  }

  private func check(_ request: CompletionRequest) throws(APIError) {
    let name = shared.options.modelName
    if let model = request.model, model != name {
      throw .notFound("there is no model '\(model)' here, only '\(name)'")
    }
    let length = shared.contextLength
    let prompt = request.prompt.tokens
    guard prompt < length else {
      throw .badRequest("the prompt has \(prompt) tokens; the context has room for \(length)")
    }
    if let most = request.maxTokens, prompt + most > length {
      throw .badRequest(
        "the prompt has \(prompt) tokens and max_tokens is \(most), together more than the "
          + "context's \(length)", field: "max_tokens")
    }
  }

  /// News of `answer`, whose connection this is or was.
  func take(_ update: AnswerUpdate, of answer: Answer) {
    guard answer === self.answer, let stream else { return }
    stream.update = update
    switch update.ending {
    case .reset: reset()
    case .failed(let error): fail(error)
    case .finished(let reason): finish(reason)
    case nil: if !isBlocked { writeStream() }
    }
  }

  /// Writes what a stream has not written yet, beginning with its head.
  private func writeStream() {
    guard let head, let stream, stream.request.isStream else { return }
    if !stream.hasBegun {
      stream.hasBegun = true
      var headers: HTTPHeaders = [
        "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache",
      ]
      if stream.request.includesSimulatedTime {
        headers.add(name: "kavier-clock-start-ns", value: String(shared.clockStart))
      }
      write(HTTPResponseHead(version: head.version, status: .ok, headers: headers), flush: true)
    }
    if stream.hasNews {
      outlet.writeAndFlush(chunked: head.takesChunks) { stream.writeMessages(to: &$0) }
    }
  }

  private func finish(_ reason: FinishedReason) {
    guard let stream else { return }
    if stream.request.isStream {
      writeStream()
      endResponse()
    } else {
      respond(status: .ok, stream.body(reason))
    }
  }

  private func fail(_ error: APIError) {
    guard let head, let stream, stream.hasBegun else { return respond(error) }
    outlet.writeAndFlush(chunked: head.takesChunks) { AnswerFormat.writeError(error, to: &$0) }
    endResponse()
  }

  private func reset() {
    answer = nil
    stream = nil
    guard let context else { return }
    context.channel.closeWithReset()
  }

  /// The client has gone, or has waited long enough.
  private func dropAnswer(because error: APIError? = nil) {
    guard let answer else { return }
    shared.onEngine { $0.abort(answer) }
    if let error { fail(error) }
    self.answer = nil
    stream = nil
  }

  private func respond(_ error: APIError, closing: Bool = false) {
    var headers = HTTPHeaders()
    if let seconds = error.retryAfter { headers.add(name: "retry-after", value: String(seconds)) }
    if error.status == 401 { headers.add(name: "www-authenticate", value: "Bearer") }
    respond(
      status: HTTPResponseStatus(statusCode: error.status), headers: headers, error.body,
      closing: closing)
  }

  private func respond(
    status: HTTPResponseStatus, type: String = "application/json", headers: HTTPHeaders = [:],
    _ text: String, closing: Bool = false
  ) {
    guard let context, let head else { return }
    var headers = headers
    headers.add(name: "content-type", value: type)
    headers.add(name: "content-length", value: String(text.utf8.count))
    if closing || !head.isKeepAlive { headers.add(name: "connection", value: "close") }
    write(HTTPResponseHead(version: head.version, status: status, headers: headers), flush: false)
    let bytes = context.channel.allocator.buffer(string: text)
    context.write(Self.wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    endResponse(closing: closing)
  }

  private func write(_ head: HTTPResponseHead, flush: Bool) {
    guard let context else { return }
    context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
    if flush { context.flush() }
  }

  private func endResponse(closing: Bool = false) {
    guard let context, let head else { return }
    answer = nil
    stream = nil
    self.head = nil
    setTimer(seconds: shared.options.limits.idleTime) { $0.context?.close(promise: nil) }
    let isLast = closing || !head.isKeepAlive
    let written = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    if isLast { written.futureResult.whenComplete { _ in bound.value.close(promise: nil) } }
    context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: isLast ? written : nil)
    if !isLast { written.succeed() }
  }

  private func setTimer(seconds: Int, _ body: @escaping @Sendable (ConnectionHandler) -> Void) {
    timer?.cancel()
    guard let context else { return }
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) {
      body(connection.value)
    }
  }
}
