import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A server on loopback that answers the n-th POST with the n-th script, whatever was asked: the
/// ways in which servers misbehave. It has no metrics.
package final class ScriptedServer: Sendable {
  package enum Step: Sendable {
    case send(String)
    case bytes(Int)
    case wait(milliseconds: Int64)
    /// Ends the connection as a healthy server does.
    case close
    /// Ends it with a reset.
    case reset
  }

  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel
  package let port: Int

  /// The last script is that of all further requests.
  package init(_ scripts: [[Step]]) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let counter = Counter()
    channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            ScriptHandler { scripts[min(counter.next(), scripts.count - 1)] })
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  package func stop() async {
    try? await channel.close()
    try? await group.shutdownGracefully()
  }

  /// The head of a stream whose length is not known beforehand.
  package static let head =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"

  /// A part of an answer with the tokens until then.
  package static func part(_ text: String, tokens: Int) -> String {
    """
    data: {"choices":[{"index":0,"text":"\(text)","finish_reason":null}],\
    "usage":{"prompt_tokens":5,"completion_tokens":\(tokens)}}\n\n
    """
  }

  package static func end(tokens: Int) -> String {
    """
    data: {"choices":[{"index":0,"text":"","finish_reason":"length"}],\
    "usage":{"prompt_tokens":5,"completion_tokens":\(tokens)}}\n\ndata: [DONE]\n\n
    """
  }
}

/// Touched on one event loop.
private final class Counter: @unchecked Sendable {
  private var count = -1

  func next() -> Int {
    count += 1
    return count
  }
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let script: () -> [ScriptedServer.Step]
  private var request: [UInt8] = []

  init(_ script: @escaping () -> [ScriptedServer.Step]) { self.script = script }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    request.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    guard isWhole else { return }
    let asksForMetrics = request.first == UInt8(ascii: "G")
    request = []
    if asksForMetrics {
      return play(
        [.send("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")], context.channel)
    }
    play(script()[...], context.channel)
  }

  /// The head and as many bytes as it announces are there.
  private var isWhole: Bool {
    let text = String(decoding: request, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return false }
    let lines = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
    let length =
      lines.first { $0.hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
    return text[end.upperBound...].utf8.count >= length
  }

  /// A step begins when the one before it is done: closing throws away what is not yet written.
  private func play(_ steps: ArraySlice<ScriptedServer.Step>, _ channel: any Channel) {
    guard let step = steps.first, channel.isActive else { return }
    let handler = NIOLoopBound(self, eventLoop: channel.eventLoop)
    switch step {
    case .send(let text): write(ByteBuffer(string: text))
    case .bytes(let count): write(ByteBuffer(repeating: UInt8(ascii: "x"), count: count))
    case .wait(let milliseconds):
      channel.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) { goOn() }
    case .close: channel.close(promise: nil)
    case .reset:
      // Nothing lingers: the kernel answers with a reset.
      (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        .whenComplete { _ in channel.close(promise: nil) }
    }
    func write(_ bytes: ByteBuffer) { channel.writeAndFlush(bytes).whenComplete { _ in goOn() } }
    @Sendable func goOn() { handler.value.play(steps.dropFirst(), channel) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
