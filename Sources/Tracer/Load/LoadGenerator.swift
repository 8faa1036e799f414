package import NIOCore
import NIOPosix
package import NIOSSL

/// Sends a workload and collects what becomes of it.
package final class LoadGenerator: @unchecked Sendable {
  // Unchecked: what changes is touched on `loop` alone.

  /// How long before its time a request is made ready: its body and its connection.
  private static let lead: Int64 = 100_000_000
  /// Parts of answers that are kept, 24 bytes each.
  private static let mostParts = 100_000_000
  private static let poll = TimeAmount.milliseconds(100)

  private let loop: any EventLoop
  private let clock: RunClock
  private var workers: [LoadWorker] = []
  private var schedule: LoadSchedule
  private var progress: LoadProgress
  private var records: [RequestRecord] = []
  private var running = 0
  private var parts = 0
  private var isFull = false
  private var isStopped = false
  private var pump: Scheduled<Void>?
  private var done: EventLoopPromise<Void>?

  /// `loops` are one to decide on, then those to send on. Requests in `finished` are left out.
  package init(
    _ plan: [PlannedRequest], to origin: Origin, security: NIOSSLContext?, style: RequestStyle,
    options: LoadOptions, clock: RunClock, loops: [any EventLoop], finished: Set<Int> = []
  ) {
    loop = loops[0]
    self.clock = clock
    schedule = LoadSchedule(plan, concurrency: options.concurrency, leavingOut: finished)
    progress = LoadProgress(total: plan.count - finished.count)
    let senders = loops.count > 1 ? Array(loops.dropFirst()) : loops
    workers = senders.map { sender in
      LoadWorker(
        loop: sender, origin: origin, security: security, plan: plan, style: style,
        options: options, clock: clock
      ) { [weak self] record in
        guard let self else { return }
        loop.execute { self.end(record) }
      }
    }
  }

  /// Sends everything; ends when all requests have, or soon after `isStopped` says so.
  package func run(
    isStopped: @escaping @Sendable () -> Bool,
    report: @escaping @Sendable (LoadProgress) -> Void = { _ in }
  ) async throws {
    let watch = loop.scheduleRepeatedTask(initialDelay: Self.poll, delay: Self.poll) { _ in
      if isStopped() { self.stop() }
      report(self.progress)
    }
    let done = loop.makePromise(of: Void.self)
    loop.execute {
      self.done = done
      self.send()
    }
    try await done.futureResult.get()
    watch.cancel()
    for worker in workers { worker.close() }
  }

  /// What has ended until now, in the order of ending, but for the first ones.
  package func collected(from first: Int = 0) async throws -> [RequestRecord] {
    try await loop.submit { Array(self.records.dropFirst(first)) }.get()
  }

  /// Whether it ended because more parts of answers came than are kept.
  package func wasFull() async throws -> Bool {
    try await loop.submit { self.isFull }.get()
  }

  package func currentProgress() async throws -> LoadProgress {
    try await loop.submit { self.progress }.get()
  }

  private func send() {
    pump?.cancel()
    let now = clock.now
    for release in schedule.releases(until: now + Self.lead, now: max(0, now)) {
      running += 1
      progress.running += 1
      workers[release.number % workers.count].send(release.number, at: release.time)
    }
    if let next = schedule.nextTime {
      // A hundredth of a second's requests at a time.
      let wait = max(10_000_000, next - Self.lead - clock.now)
      pump = loop.scheduleTask(in: .nanoseconds(wait)) { self.send() }
    }
    finishIfDone()
  }

  private func end(_ record: RequestRecord) {
    running -= 1
    records.append(record)
    parts += record.chunks.count
    if parts > Self.mostParts, !isStopped {
      isFull = true
      stop()
    }
    progress.take(record)
    schedule.end(record.number, at: record.end)
    send()
  }

  private func stop() {
    guard !isStopped else { return }
    isStopped = true
    schedule.stop()
    for worker in workers { worker.stop() }
    finishIfDone()
  }

  private func finishIfDone() {
    guard running == 0, isStopped || schedule.remaining == 0 else { return }
    done?.succeed(())
    done = nil
  }
}
