import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The connections of one event loop to one server. Lives on that loop.
final class ConnectionPool {
  /// Servers close idle connections after some seconds (uvicorn and llama-server: 5); one that is
  /// taken shortly before that would fail a request that the server never saw.
  private static let longestIdle = TimeAmount.seconds(2)

  private let loop: any EventLoop
  private let origin: Origin
  private let security: NIOSSLContext?
  private let connectTimeout: TimeAmount
  private var idle: [Connection] = []
  private var isClosed = false
  /// How many connections were made.
  private(set) var opened = 0

  init(
    loop: any EventLoop, origin: Origin, security: NIOSSLContext?, connectTimeout: TimeAmount
  ) {
    self.loop = loop
    self.origin = origin
    self.security = security
    self.connectTimeout = connectTimeout
  }

  /// Hands over a connection that nobody uses, now or when it is made.
  func take(_ taker: @escaping (Result<Connection, ExchangeFailure>) -> Void) {
    let now = NIODeadline.now()
    while let connection = idle.popLast() {
      if now - connection.idleSince < Self.longestIdle { return taker(.success(connection)) }
      connection.close()
    }
    connect(taker)
  }

  /// Takes back a connection on which nothing was sent.
  func giveBack(_ connection: Connection) { keep(connection) }

  func close() {
    isClosed = true
    for connection in idle { connection.close() }
    idle = []
  }

  private func keep(_ connection: Connection) {
    if isClosed { connection.close() } else { idle.append(connection) }
  }

  /// Makes a new one.
  func connect(_ taker: @escaping (Result<Connection, ExchangeFailure>) -> Void) {
    opened += 1
    let taker = NIOLoopBound(taker, eventLoop: loop)
    let pool = NIOLoopBound(self, eventLoop: loop)
    ClientBootstrap(group: loop)
      .connectTimeout(connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { [origin, security] channel in
        channel.eventLoop.makeCompletedFuture {
          try Self.prepare(channel, origin, security)
        }
      }
      .connect(host: origin.host, port: origin.port)
      .whenComplete { result in
        taker.value(pool.value.connection(result))
      }
  }

  private static func prepare(
    _ channel: any Channel, _ origin: Origin, _ security: NIOSSLContext?
  ) throws {
    let pipeline = channel.pipeline.syncOperations
    if let security {
      // Server names are for names only (RFC 6066).
      let isAddress = (try? SocketAddress(ipAddress: origin.host, port: 0)) != nil
      try pipeline.addHandler(
        NIOSSLClientHandler(context: security, serverHostname: isAddress ? nil : origin.host))
    }
    try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
    try pipeline.addHandler(Connection())
  }

  private func connection(
    _ result: Result<any Channel, any Error>
  ) -> Result<Connection, ExchangeFailure> {
    switch result {
    case .failure(let error): return .failure(Self.failure(error))
    case .success(let channel):
      guard let connection = try? channel.pipeline.syncOperations.handler(type: Connection.self)
      else { return .failure(.closed) }
      connection.becameIdle = { [weak self] in self?.keep($0) }
      connection.wasClosed = { [weak self] closed in self?.idle.removeAll { $0 === closed } }
      return .success(connection)
    }
  }

  private static func failure(_ error: any Error) -> ExchangeFailure {
    switch error {
    case ChannelError.connectTimeout: .timeout(.connect)
    case let error as NIOConnectionError:
      .connect(reason(error))
    case let error as IOError: .connect(words(error))
    default: .connect("\(error)")
    }
  }

  /// What the system says of it, without the call that NIO made.
  private static func words(_ error: IOError) -> String {
    strerror(error.errnoCode).map { String(cString: $0) } ?? error.description
  }

  private static func reason(_ error: NIOConnectionError) -> String {
    if let first = error.connectionErrors.first {
      return (first.error as? IOError).map(words) ?? "\(first.error)"
    }
    return error.dnsAError == nil && error.dnsAAAAError == nil
      ? "no address of \(error.host) answers" : "\(error.host) is unknown"
  }
}
