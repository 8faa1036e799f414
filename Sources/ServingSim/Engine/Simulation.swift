import SimKernel

/// Runs a plan: the one entry to the engine.
package enum Simulation {
  /// Plays the plan to its end, or to the clock's (`SimDuration.longest`). `progress` is told every
  /// few milliseconds how many requests have ended and returns false to stop there; the recording
  /// then holds what has happened.
  package static func run(_ plan: Plan, progress: ((Int) -> Bool)? = nil) -> Recording {
    // The run writes where the recording keeps them: outcomes are most of a run's memory.
    var outcomes = blankOutcomes(count: plan.workload.count)
    let fleet = outcomes.withUnsafeMutableBufferPointer { rows in
      withColumns(of: plan.workload) { columns in
        var cluster = Cluster(plan, columns, outcomes: rows)
        cluster.run(progress)
        return cluster.recording()
      }
    }
    return Recording(
      outcomes: outcomes, replicas: fleet.replicas,
      interTokenLatencies: fleet.interTokenLatencies, held: fleet.held, end: fleet.end)
  }

  private static func blankOutcomes(count: Int) -> [Outcome] {
    [Outcome](unsafeUninitializedCapacity: count) { rows, filled in
      preferHugePages(UnsafeMutableRawBufferPointer(rows))
      rows.initialize(repeating: Outcome())
      filled = count
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
  let log: UnsafeMutablePointer<RunLog>
  var router: any Router
  /// When each replica's current steps end.
  var clock: Tournament
  /// Requests sent to each replica that have not ended.
  var loads: Tournament
  var clients: Clients
  /// When requests with a deadline are released; nil: as they arrive.
  private var releases: ReleaseSchedule?
  /// Replicas that begin a step at this instant; `isReady` has their bits.
  private(set) var ready = Stack<Int32>()
  private let isReady: UnsafeMutablePointer<Bool>
  var now: Int64 = 0
  private var endedRequests = 0
  /// When the last request up to now ended for its client.
  private var lastEnd: Int64 = 0

  init(_ plan: Plan, _ columns: WorkloadColumns, outcomes: UnsafeMutableBufferPointer<Outcome>) {
    self.init(
      plan, columns, outcomes: outcomes, clients: Clients(plan.workload, columns),
      paths: columns.content.map { ContentPaths($0) }, stepByStep: false)
  }

  /// `stepByStep`: no steps are taken together.
  init(
    _ plan: Plan, _ columns: WorkloadColumns, outcomes: UnsafeMutableBufferPointer<Outcome>,
    clients: consuming Clients, paths: ContentPaths?, stepByStep: Bool
  ) {
    precondition(!plan.replicas.isEmpty, "a fleet without replicas")
    workload = columns
    router = plan.router.router(seed: plan.seed)
    self.clients = clients
    if columns.deadlines != nil { releases = plan.shift.map { ReleaseSchedule($0) } }
    count = plan.replicas.count
    clock = Tournament(replicas: count, keys: Tournament.last)
    loads = Tournament(replicas: count, keys: 0)
    log = .allocate(capacity: 1)
    log.initialize(to: RunLog(outcomes: outcomes))
    replicas = .allocate(capacity: count)
    for (i, replica) in plan.replicas.enumerated() {
      (replicas + i).initialize(
        to: Replica(
          plan: replica, fleetSize: count, paths: paths, log: log, stepByStep: stepByStep))
    }
    isReady = .allocate(capacity: count)
    isReady.initialize(repeating: false, count: count)
  }

  deinit {
    replicas.deinitialize(count: count).deallocate()
    log.deinitialize(count: 1).deallocate()
    isReady.deallocate()
  }

  mutating func run(_ progress: ((Int) -> Bool)?) {
    let turnsBetweenReports = 1 << 14
    let end = SimDuration.longest.picoseconds
    var turns = progress == nil ? Int.max : turnsBetweenReports
    while true {
      let next = min(clients.nextArrival, clock.least)
      // Also when there is nothing left to come.
      guard next < end else { return }
      now = next
      if next < clients.nextArrival, !clock.isTied {
        playTurn(of: clock.first)
      } else {
        playInstant()
      }
      turns -= 1
      if turns == 0, let progress {
        turns = turnsBetweenReports
        guard progress(endedRequests) else { return }
      }
    }
  }

  /// Replica `i` alone ends its steps and nobody arrives: it goes straight on.
  @inline(__always)
  private mutating func playTurn(of i: Int) {
    complete(i)
    guard clients.nextArrival > now else {
      // Somebody follows at once whoever has just ended.
      clock.set(i, to: Tournament.last)
      markReady(i)
      return playInstant()
    }
    replicas[i].begin(at: now)
    clock.set(i, to: replicas[i].spanEnd)
  }

  @inline(never)
  private mutating func playInstant() {
    repeat {
      completeSteps()
      takeArrivals()
      // A cut span may end at this very instant.
    } while clock.least == now
    beginSteps()
  }

  private mutating func completeSteps() {
    while clock.least == now {
      let i = clock.first
      complete(i)
      clock.set(i, to: Tournament.last)
      markReady(i)
    }
  }

  @inline(__always)
  private mutating func complete(_ i: Int) {
    replicas[i].complete(at: now)
    let ended = replicas[i].ended.count
    guard ended > 0 else { return }
    endedRequests += ended
    loads.set(i, to: loads[i] - Int64(ended))
    let seen = now + replicas[i].frontend
    lastEnd = max(lastEnd, seen)
    guard clients.followEnds else { return }
    for e in 0..<ended { clients.ended(Int(replicas[i].ended[e]), at: seen) }
  }

  private mutating func takeArrivals() {
    while clients.nextArrival == now {
      let number = clients.takeArrival()
      if releases != nil, hold(number) { continue }
      send(number, to: count == 1 ? 0 : route(number))
    }
  }

  /// Keeps a request that arrives from the fleet until its release. Returns whether it does.
  @inline(never)
  private mutating func hold(_ number: Int) -> Bool {
    guard let deadline = workload.deadlines?[number], deadline < .longest,
      !log.pointee.hasArrived(number)
    else { return false }
    let release = releases?.release(at: now, due: now + deadline.picoseconds) ?? now
    guard release > now else { return false }
    log.pointee.held(number, at: now, until: release)
    clients.putBack(number, until: release)
    return true
  }

  mutating func route(_ number: Int) -> Int {
    let request = view(of: number)
    let fleet = FleetView(
      replicas: replicas, number: number, promptTokens: request.promptTokens,
      asOf: SimTime(picoseconds: now), count: count, leastOutstanding: loads.first)
    return router.route(request, in: fleet)
  }

  /// What policies see of a request that arrives now.
  private func view(of number: Int) -> RequestView {
    let session = workload.sessions?[number] ?? -1
    return RequestView(
      number: number, arrival: SimTime(picoseconds: now),
      promptTokens: Int(workload.promptTokens[number]), session: session < 0 ? nil : Int(session),
      priority: Int(workload.priorities?[number] ?? 0), due: due(number))
  }

  /// Counted from when it first arrived, before it was held.
  private func due(_ number: Int) -> SimTime {
    guard let deadline = workload.deadlines?[number], deadline < .longest else { return .never }
    return SimTime(picoseconds: min(now, log.pointee.arrival(of: number)) + deadline.picoseconds)
  }

  mutating func send(_ number: Int, to i: Int) {
    let promptTokens = workload.promptTokens[number]
    let room = Int32(replicas[i].maxModelLength) - promptTokens
    guard room > 0 else { return reject(number) }
    let outputTokens = min(workload.outputTokens[number], room)
    log.pointee.arrived(number, at: now, replica: i, outputTokens: outputTokens)
    if replicas[i].isOff(at: now) {
      replicas[i].wake(at: now)
      clock.set(i, to: replicas[i].spanEnd)
    }
    let content = replicas[i].kv.content(of: number, promptTokens: Int(promptTokens))
    replicas[i].enqueue(
      LiveRequest(
        number: Int32(truncatingIfNeeded: number), promptTokens: promptTokens,
        outputTokens: outputTokens, rank: rank(number, on: i), arrival: now, content: content),
      at: now)
    loads.set(i, to: loads[i] + 1)
    if !replicas[i].isBusy {
      markReady(i)
    } else if replicas[i].cutSpan(at: now) {
      clock.set(i, to: replicas[i].spanEnd)
    }
  }

  @inline(__always)
  private func rank(_ number: Int, on i: Int) -> Int64 {
    guard replicas[i].waiting.order == .rank else { return 0 }
    return replicas[i].policy.rank(of: view(of: number))
  }

  private mutating func reject(_ number: Int) {
    log.pointee.rejected(number, at: now)
    endedRequests += 1
    lastEnd = max(lastEnd, now)
    if clients.followEnds { clients.ended(number, at: now) }
  }

  mutating func markReady(_ i: Int) {
    guard !isReady[i] else { return }
    isReady[i] = true
    ready.append(Int32(i))
  }

  mutating func beginSteps() {
    for r in 0..<ready.count {
      let i = Int(ready[r])
      isReady[i] = false
      replicas[i].begin(at: now)
      clock.set(i, to: replicas[i].spanEnd)
    }
    ready.removeAll()
  }

  /// What has happened so far, but for the outcomes.
  mutating func recording() -> FleetRecording {
    let end = end
    var length = ReplicaRecorder.shortestWindow
    for i in 0..<count { length = max(length, replicas[i].recorder.windowLength) }
    // Also where the last thing that happened came to no replica.
    let limit = ReplicaRecorder.windowLimit(replicas: count)
    while end > length * Int64(limit) { length *= 2 }
    var records: [ReplicaRecording] = []
    for i in 0..<count {
      let blocks = replicas[i].plan.usableBlocks
      replicas[i].recordOff(until: end)
      records.append(
        replicas[i].recorder.recording(windowLength: length, end: end, usableBlocks: blocks))
    }
    return FleetRecording(
      replicas: records, interTokenLatencies: log.pointee.gaps.histogram,
      held: log.pointee.held, end: SimTime(picoseconds: end))
  }

  /// The run's end as `Recording.end` has it: nothing in a recording is later.
  private var end: Int64 {
    var end = max(now, lastEnd)
    // Tokens of requests that a stopped run left under way are with their clients by then.
    for i in 0..<count where loads[i] > 0 { end = max(end, now + replicas[i].frontend) }
    return end
  }
}

/// A recording without its outcomes.
struct FleetRecording {
  var replicas: [ReplicaRecording]
  var interTokenLatencies: LogHistogram
  var held: [HeldRequest]
  var end: SimTime
}
