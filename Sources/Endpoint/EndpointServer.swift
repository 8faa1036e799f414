import NIOCore
import NIOHTTP1
import NIOPosix
package import ServingSim

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// An OpenAI-compatible HTTP server whose answers are timed by the simulation of a fleet.
package final class EndpointServer: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel
  private let shared: EndpointContext

  /// Where it listens.
  package var port: Int { channel.localAddress?.port ?? 0 }

  /// Begins to listen, with the fleet of `plan` and answers as long as those of its workload. Throws
  /// what the system says when the address cannot be had.
  package static func start(_ plan: Plan, _ options: EndpointOptions) async throws -> EndpointServer
  {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, options.threads))
    do {
      return try await EndpointServer(plan, options, group)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private init(
    _ plan: Plan, _ options: EndpointOptions, _ group: MultiThreadedEventLoopGroup
  ) async throws {
    self.group = group
    let loops = Array(group.makeIterator())
    let (service, start) = try await loops[0].submit {
      let service = LiveService(plan, options, loops: loops)
      return (NIOLoopBound(service, eventLoop: loops[0]), service.startNanoseconds)
    }.get()
    let shared = EndpointContext(
      plan, options, loops: loops, service: service, clockStart: start, startedAt: time(nil))
    self.shared = shared
    channel = try await Self.bootstrap(group, shared).bind(host: options.host, port: options.port)
      .get()
  }

  private static func bootstrap(
    _ group: MultiThreadedEventLoopGroup, _ shared: EndpointContext
  ) -> ServerBootstrap {
    ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      // A client may say that it sends no more, and wait for its answer.
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try configure(channel, shared) }
      }
  }

  private static func configure(_ channel: any Channel, _ shared: EndpointContext) throws {
    let raw = RawOutlet()
    let pipeline = channel.pipeline.syncOperations
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderListSize = shared.options.limits.headerBytes
    limits.maxHeaderFieldSize = shared.options.limits.headerBytes
    try pipeline.addHandler(raw)
    try pipeline.configureHTTPServerPipeline(
      withErrorHandling: false, withEncoderConfiguration: .init(),
      withDecoderLimitConfiguration: limits)
    let place = shared.loops.firstIndex { $0 === channel.eventLoop } ?? 0
    try pipeline.addHandler(ConnectionHandler(shared, raw: raw, loopIndex: place))
  }

  /// Stops listening, waits until the requests under way have ended or the time for that is over,
  /// closes everything, and says what was served.
  package func stop() async throws -> ServedRun {
    shared.drain()
    try? await channel.close()
    let drained = group.next().makePromise(of: Void.self)
    shared.onEngine { $0.drain().cascade(to: drained) }
    let limit = Int64(shared.options.limits.drainTime)
    group.next().scheduleTask(in: .seconds(limit)) { drained.succeed() }
    try await drained.futureResult.get()
    let run = group.next().makePromise(of: ServedRun.self)
    shared.onEngine { run.succeed($0.finish()) }
    let served = try await run.futureResult.get()
    try await group.shutdownGracefully()
    return served
  }
}

extension Channel {
  /// Closes the connection with a reset, not an orderly end.
  func closeWithReset() {
    guard let socket = self as? any SocketOptionProvider else { return close(promise: nil) }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
      self.close(promise: nil)
    }
  }
}
