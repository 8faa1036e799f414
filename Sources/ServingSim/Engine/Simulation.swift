import SimKernel

/// Runs a plan: the one entry to the engine.
package enum Simulation {
  /// Plays the plan to its end. `progress` is told now and then how many requests have ended and
  /// returns false to stop there; the recording then holds what has happened.
  package static func run(_ plan: Plan, progress: ((Int) -> Bool)? = nil) -> Recording {
    withColumns(of: plan.workload) { columns in
      var cluster = Cluster(plan, columns)
      cluster.run(progress)
      return cluster.recording()
    }
  }
}

/// The fleet and its clients: one event loop, one clock.
///
/// What happens at one instant happens in this order: steps end (by replica), requests arrive (by
/// number), steps begin (by replica). So a request that arrives the instant a step ends is in time
/// for the next one, and one sent because that step ended it, too.
struct Cluster: ~Copyable {
  let workload: WorkloadColumns
  let replicas: UnsafeMutablePointer<Replica>
  let count: Int
  let outcomes: UnsafeMutablePointer<Outcome>
  let log: UnsafeMutablePointer<RunLog>
  let views: UnsafeMutablePointer<ReplicaView>
  var router: any Router
  var clock: ReplicaClock
  var clients: Clients
  /// Replicas that begin a step at this instant; `isReady` has their bits.
  private var ready = Stack<Int32>()
  private let isReady: UnsafeMutablePointer<Bool>
  private var now: Int64 = 0
  private var endedRequests = 0

  init(_ plan: Plan, _ columns: WorkloadColumns) {
    precondition(!plan.replicas.isEmpty, "a fleet without replicas")
    workload = columns
    router = plan.router.router(seed: plan.seed)
    clients = Clients(plan.workload, columns)
    count = plan.replicas.count
    clock = ReplicaClock(replicas: count)
    outcomes = .allocate(capacity: workload.count)
    outcomes.initialize(repeating: Outcome(), count: workload.count)
    log = .allocate(capacity: 1)
    log.initialize(to: RunLog(outcomes: outcomes))
    let paths = plan.workload.content.map { ContentPaths($0) }
    replicas = .allocate(capacity: count)
    for (i, replica) in plan.replicas.enumerated() {
      (replicas + i).initialize(to: Replica(plan: replica, paths: paths, log: log))
    }
    views = .allocate(capacity: count)
    views.initialize(repeating: ReplicaView(), count: count)
    isReady = .allocate(capacity: count)
    isReady.initialize(repeating: false, count: count)
  }

  deinit {
    replicas.deinitialize(count: count).deallocate()
    log.deinitialize(count: 1).deallocate()
    outcomes.deallocate()
    views.deallocate()
    isReady.deallocate()
  }

  mutating func run(_ progress: ((Int) -> Bool)?) {
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

  private mutating func completeSteps() {
    while clock.earliest == now {
      let i = clock.first
      replicas[i].complete(at: now)
      endedRequests += replicas[i].ended.count
      if clients.followEnds {
        for e in 0..<replicas[i].ended.count { clients.ended(Int(replicas[i].ended[e]), at: now) }
      }
      clock.set(i, end: ReplicaClock.idle)
      refreshView(of: i)
      markReady(i)
    }
  }

  private mutating func takeArrivals() {
    while clients.nextArrival == now {
      let number = clients.takeArrival()
      let promptTokens = workload.promptTokens[number]
      let session = workload.sessions?[number] ?? -1
      let priority = workload.priorities?[number] ?? 0
      let view = RequestView(
        number: number, arrival: SimTime(picoseconds: now), promptTokens: Int(promptTokens),
        session: session < 0 ? nil : Int(session), priority: Int(priority))
      let fleet = FleetView(
        views: views, replicas: replicas, request: view, asOf: SimTime(picoseconds: now),
        count: count)
      send(number, to: count == 1 ? 0 : router.route(view, in: fleet), priority: priority)
    }
  }

  private mutating func send(_ number: Int, to i: Int, priority: Int32) {
    let promptTokens = workload.promptTokens[number]
    let room = Int32(replicas[i].maxModelLength) - promptTokens
    guard room > 0 else {
      log.pointee.rejected(number, at: now)
      endedRequests += 1
      if clients.followEnds { clients.ended(number, at: now) }
      return
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

  private mutating func markReady(_ i: Int) {
    guard !isReady[i] else { return }
    isReady[i] = true
    ready.append(Int32(i))
  }

  private mutating func beginSteps() {
    for r in 0..<ready.count {
      let i = Int(ready[r])
      replicas[i].begin(at: now)
      refreshView(of: i)
      isReady[i] = false
      if replicas[i].isBusy { clock.set(i, end: replicas[i].span.end) }
    }
    ready.removeAll()
  }

  /// What has happened so far.
  mutating func recording() -> Recording {
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
