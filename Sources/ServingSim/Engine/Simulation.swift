import SimKernel

/// Runs a plan: the one entry to the engine.
package enum Simulation {
  /// Plays the plan to its end. `progress` is told now and then how many requests have ended and
  /// returns false to stop there; the recording then holds what has happened.
  package static func run(_ plan: Plan, progress: ((Int) -> Bool)? = nil) -> Recording {
    let cluster = Cluster(plan)
    cluster.run(progress)
    return cluster.recording()
  }
}

/// The fleet and its clients: one event loop, one clock.
///
/// What happens at one instant happens in this order: steps end (by replica), requests arrive (by
/// number), steps begin (by replica). So a request that arrives the instant a step ends is in time
/// for the next one, and one sent because that step ended it, too.
final class Cluster {
  let workload: Workload
  let replicas: UnsafeMutablePointer<Replica>
  let count: Int
  let outcomes: UnsafeMutablePointer<Outcome>
  let log: UnsafeMutablePointer<RunLog>
  let views: UnsafeMutablePointer<ReplicaView>
  var router: any Router
  var clock: ReplicaClock
  var clients: Clients
  /// Replicas that begin a step at this instant; `isReady` has their bits.
  private var ready: [Int32] = []
  private let isReady: UnsafeMutablePointer<Bool>
  private var now: Int64 = 0
  private var endedRequests = 0

  init(_ plan: Plan) {
    workload = plan.workload
    count = plan.replicas.count
    precondition(count > 0, "a fleet without replicas")
    outcomes = .allocate(capacity: workload.count)
    outcomes.initialize(repeating: Outcome(), count: workload.count)
    log = .allocate(capacity: 1)
    log.initialize(to: RunLog(outcomes: outcomes))
    let paths = workload.content.map { ContentPaths($0) }
    replicas = .allocate(capacity: count)
    for (i, replica) in plan.replicas.enumerated() {
      (replicas + i).initialize(to: Replica(plan: replica, paths: paths, log: log))
    }
    views = .allocate(capacity: count)
    views.initialize(repeating: ReplicaView(), count: count)
    isReady = .allocate(capacity: count)
    isReady.initialize(repeating: false, count: count)
    router = plan.router.router(seed: plan.seed)
    clock = ReplicaClock(replicas: count)
    clients = Clients(workload)
  }

  deinit {
    replicas.deinitialize(count: count).deallocate()
    log.deinitialize(count: 1).deallocate()
    outcomes.deallocate()
    views.deallocate()
    isReady.deallocate()
  }

  func run(_ progress: ((Int) -> Bool)?) {
    let report = 1 << 14
    var nextReport = report
    while true {
      let next = min(clients.nextArrival, clock.earliest)
      guard next != ReplicaClock.idle else { return }
      now = next
      repeat {
        completeSteps()
        takeArrivals()
        // A cut span may end at this very instant.
      } while clock.earliest == now
      beginSteps()
      if endedRequests >= nextReport, let progress {
        nextReport = endedRequests + report
        guard progress(endedRequests) else { return }
      }
    }
  }

  private func completeSteps() {
    while clock.earliest == now {
      let i = clock.first
      replicas[i].complete(at: now)
      endedRequests += replicas[i].ended.count
      for number in replicas[i].ended { clients.ended(Int(number), at: now) }
      clock.set(i, end: ReplicaClock.idle)
      refreshView(of: i)
      markReady(i)
    }
  }

  private func takeArrivals() {
    while clients.nextArrival == now {
      let number = clients.takeArrival()
      let promptTokens = workload.promptTokens[number]
      let session = workload.sessions.flatMap { $0[number] < 0 ? nil : Int($0[number]) }
      let priority = workload.priorities?[number] ?? 0
      let view = RequestView(
        number: number, arrival: SimTime(picoseconds: now), promptTokens: Int(promptTokens),
        session: session, priority: Int(priority))
      let fleet = FleetView(
        views: views, replicas: replicas, request: view, asOf: SimTime(picoseconds: now),
        count: count)
      send(number, to: count == 1 ? 0 : router.route(view, in: fleet), priority: priority)
    }
  }

  private func send(_ number: Int, to i: Int, priority: Int32) {
    let promptTokens = workload.promptTokens[number]
    let room = Int32(replicas[i].plan.maxModelLength) - promptTokens
    guard room > 0 else {
      log.pointee.rejected(number, at: now)
      endedRequests += 1
      return clients.ended(number, at: now)
    }
    let outputTokens = min(workload.outputTokens[number], room)
    log.pointee.arrived(number, at: now, replica: i, outputTokens: outputTokens)
    let content = replicas[i].kv.content(of: number, promptTokens: Int(promptTokens))
    replicas[i].enqueue(
      LiveRequest(
        number: Int32(number), promptTokens: promptTokens, outputTokens: outputTokens,
        priority: priority, arrival: now, knownTokens: promptTokens, content: content), at: now)
    views[i].waiting += 1
    if !replicas[i].isBusy {
      markReady(i)
    } else if replicas[i].cutSpan(at: now) {
      clock.set(i, end: replicas[i].span.end)
    }
  }

  private func refreshView(of i: Int) {
    views[i].waiting = Int32(replicas[i].waiting.count)
    views[i].running = Int32(replicas[i].running.count)
  }

  private func markReady(_ i: Int) {
    guard !isReady[i] else { return }
    isReady[i] = true
    ready.append(Int32(i))
  }

  private func beginSteps() {
    for i in ready.lazy.map(Int.init) {
      replicas[i].begin(at: now)
      refreshView(of: i)
      isReady[i] = false
      if replicas[i].isBusy { clock.set(i, end: replicas[i].span.end) }
    }
    ready.removeAll(keepingCapacity: true)
  }

  /// What has happened so far.
  func recording() -> Recording {
    var length = ReplicaRecorder.shortestWindow
    for i in 0..<count { length = max(length, replicas[i].recorder.windowLength) }
    var records: [ReplicaRecording] = []
    for i in 0..<count {
      let blocks = replicas[i].plan.usableBlocks
      records.append(
        replicas[i].recorder.recording(windowLength: length, end: now, usableBlocks: blocks))
    }
    let rows = UnsafeBufferPointer(start: outcomes, count: workload.count)
    return Recording(
      outcomes: OutcomeTable(rows: Array(rows)), replicas: records,
      interTokenLatencies: log.pointee.gaps, end: SimTime(picoseconds: now))
  }
}
