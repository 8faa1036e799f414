import NIOCore
import NIOHTTP1

/// A request on its way: waits for its time and for a connection, then sends and takes the answer
/// in. Lives on its worker's event loop.
final class Exchange: ResponseReceiver {
  /// Bytes of an answer that is no stream.
  private static let longestDocument = 64 << 20
  /// Bytes that are kept of an answer that tells of an error.
  private static let longestError = 64 << 10

  private(set) var record: RequestRecord
  private let worker: LoadWorker
  private let head: HTTPRequestHead
  private let body: ByteBuffer
  private var connection: Connection?
  private var connectFailure: ExchangeFailure?
  private var isDue = false
  private var isSent = false
  private var wasSentAgain = false
  private var hasEnded = false
  private let asked: AskedTokens
  private var answer: StreamedAnswer
  private var isStream = false
  private var document: [UInt8] = []
  /// Where an answer that is no answer sends its reader.
  private var location: String?
  private var timers: [Scheduled<Void>] = []

  init(
    number: Int, scheduled: Int64, head: HTTPRequestHead, body: ByteBuffer, asked: AskedTokens,
    worker: LoadWorker
  ) {
    record = RequestRecord(number: number, scheduled: scheduled)
    self.asked = asked
    answer = StreamedAnswer(limits: StreamedAnswer.Limits(tokens: asked.mostTokens))
    self.head = head
    self.body = body
    self.worker = worker
  }

  // MARK: Sending

  /// Takes a connection ahead of time.
  func prepare() {
    worker.pool.take { [self] in take($0) }
  }

  private func take(_ result: Result<Connection, ExchangeFailure>) {
    guard !hasEnded else { return (try? result.get()).map(worker.pool.giveBack) ?? () }
    switch result {
    case .success(let connection): self.connection = connection
    case .failure(let failure): connectFailure = failure
    }
    if isDue { goOn() }
  }

  /// Its time has come.
  func becomeDue() {
    isDue = true
    let options = worker.options
    timers = [
      worker.after(options.firstTokenTimeout) { [weak self] in self?.timeOut(.firstToken) },
      worker.after(options.totalTimeout) { [weak self] in self?.timeOut(.total) },
    ]
    goOn()
  }

  private func goOn() {
    if let connectFailure { return fail(connectFailure, at: .now()) }
    guard let connection, !isSent else { return }
    guard connection.isActive else {
      self.connection = nil
      return prepare()
    }
    isSent = true
    record.sent = record.sent ?? worker.clock.now
    connection.send(head, body, to: self)
  }

  // MARK: Receiving

  func receive(_ head: HTTPResponseHead) {
    record.httpStatus = Int(head.status.code)
    isStream =
      head.status == .ok && head.headers["content-type"].contains { $0.contains("event-stream") }
    location = head.headers.first(name: "location")
    let encoding = head.headers.first(name: "content-encoding") ?? "identity"
    if head.status == .ok, encoding != "identity" {
      fail(.malformed("a compressed answer, which nobody asked for: \(encoding)"), at: .now())
    }
  }

  func receive(_ bytes: ByteBuffer, at time: NIODeadline) {
    let time = worker.clock.time(time)
    guard isStream else { return keep(bytes) }
    bytes.withUnsafeReadableBytes { raw in
      answer.feed(raw.bindMemory(to: UInt8.self).span, at: time)
    }
    if !answer.chunks.isEmpty { stopFirstTokenTimer() }
    if let failure = answer.failure { fail(failure, at: .now()) }
  }

  private func keep(_ bytes: ByteBuffer) {
    guard !hasEnded else { return }
    document.append(contentsOf: bytes.readableBytesView)
    if record.httpStatus != 200 {
      // What an error says stands at its beginning.
      if document.count > Self.longestError { failByStatus(at: .now()) }
    } else if document.count > Self.longestDocument {
      fail(.malformed("an answer without end: above \(Self.longestDocument >> 20) MiB"), at: .now())
    }
  }

  private func failByStatus(at time: NIODeadline) {
    fail(.status(record.httpStatus ?? 0, errorText), at: time)
  }

  func receiveEnd(at time: NIODeadline) {
    guard !hasEnded else { return }
    connection = nil
    let moment = worker.clock.time(time)
    guard record.httpStatus == 200 else { return failByStatus(at: time) }
    if !isStream { answer.take(document: document.span, at: moment) }
    answer.finish(at: moment)
    let fault = CountCheck.fault(of: answer, asked).map { ExchangeFailure.miscounted($0) }
    if let failure = answer.failure ?? fault { fail(failure, at: time) } else { end(nil, at: time) }
  }

  /// What an answer that tells of an error says.
  private var errorText: String {
    if let location { return "sends on to \(location.prefix(200))" }
    if let text = AnswerPart(document.span)?.error {
      let code = "\(record.httpStatus ?? 0) "
      return text.hasPrefix(code) ? String(text.dropFirst(code.count)) : text
    }
    let text = String(decoding: document.prefix(200), as: UTF8.self)
    return String(text.map { $0.isNewline ? " " : $0 })
  }

  // MARK: Ending

  private func timeOut(_ phase: ExchangeFailure.Phase) { fail(.timeout(phase), at: .now()) }

  func fail(_ failure: ExchangeFailure, at time: NIODeadline) {
    guard !hasEnded else { return }
    if failure == .closed, record.httpStatus == nil, connection?.isReused == true, !wasSentAgain {
      return sendAgain()
    }
    if failure.isWorthRetrying, record.attempts <= worker.options.retries, answer.chunks.isEmpty {
      return retry()
    }
    end(failure, at: time)
  }

  /// The server closed a connection that it had kept open, before it saw the request.
  private func sendAgain() {
    wasSentAgain = true
    dropConnection()
    isSent = false
    worker.pool.connect { [self] in take($0) }
  }

  /// After half a second, then twice as long each time.
  private func retry() {
    record.attempts += 1
    dropConnection()
    (isSent, connectFailure, isDue, document) = (false, nil, false, [])
    answer = StreamedAnswer(limits: StreamedAnswer.Limits(tokens: asked.mostTokens))
    let pause = TimeAmount.milliseconds(250 << Int64(min(record.attempts, 8) - 1))
    timers.append(
      worker.after(pause) { [weak self] in
        self?.isDue = true
        self?.prepare()
      })
  }

  private func end(_ failure: ExchangeFailure?, at time: NIODeadline) {
    hasEnded = true
    for timer in timers { timer.cancel() }
    timers = []
    if failure != nil { dropConnection() }
    record.failure = failure
    record.end = worker.clock.time(time)
    record.take(answer)
    worker.end(self)
  }

  private func dropConnection() {
    if isSent { connection?.cancel() } else { connection.map(worker.pool.giveBack) }
    connection = nil
  }

  private func stopFirstTokenTimer() {
    guard timers.count > 1 else { return }
    timers.removeFirst().cancel()
  }
}
