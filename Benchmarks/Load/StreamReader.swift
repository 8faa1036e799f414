import NIOCore

/// Sends a request and reads the simulated times out of the answer as it comes.
final class StreamReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let startKey = Array("kavier-clock-start-ns: ".utf8)
  private static let timeKey = Array("\"simulated_time\":".utf8)
  private static let end = Array("data: [DONE]".utf8)

  private let request: String
  /// Simulated seconds a nanosecond of the world.
  private let speed: Double
  private let promise: EventLoopPromise<StreamResult>
  private var result = StreamResult()
  private var pending = ByteBuffer()
  private var clockStart: Int64?

  init(_ request: String, speed: Double, result: EventLoopPromise<StreamResult>) {
    self.request = request
    self.speed = speed
    promise = result
  }

  func channelActive(context: ChannelHandlerContext) {
    let bytes = context.channel.allocator.buffer(string: request)
    context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let now = Int64(NIODeadline.now().uptimeNanoseconds)
    var bytes = Self.unwrapInboundIn(data)
    pending.writeBuffer(&bytes)
    while let line = nextLine() { read(line, at: now) }
    pending.discardReadBytes()
  }

  func channelInactive(context: ChannelHandlerContext) { promise.succeed(result) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func nextLine() -> ByteBuffer? {
    let view = pending.readableBytesView
    guard let end = view.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return pending.readSlice(length: end + 1 - view.startIndex)
  }

  private func read(_ line: ByteBuffer, at now: Int64) {
    guard let clockStart else {
      clockStart = value(after: Self.startKey, in: line).map { Int64($0) }
      return
    }
    if let time = value(after: Self.timeKey, in: line) {
      result.lateness.append(now - clockStart - Int64(time / speed * 1e9))
    } else if line.readableBytesView.starts(with: Self.end) {
      result.isWhole = true
    }
  }

  /// The number that stands behind `key`.
  private func value(after key: [UInt8], in line: ByteBuffer) -> Double? {
    let view = line.readableBytesView
    // Both keys stand near the line's end.
    var at = view.endIndex - key.count
    let first = max(view.startIndex, view.endIndex - 60)
    while at >= first, !view[at...].starts(with: key) { at -= 1 }
    guard at >= first else { return nil }
    let digits = view[(at + key.count)...].prefix {
      $0 == 46 || $0 == 45 || $0 == 101 || $0 &- 48 < 10
    }
    return Double(String(decoding: digits, as: UTF8.self))
  }
}
