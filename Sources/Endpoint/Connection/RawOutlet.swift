import NIOCore

/// The way past the HTTP encoder: a stream's chunks are one write each when they come framed.
/// Stands before the encoder.
final class RawOutlet: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var context: ChannelHandlerContext?

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func writeAndFlush(_ bytes: ByteBuffer) {
    context?.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
  }

  /// Writes what `body` writes as one chunk of a chunked body, or as it is.
  func writeAndFlush(
    chunked: Bool, allocator: ByteBufferAllocator, capacity: Int, _ body: (inout ByteBuffer) -> Void
  ) {
    var buffer = allocator.buffer(capacity: capacity + 16)
    guard chunked else {
      body(&buffer)
      return writeAndFlush(buffer)
    }
    // The length is known when the chunk is written; leading zeros are allowed.
    buffer.writeStaticString("00000000\r\n")
    let start = buffer.writerIndex
    body(&buffer)
    let length = buffer.writerIndex - start
    guard length > 0 else { return }
    for digit in 0..<8 {
      let nibble = UInt8(length >> (4 * (7 - digit)) & 15)
      let character = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
      buffer.setInteger(character, at: start - 10 + digit)
    }
    buffer.writeStaticString("\r\n")
    writeAndFlush(buffer)
  }
}
