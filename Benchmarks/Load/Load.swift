import NIOCore
import NIOPosix

/// What one stream has come to.
struct StreamResult: Sendable {
  /// Nanoseconds that each message was late.
  var lateness: [Int64] = []
  /// Whether it ended as a stream does.
  var isWhole = false
}

/// Many streams at once.
struct Load: Sendable {
  private let options: Options
  private let group: MultiThreadedEventLoopGroup

  init(_ options: Options, _ group: MultiThreadedEventLoopGroup) {
    self.options = options
    self.group = group
  }

  func run() async throws -> [StreamResult] {
    let begin = NIODeadline.now()
    let streams = (0..<options.streams).map { number in
      let loop = group.next()
      let offset = options.ramp * Double(number) / Double(options.streams)
      return loop.flatScheduleTask(deadline: begin + .nanoseconds(Int64(offset * 1e9))) {
        stream(number, on: loop)
      }.futureResult
    }
    return try await EventLoopFuture.whenAllSucceed(streams, on: group.next()).get()
  }

  private func stream(_ number: Int, on loop: any EventLoop) -> EventLoopFuture<StreamResult> {
    let result = loop.makePromise(of: StreamResult.self)
    let request = request(number)
    let speed = options.speed
    ClientBootstrap(group: loop)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
      // What comes is less than a read takes; another one would only find nothing.
      .channelOption(.maxMessagesPerRead, value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            StreamReader(request, speed: speed, result: result))
        }
      }
      .connect(host: "127.0.0.1", port: options.port)
      .whenFailure { _ in result.succeed(StreamResult()) }
    return result.futureResult
  }

  private func request(_ number: Int) -> String {
    // Token ids of its own, so that no prompt is in the prefix cache.
    let ids = (0..<options.prompt).map { String((number * 7919 + $0) % 100_000) }
    let body =
      #"{"prompt":[\#(ids.joined(separator: ","))],"max_tokens":\#(options.tokens),"#
      + #""ignore_eos":true,"stream":true,"stream_options":{"include_simulated_time":true}}"#
    return "POST /v1/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n"
      + "content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
  }
}
