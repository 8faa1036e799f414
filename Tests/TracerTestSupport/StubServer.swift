package import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A server on loopback that streams a fixed number of tokens to everybody, one at each tick, with
/// hardly any work of its own: for measuring a client.
package final class StubServer: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel
  private let ticker: Ticker
  package let port: Int

  /// A token every `interval`, `tokens` of them.
  package init(tokens: Int, every interval: TimeAmount) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let ticker = Ticker(loop: group.next(), tokens: tokens)
    self.ticker = ticker
    channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.backlog, value: 4096)
      .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(StubHandler(ticker))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
    ticker.start(every: interval)
  }

  package convenience init(tokens: Int, everyMilliseconds interval: Int64) async throws {
    try await self.init(tokens: tokens, every: .milliseconds(interval))
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  /// Streams that have been sent whole.
  package var finished: Int { ticker.finished.load(ordering: .relaxed) }

  /// Seconds of CPU that the server's thread has taken.
  package func cpuSeconds() async throws -> Double {
    try await group.next().submit {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }.get()
  }

  package func stop() async {
    try? await channel.close()
    try? await group.shutdownGracefully()
  }
}

/// Sends everybody their next token, in turns, as the steps of several replicas do. Lives on one
/// event loop.
private final class Ticker: @unchecked Sendable {
  private static let replicas = 10

  private let loop: any EventLoop
  private let tokens: Int
  private let parts: [ByteBuffer]
  let finished = Atomic(0)
  /// By replica.
  private var streams = [[(channel: any Channel, sent: Int)]](repeating: [], count: replicas)
  private var turn = 0
  private var added = 0

  init(loop: any EventLoop, tokens: Int) {
    self.loop = loop
    self.tokens = tokens
    parts = (1...tokens).map { count in
      let part = ScriptedServer.part("ab", tokens: count)
      let text = count < tokens ? part : part + ScriptedServer.end(tokens: tokens)
      let chunk = String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
      return ByteBuffer(string: count < tokens ? chunk : chunk + "0\r\n\r\n")
    }
  }

  /// Turns are due at fixed times, however long one takes.
  func start(every interval: TimeAmount) {
    take(turnAt: .now(), every: .nanoseconds(interval.nanoseconds / Int64(Self.replicas)))
  }

  private func take(turnAt deadline: NIODeadline, every interval: TimeAmount) {
    let next = deadline + interval
    loop.scheduleTask(deadline: next) {
      self.step(self.turn)
      self.turn = (self.turn + 1) % Self.replicas
      self.take(turnAt: next, every: interval)
    }
  }

  func add(_ channel: any Channel) {
    streams[added % Self.replicas].append((channel, 0))
    added += 1
  }

  private func step(_ replica: Int) {
    let before = streams[replica].count
    for index in streams[replica].indices {
      let stream = streams[replica][index]
      stream.channel.writeAndFlush(parts[stream.sent], promise: nil)
      streams[replica][index].sent += 1
    }
    streams[replica].removeAll { $0.sent == tokens }
    finished.add(before - streams[replica].count, ordering: .relaxed)
  }
}

private final class StubHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  private static let head = ByteBuffer(
    string:
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
  private static let missing = ByteBuffer(
    string: "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")

  private let ticker: Ticker
  private var rest: [UInt8] = []

  init(_ ticker: Ticker) { self.ticker = ticker }

  /// Requests end with the body's closing brace, and those without a body with their head.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    rest.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    guard let first = rest.first else { return }
    let isGet = first == UInt8(ascii: "G")
    guard rest.last == UInt8(ascii: isGet ? "\n" : "}") else { return }
    rest.removeAll(keepingCapacity: true)
    let head = isGet ? Self.missing : Self.head
    context.writeAndFlush(NIOAny(head), promise: nil)
    if !isGet { ticker.add(context.channel) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
