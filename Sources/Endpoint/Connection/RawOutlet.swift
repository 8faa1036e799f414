import NIOCore

/// The way past the HTTP encoder: a stream's chunks are one write each when they come framed. Stands
/// before the encoder, where it also sees every byte that comes in.
final class RawOutlet: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var context: ChannelHandlerContext?
  /// Used again for each chunk; what is still on its way keeps its memory and this gets other.
  private var chunk = ByteBuffer()
  /// Told before bytes that come in are looked at.
  var onBytes: (() -> Void)?

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    onBytes = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    onBytes?()
    context.fireChannelRead(data)
  }

  func writeAndFlush(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>? = nil) {
    guard let context else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: promise)
  }

  /// Writes what `body` writes as one chunk of a chunked body, or as it is.
  func writeAndFlush(chunked: Bool, _ body: (inout ByteBuffer) -> Void) {
    chunk.clear()
    // The length is known when the chunk is written; leading zeros are allowed.
    if chunked { chunk.writeStaticString("00000000\r\n") }
    let start = chunk.writerIndex
    body(&chunk)
    let length = chunk.writerIndex - start
    guard length > 0 else { return }
    if chunked {
      chunk.setInteger(Self.hexadecimal(UInt32(length)), at: 0)
      chunk.writeStaticString("\r\n")
    }
    writeAndFlush(chunk)
  }

  /// Eight digits of ASCII, to be stored most significant byte first.
  static func hexadecimal(_ number: UInt32) -> UInt64 {
    var digits: UInt64 = 0
    for place in 0..<8 {
      let nibble = UInt64(number >> UInt32(28 - 4 * place) & 15)
      let first = UInt64(nibble < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
      digits = digits << 8 | (first + nibble)
    }
    return digits
  }
}
