import NIOCore
import NIOHTTP1
import NIOSSL

/// Sends requests and takes answers in, on one event loop.
final class LoadWorker: @unchecked Sendable {
  // Unchecked: all but the constants is touched on `loop` alone.
  let loop: any EventLoop
  let pool: ConnectionPool
  let clock: RunClock
  let options: LoadOptions
  private let plan: [PlannedRequest]
  private let style: RequestStyle
  private let origin: Origin
  private var running: [Int: Exchange] = [:]
  private let ended: @Sendable (RequestRecord) -> Void
  private var isStopped = false

  init(
    loop: any EventLoop, origin: Origin, security: NIOSSLContext?, plan: [PlannedRequest],
    style: RequestStyle, options: LoadOptions, clock: RunClock,
    ended: @escaping @Sendable (RequestRecord) -> Void
  ) {
    self.loop = loop
    self.origin = origin
    self.plan = plan
    self.style = style
    self.options = options
    self.clock = clock
    self.ended = ended
    pool = ConnectionPool(
      loop: loop, origin: origin, security: security, connectTimeout: options.connectTimeout)
  }

  /// Gets the request ready and sends it at `time`, or as soon as it can be after that.
  func send(_ number: Int, at time: Int64) {
    loop.execute { self.start(number, at: time) }
  }

  private func start(_ number: Int, at time: Int64) {
    let request = plan[number]
    let body = style.body(of: request)
    let exchange = Exchange(
      number: number, scheduled: time, head: head(of: request, length: body.readableBytes),
      body: body, asked: style.asked(of: request, bytes: body.readableBytes), worker: self)
    running[number] = exchange
    guard !isStopped else { return exchange.fail(.cancelled, at: .now()) }
    exchange.prepare()
    let deadline = clock.deadline(time)
    if deadline <= .now() {
      exchange.becomeDue()
    } else {
      let bound = NIOLoopBound(exchange, eventLoop: loop)
      loop.scheduleTask(deadline: deadline) { bound.value.becomeDue() }
    }
  }

  private func head(of request: PlannedRequest, length: Int) -> HTTPRequestHead {
    var headers: HTTPHeaders = [
      "host": origin.authority, "content-type": "application/json",
      "content-length": "\(length)", "accept": "text/event-stream",
      "user-agent": "kavier", "x-request-id": "kavier-\(request.number)",
    ]
    for header in style.headers { headers.replaceOrAdd(name: header.name, value: header.value) }
    return HTTPRequestHead(
      version: .http1_1, method: .POST, uri: origin.path + style.path(of: request),
      headers: headers)
  }

  func after(_ pause: TimeAmount, _ task: @escaping () -> Void) -> Scheduled<Void> {
    let task = NIOLoopBound(task, eventLoop: loop)
    return loop.scheduleTask(in: pause) { task.value() }
  }

  func end(_ exchange: Exchange) {
    running[exchange.record.number] = nil
    ended(exchange.record)
  }

  /// Ends all that is on its way.
  func stop() {
    loop.execute {
      self.isStopped = true
      for exchange in Array(self.running.values) { exchange.fail(.cancelled, at: .now()) }
    }
  }

  func close() { loop.execute { self.pool.close() } }
}
