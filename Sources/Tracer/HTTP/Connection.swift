import NIOCore
import NIOHTTP1
import NIOSSL

/// Gets an answer, on the event loop of its connection.
protocol ResponseReceiver: AnyObject {
  func receive(_ head: HTTPResponseHead)
  func receive(_ body: ByteBuffer, at time: NIODeadline)
  /// The answer is whole.
  func receiveEnd(at time: NIODeadline)
  /// Nothing more will come.
  func fail(_ failure: ExchangeFailure, at time: NIODeadline)
}

/// A connection to the server: one exchange at a time. Lives on its event loop.
final class Connection: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private(set) var channel: (any Channel)?
  private var receiver: (any ResponseReceiver)?
  private var isReusable = true
  private var exchanges = 0
  /// Called when an exchange has ended well and the server keeps the connection open.
  var becameIdle: ((Connection) -> Void)?
  var wasClosed: ((Connection) -> Void)?
  /// When its last exchange ended.
  private(set) var idleSince = NIODeadline.uptimeNanoseconds(0)

  func handlerAdded(context: ChannelHandlerContext) { channel = context.channel }

  /// It has carried an exchange before the present one: the server may have closed it meanwhile.
  var isReused: Bool { exchanges > 1 }

  var isActive: Bool { channel?.isActive ?? false }

  func send(_ head: HTTPRequestHead, _ body: ByteBuffer?, to receiver: any ResponseReceiver) {
    guard let channel else { return receiver.fail(.closed, at: .now()) }
    self.receiver = receiver
    isReusable = true
    exchanges += 1
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    if let body {
      channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
    }
    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
  }

  /// Gives the exchange up.
  func cancel() {
    receiver = nil
    close()
  }

  func close() { channel?.close(promise: nil) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let now = NIODeadline.now()
    switch unwrapInboundIn(data) {
    case .head(let head):
      isReusable = head.isKeepAlive
      receiver?.receive(head)
    case .body(let bytes): receiver?.receive(bytes, at: now)
    case .end:
      let ended = receiver
      receiver = nil
      idleSince = now
      ended?.receiveEnd(at: now)
      // Bytes beyond an answer that nobody asked for are no base for the next one.
      if isReusable, ended != nil { becameIdle?(self) } else { close() }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(.closed)
    wasClosed?(self)
    channel = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let failure = Self.failure(error) { fail(failure) }
    context.close(promise: nil)
  }

  /// nil: none by itself.
  private static func failure(_ error: any Error) -> ExchangeFailure? {
    switch error {
    // Many TLS servers just close. Whether the answer was whole, HTTP and its last message tell.
    case NIOSSLError.uncleanShutdown: nil
    case is HTTPParserError: .malformed("no HTTP answer: \(error)")
    case NIOSSLError.handshakeFailed(let reason): .connect(handshake("\(reason)"))
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      .connect("TLS: the server's certificate is for another name or address")
    default: .closed
    }
  }

  /// BoringSSL has a word in capitals for each reason, amid numbers and places in its code.
  private static func handshake(_ reason: String) -> String {
    if reason.contains("CERTIFICATE_VERIFY_FAILED") {
      return "TLS: the server's certificate is not trusted; --cacert FILE trusts those in FILE"
    }
    if reason.contains("WRONG_VERSION_NUMBER") {
      return "TLS: the server does not speak it; perhaps it is http://"
    }
    let words = reason.split { !$0.isUppercase && $0 != "_" && !$0.isNumber }
    return "TLS: \(words.first { $0.contains("_") } ?? reason[...])"
  }

  private func fail(_ failure: ExchangeFailure) {
    let waiting = receiver
    receiver = nil
    waiting?.fail(failure, at: .now())
  }
}
