import NIOCore
import NIOHTTP1

/// Writes the responses of one connection.
final class ResponseOutlet {
  /// Seconds in which a client may read why it is not listened to any more.
  private static let lingering: Int64 = 2

  private let raw: RawOutlet
  private let context: ChannelHandlerContext
  /// The request that is answered; nil: none is.
  private var head: HTTPRequestHead?
  private var begun = NIODeadline.uptimeNanoseconds(0)
  private let counts: HTTPCounts
  /// The status line is out already: whoever may have gone was to be found out.
  private var hasStatusLine = false
  /// No more requests can come.
  var isInputClosed = false

  init(_ raw: RawOutlet, _ context: ChannelHandlerContext, counts: HTTPCounts) {
    self.raw = raw
    self.context = context
    self.counts = counts
  }

  var isIdle: Bool { head == nil }

  func begin(_ head: HTTPRequestHead) {
    self.head = head
    begun = .now()
  }

  private func count(_ status: HTTPResponseStatus) {
    guard let head else { return }
    counts.count(
      head.uri.prefix { $0 != "?" }, head.method.rawValue, status: Int(status.code),
      seconds: Double((NIODeadline.now() - begun).nanoseconds) * 1e-9)
  }

  func sendContinue() {
    raw.writeAndFlush(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
  }

  /// Writes a whole response and ends the request.
  func respond(
    _ status: HTTPResponseStatus, type: String = "application/json", headers: HTTPHeaders = [:],
    _ text: String
  ) {
    guard let head else { return }
    count(status)
    var headers = headers
    headers.add(name: "content-type", value: type)
    headers.add(name: "content-length", value: String(text.utf8.count))
    if hasStatusLine { return finishRaw(status, headers, text) }
    if isLast { headers.add(name: "connection", value: "close") }
    context.write(
      Self.wrap(.head(HTTPResponseHead(version: head.version, status: status, headers: headers))),
      promise: nil)
    if head.method != .HEAD {
      let bytes = context.channel.allocator.buffer(string: text)
      context.write(Self.wrap(.body(.byteBuffer(bytes))), promise: nil)
    }
    close()
  }

  /// Answers a request that has not come in whole, or is none, and closes: the rest of it is not worth
  /// reading.
  func refuse(_ error: APIError) {
    let status = HTTPResponseStatus(statusCode: error.status)
    count(status)
    var headers = error.headers
    headers.add(name: "content-type", value: "application/json")
    headers.add(name: "content-length", value: String(error.body.utf8.count))
    headers.add(name: "connection", value: "close")
    let version = head?.version ?? .http1_1
    let line = "HTTP/\(version.major).\(version.minor) \(status.code) \(status.reasonPhrase)\r\n"
    let isHead = head?.method == .HEAD
    head = nil
    let bytes = ByteBuffer(string: line + Self.lines(headers) + (isHead ? "" : error.body))
    let written = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    written.futureResult.whenComplete { _ in
      // A close with bytes unread would be a reset, and take the answer with it.
      bound.value.close(mode: .output, promise: nil)
      bound.value.eventLoop.scheduleTask(in: .seconds(Self.lingering)) {
        bound.value.close(promise: nil)
      }
    }
    raw.writeAndFlush(bytes, promise: written)
  }

  func beginStream(_ headers: HTTPHeaders) {
    guard let head else { return }
    var headers = headers
    if isLast { headers.add(name: "connection", value: "close") }
    context.writeAndFlush(
      Self.wrap(.head(HTTPResponseHead(version: head.version, status: .ok, headers: headers))),
      promise: nil)
  }

  /// Writes a part of a stream.
  func write(_ body: (inout ByteBuffer) -> Void) {
    guard let head, head.method != .HEAD else { return }
    raw.writeAndFlush(chunked: head.takesChunks, body)
  }

  /// Ends a stream.
  func end() {
    count(.ok)
    close()
  }

  private func close() {
    let closes = isLast
    head = nil
    let written = closes ? context.eventLoop.makePromise(of: Void.self) : nil
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    written?.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
    context.writeAndFlush(Self.wrap(.end(nil)), promise: written)
  }

  private var isLast: Bool { isInputClosed || head?.isKeepAlive != true }

  /// The client sends no more: it may wait for its answer, or have gone. Only what is sent to it tells,
  /// so it gets the beginning of the answer.
  func probe() {
    guard let head, !hasStatusLine else { return }
    hasStatusLine = true
    raw.writeAndFlush(
      ByteBuffer(string: "HTTP/\(head.version.major).\(head.version.minor) 200 OK\r\n"))
  }

  /// The rest of a response whose status line is out; one with another status cannot be given.
  private func finishRaw(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ text: String) {
    head = nil
    guard status == .ok else { return context.channel.closeWithReset() }
    var headers = headers
    headers.add(name: "connection", value: "close")
    let written = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
    raw.writeAndFlush(ByteBuffer(string: Self.lines(headers) + text), promise: written)
  }

  private static func lines(_ headers: HTTPHeaders) -> String {
    headers.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n"
  }

  private static func wrap(_ part: HTTPServerResponsePart) -> NIOAny { NIOAny(part) }
}
