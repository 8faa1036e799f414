import NIOCore
import NIOHTTP1

/// One connection: takes its requests one after another and has them answered.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  let shared: EndpointContext
  private let raw: RawOutlet
  let loopIndex: Int
  private var context: ChannelHandlerContext?
  private(set) var outlet: ResponseOutlet?
  /// The request that is coming in.
  private var intake: RequestIntake?
  /// The connection is on its way out: what still comes is of no interest.
  private var isRefused = false
  /// Some of a request's head has come.
  private var hasBegunHead = false
  private var timer: Scheduled<Void>?
  private var place: EndpointContext.Place?
  /// The answers that are being given, and how far they have been written.
  var answers: [Answer] = [] {
    didSet { for answer in oldValue { answer.connection = nil } }
  }
  var stream: AnswerStream?
  /// The client does not read fast enough.
  private(set) var isBlocked = false

  init(_ shared: EndpointContext, raw: RawOutlet, loopIndex: Int) {
    self.shared = shared
    self.raw = raw
    self.loopIndex = loopIndex
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    outlet = ResponseOutlet(raw, context, counts: shared.responses)
    raw.onBytes = { [unowned self] in bytesCame() }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    outlet = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    let place = shared.openConnection()
    self.place = place
    guard place != .none else { return context.close(promise: nil) }
    waitForRequest()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    _ = intake?.take()
    intake = nil
    dropAnswers()
    if place != nil { shared.closeConnection() }
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head): begin(head)
    case .body(var bytes): collect(&bytes)
    case .end: end()
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Once an answer has begun another one would be taken for a part of it.
    guard error is HTTPParserError, answers.isEmpty, !isRefused else {
      return context.close(promise: nil)
    }
    refuse(.badRequest("this is no HTTP request: \(error)"))
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let closed = event as? ChannelEvent, closed == .inputClosed else {
      return context.fireUserInboundEventTriggered(event)
    }
    outlet?.isInputClosed = true
    guard !answers.isEmpty else {
      // Whoever is answered right now is closed when that is written.
      if outlet?.isIdle ?? true || intake != nil { context.close(promise: nil) }
      return
    }
    if stream?.request.isStream == false { outlet?.probe() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    isBlocked = !context.channel.isWritable
    if !isBlocked { writeStream() }
    context.fireChannelWritabilityChanged()
  }

  /// The time for a request begins with its first byte.
  private func bytesCame() {
    guard !hasBegunHead, !isRefused, intake == nil, outlet?.isIdle == true else { return }
    hasBegunHead = true
    setTimer(seconds: shared.options.limits.readTime) { $0.context?.close(promise: nil) }
  }

  private func begin(_ head: HTTPRequestHead) {
    guard !isRefused else { return }
    hasBegunHead = false
    outlet?.begin(head)
    setTimer(seconds: shared.options.limits.readTime) { $0.refuse(.timedOut) }
    do throws(APIError) {
      intake = try RequestIntake(head, isSpare: place == .spare, shared)
    } catch {
      return refuse(error)
    }
    if head.headers.first(name: "expect")?.lowercased() == "100-continue" { outlet?.sendContinue() }
  }

  private func collect(_ bytes: inout ByteBuffer) {
    do throws(APIError) {
      try intake?.collect(&bytes)
    } catch {
      refuse(error)
    }
  }

  private func refuse(_ error: APIError) {
    guard !isRefused else { return }
    isRefused = true
    timer?.cancel()
    _ = intake?.take()
    intake = nil
    outlet?.refuse(error)
  }

  private func end() {
    // The rest of what was refused has come, so nothing is left unread.
    guard !isRefused else { return }
    guard var intake else { return }
    timer?.cancel()
    let body = intake.take()
    self.intake = nil
    do throws(APIError) {
      try answer(intake.route, intake.head, body)
    } catch {
      respond(error)
    }
  }

  /// The connection may be open for a while until the next request.
  func waitForRequest() {
    let limits = shared.options.limits
    setTimer(seconds: place == .spare ? limits.readTime : limits.idleTime) {
      $0.context?.close(promise: nil)
    }
  }

  func closeWithReset() { context?.channel.closeWithReset() }

  var eventLoop: (any EventLoop)? { context?.eventLoop }

  func setTimer(seconds: Int, _ body: @escaping @Sendable (ConnectionHandler) -> Void) {
    timer?.cancel()
    guard let context else { return }
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) {
      body(connection.value)
    }
  }
}
