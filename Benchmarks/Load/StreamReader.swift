import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sends a request and reads the simulated times out of the answer as it comes. It costs as little as
/// it can: on the server's own cores it is what the server waits for.
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
  /// What has come of a line that is not whole.
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
    if pending.readableBytes > 0 {
      pending.writeBuffer(&bytes)
      swap(&pending, &bytes)
      pending.clear()
    }
    let used = bytes.withUnsafeReadableBytes { read($0, at: now) }
    bytes.moveReaderIndex(forwardBy: used)
    if bytes.readableBytes > 0 { pending.writeBuffer(&bytes) }
  }

  func channelInactive(context: ChannelHandlerContext) { promise.succeed(result) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// Reads all whole lines and returns how many bytes they have.
  private func read(_ bytes: UnsafeRawBufferPointer, at now: Int64) -> Int {
    var used = 0
    while let length = Self.place(of: UInt8(ascii: "\n"), in: bytes[used...]) {
      read(line: UnsafeRawBufferPointer(rebasing: bytes[used..<(used + length)]), at: now)
      used += length + 1
    }
    return used
  }

  private static func place(
    of byte: UInt8, in bytes: Slice<UnsafeRawBufferPointer>
  ) -> Int? {
    let bytes = UnsafeRawBufferPointer(rebasing: bytes)
    guard let start = bytes.baseAddress, let found = memchr(start, Int32(byte), bytes.count) else {
      return nil
    }
    return UnsafeRawPointer(found) - start
  }

  private func read(line: UnsafeRawBufferPointer, at now: Int64) {
    guard let clockStart else {
      clockStart = value(after: Self.startKey, in: line).map { Int64($0) }
      return
    }
    if let time = value(after: Self.timeKey, in: line) {
      result.lateness.append(now - clockStart - Int64(time / speed * 1e9))
    } else if line.starts(with: Self.end) {
      result.isWhole = true
    }
  }

  /// The number that stands behind `key`.
  private func value(after key: [UInt8], in line: UnsafeRawBufferPointer) -> Double? {
    // Both keys stand near the line's end.
    var at = line.count - key.count
    let first = max(0, line.count - 60)
    while at >= first, !Self.stands(key, at: at, in: line) { at -= 1 }
    guard at >= first else { return nil }
    let digits = line[(at + key.count)...].prefix {
      $0 == 46 || $0 == 45 || $0 == 101 || $0 &- 48 < 10
    }
    return Double(String(decoding: digits, as: UTF8.self))
  }

  private static func stands(_ key: [UInt8], at place: Int, in line: UnsafeRawBufferPointer) -> Bool
  {
    guard line[place] == key[0], let start = line.baseAddress else { return false }
    return memcmp(start + place, key, key.count) == 0
  }
}
