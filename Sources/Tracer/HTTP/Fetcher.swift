package import NIOCore
import NIOHTTP1
package import NIOSSL

/// Single requests for what a server tells about itself. Lives on its event loop.
package final class Fetcher: @unchecked Sendable {
  // Unchecked: all but the constants is touched on `loop` alone.
  package static let longestAnswer = 16 << 20

  package struct Answer: Sendable {
    package var status: Int
    package var contentType = ""
    package var body: [UInt8]
    /// From sending to the end.
    package var roundTrip: TimeAmount

    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  private let loop: any EventLoop
  private let origin: Origin
  private let pool: ConnectionPool
  private let headers: [(name: String, value: String)]
  /// Why the last request that got no answer got none.
  private var lastFailure: ExchangeFailure?

  package init(
    loop: any EventLoop, origin: Origin, security: NIOSSLContext?,
    headers: [(name: String, value: String)] = []
  ) {
    self.loop = loop
    self.origin = origin
    self.headers = headers
    pool = ConnectionPool(
      loop: loop, origin: origin, security: security, connectTimeout: .seconds(10))
  }

  /// GET below the origin; nil: no answer within `limit`.
  package func get(_ path: String, within limit: TimeAmount = .seconds(10)) async -> Answer? {
    let promise = loop.makePromise(of: Answer?.self)
    loop.execute { self.get(path, within: limit) { promise.succeed($0) } }
    return (try? await promise.futureResult.get()) ?? nil
  }

  /// How a POST of an empty JSON object is answered, as far as the answer's head.
  package func probe(_ path: String, within limit: TimeAmount = .seconds(10)) async -> Answer? {
    let promise = loop.makePromise(of: Answer?.self)
    loop.execute {
      self.ask(.POST, path, body: "{}", within: limit, isHeadEnough: true) { promise.succeed($0) }
    }
    return (try? await promise.futureResult.get()) ?? nil
  }

  /// Why the last request without an answer had none.
  package func failure() async -> ExchangeFailure? {
    (try? await loop.submit { self.lastFailure }.get()) ?? nil
  }

  /// The same as the other `get`, on the loop itself.
  func get(_ path: String, within limit: TimeAmount, _ taker: @escaping (Answer?) -> Void) {
    ask(.GET, path, body: nil, within: limit, isHeadEnough: false, taker)
  }

  private func ask(
    _ method: HTTPMethod, _ path: String, body: String?, within limit: TimeAmount,
    isHeadEnough: Bool, _ taker: @escaping (Answer?) -> Void
  ) {
    let receiver = DocumentReceiver(isHeadEnough: isHeadEnough) { [self] result in
      if case .failure(let failure) = result { lastFailure = failure }
      taker(try? result.get())
    }
    let bound = NIOLoopBound(receiver, eventLoop: loop)
    let timer = loop.scheduleTask(in: limit) { bound.value.fail(.timeout(.total), at: .now()) }
    receiver.timer = timer
    pool.take { [origin, headers] result in
      let connection: Connection
      switch result {
      case .success(let made): connection = made
      case .failure(let failure): return receiver.fail(failure, at: .now())
      }
      var fields: HTTPHeaders = ["host": origin.authority, "user-agent": "kavier"]
      if let body {
        fields.add(name: "content-type", value: "application/json")
        fields.add(name: "content-length", value: "\(body.utf8.count)")
      }
      for header in headers { fields.replaceOrAdd(name: header.name, value: header.value) }
      receiver.start = .now()
      receiver.connection = connection
      connection.send(
        HTTPRequestHead(
          version: .http1_1, method: method, uri: origin.path + path, headers: fields),
        body.map { ByteBuffer(string: $0) }, to: receiver)
    }
  }

  package func close() { loop.execute { self.pool.close() } }
}

/// Takes a whole answer in.
private final class DocumentReceiver: ResponseReceiver {
  typealias Taker = (Result<Fetcher.Answer, ExchangeFailure>) -> Void

  private var taker: Taker?
  private let isHeadEnough: Bool
  private var status = 0
  private var contentType = ""
  private var body: [UInt8] = []
  var start = NIODeadline.now()
  var timer: Scheduled<Void>?
  weak var connection: Connection?

  init(isHeadEnough: Bool, _ taker: @escaping Taker) {
    self.isHeadEnough = isHeadEnough
    self.taker = taker
  }

  func receive(_ head: HTTPResponseHead) {
    status = Int(head.status.code)
    contentType = head.headers.first(name: "content-type") ?? ""
    guard isHeadEnough else { return }
    receiveEnd(at: .now())
    connection?.cancel()
  }

  func receive(_ bytes: ByteBuffer, at time: NIODeadline) {
    guard body.count + bytes.readableBytes <= Fetcher.longestAnswer else {
      return fail(.malformed("too long"), at: time)
    }
    body.append(contentsOf: bytes.readableBytesView)
  }

  func receiveEnd(at time: NIODeadline) {
    finish(
      .success(
        Fetcher.Answer(
          status: status, contentType: contentType, body: body, roundTrip: time - start)))
  }

  func fail(_ failure: ExchangeFailure, at time: NIODeadline) {
    let isOpen = taker != nil
    finish(.failure(failure))
    if isOpen { connection?.cancel() }
  }

  private func finish(_ answer: Result<Fetcher.Answer, ExchangeFailure>) {
    timer?.cancel()
    let waiting = taker
    taker = nil
    waiting?(answer)
  }
}
