package import SimKernel

/// A request of a live run.
package struct LiveArrival: Sendable {
  /// At least 1.
  package var promptTokens: Int32
  /// At least 1.
  package var outputTokens: Int32
  /// The chain of text its prompt lies on (see `LiveSimulation.setChain`); nil: text of its own.
  package var chain: Int32?
  /// The conversation it belongs to, for session affinity.
  package var session: Int32?
  /// vLLM's sense: lower is served first.
  package var priority: Int32
  /// From its arrival to when its last token is due; `.longest`: it can take for ever.
  package var deadline: SimDuration

  package init(
    promptTokens: Int32, outputTokens: Int32, chain: Int32? = nil, session: Int32? = nil,
    priority: Int32 = 0, deadline: SimDuration = .longest
  ) {
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.chain = chain
    self.session = session
    self.priority = priority
    self.deadline = deadline
  }
}

/// Something that a client sees.
package struct LiveEvent: Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// A token of its answer.
    case token
    /// It has ended, as its outcome says. Nothing follows, and its number goes to another request.
    case ended
  }

  /// When the client sees it, in picoseconds: the end of a step and the frontend's latency.
  var picoseconds: Int64
  /// What `submit` returned.
  package var request: Int32
  package var kind: Kind

  package var time: SimTime { SimTime(picoseconds: picoseconds) }
}

/// What a replica of a live run holds.
package struct LiveGauge: Hashable, Sendable {
  package var running: Int
  package var waiting: Int
  package var usedBlocks: Int
  package var usableBlocks: Int
  /// Since the start.
  package var steps: Int
  package var preemptions: Int
  package var lookedUpTokens: Int
  package var cachedTokens: Int

  package init(
    running: Int, waiting: Int, usedBlocks: Int, usableBlocks: Int, steps: Int, preemptions: Int,
    lookedUpTokens: Int, cachedTokens: Int
  ) {
    self.running = running
    self.waiting = waiting
    self.usedBlocks = usedBlocks
    self.usableBlocks = usableBlocks
    self.steps = steps
    self.preemptions = preemptions
    self.lookedUpTokens = lookedUpTokens
    self.cachedTokens = cachedTokens
  }
}

/// A run of the engine whose requests come from outside while it goes on.
///
/// It is the engine of `Simulation`, told up to when to play: requests that are submitted at the
/// arrivals of a plan's fare as they do in `Simulation.run`, to the picosecond. Time only goes
/// forward, and only when the caller says so.
package struct LiveSimulation: ~Copyable {
  private var cluster: Cluster
  private var columns: LiveColumns
  private let paths: ContentPaths
  /// Events that clients have not seen yet, one queue for each frontend latency.
  private var queues: [EventQueue]
  private let queueOfReplica: [Int]

  /// The fleet of `plan`, whose workload is ignored, with room for `capacity` requests under way and
  /// `chains` chains of text.
  package init(_ plan: Plan, capacity: Int, chains: Int, answersExtendChain: Bool) {
    precondition(capacity > 0 && capacity < Int32.max, "a live run for \(capacity) requests")
    let nobody = Workload(arrivals: [], promptTokens: [], outputTokens: [], description: "live")
    columns = LiveColumns(capacity: capacity)
    paths = ContentPaths(
      requests: capacity, chains: chains, answersExtendChain: answersExtendChain)
    let view = columns.columns
    cluster = Cluster(
      plan, view, outcomes: columns.outcomes, clients: Clients(nobody, view), paths: paths,
      stepByStep: true)
    var latencies: [Int64] = []
    queueOfReplica = plan.replicas.map { replica in
      let latency = replica.frontendLatency.picoseconds
      if let known = latencies.firstIndex(of: latency) { return known }
      latencies.append(latency)
      return latencies.count - 1
    }
    queues = latencies.map { _ in EventQueue() }
  }

  package var replicaCount: Int { cluster.count }

  /// Whether another request can be submitted.
  package var hasRoom: Bool { columns.hasRoom }

  /// When the engine has something to do or a client something to see; `.never`: not unless
  /// somebody submits something. What is due at an instant happens when time has gone past it.
  package var nextEvent: SimTime {
    var next = cluster.ready.isEmpty ? cluster.clock.least : cluster.now
    for queue in queues { next = min(next, queue.first?.picoseconds ?? .max) }
    return SimTime(picoseconds: next)
  }

  /// A request arrives at `time`, not before anything that has been played, and there is room for
  /// it. Returns its number, which is its own until it has ended.
  package mutating func submit(_ request: LiveArrival, at time: SimTime) -> Int32 {
    precondition(
      request.promptTokens > 0 && request.outputTokens > 0, "a request without tokens")
    play(before: time.picoseconds)
    arrive(at: time.picoseconds)
    let number = columns.insert(request)
    paths.set(request: number, chain: request.chain ?? -1)
    cluster.send(number, to: cluster.count == 1 ? 0 : cluster.route(number))
    if columns.outcomes[number].status == .rejectedPromptTooLong {
      queues[0].append(LiveEvent(picoseconds: cluster.now, request: Int32(number), kind: .ended))
    }
    return Int32(number)
  }

  /// The client of a request that has not ended goes away; the engine drops the request when its
  /// replica's current step ends.
  package mutating func abort(_ request: Int32) {
    let outcome = columns.outcomes[Int(request)]
    guard outcome.status == .underWay else { return }
    cluster.replicas[Int(outcome.replica)].aborting.append(request)
  }

  /// Plays everything that happens before `time` and hands over what clients see by then, in the
  /// order in which they see it at each frontend, with the outcome so far. A request's last event is
  /// its end.
  package mutating func advance(to time: SimTime, _ body: (LiveEvent, Outcome) -> Void) {
    play(before: time.picoseconds)
    for i in queues.indices {
      while let event = queues[i].first, event.picoseconds <= time.picoseconds {
        queues[i].removeFirst()
        body(event, columns.outcomes[Int(event.request)])
        if event.kind == .ended { columns.remove(Int(event.request)) }
      }
    }
  }

  /// Says that `chain` begins with the first `offset` tokens of `parent` (nil: with none) and goes
  /// its own way after them; nothing of what it was before is resident. A parent's own offset is not
  /// greater.
  package mutating func setChain(_ chain: Int32, parent: Int32?, offset: Int32) {
    paths.set(chain: Int(chain), parent: parent ?? -1, offset: offset)
  }

  /// Whether a replica's KV memory holds anything of `chain` that its parent does not have.
  package func isResident(chain: Int32) -> Bool {
    (0..<cluster.count).contains { i in
      cluster.replicas[i].kv.strandOfChain.map { $0[Int(chain)] != 0 } ?? false
    }
  }

  package func gauge(of replica: Int) -> LiveGauge {
    LiveGauge(
      running: cluster.replicas[replica].running.count, waiting: cluster.replicas[replica].queued,
      usedBlocks: cluster.replicas[replica].kv.used,
      usableBlocks: cluster.replicas[replica].kv.capacity,
      steps: cluster.replicas[replica].recorder.steps,
      preemptions: cluster.replicas[replica].recorder.preemptions,
      lookedUpTokens: cluster.replicas[replica].recorder.lookedUpTokens,
      cachedTokens: cluster.replicas[replica].recorder.cachedTokens)
  }

  /// What has happened so far; the outcomes are the caller's, who has got each as it ended.
  package mutating func recording(outcomes: [Outcome]) -> Recording {
    let fleet = cluster.recording()
    return Recording(
      outcomes: outcomes, replicas: fleet.replicas,
      interTokenLatencies: fleet.interTokenLatencies, end: fleet.end)
  }

  /// Plays up to `limit`, that instant excluded: requests may still arrive at it.
  private mutating func play(before limit: Int64) {
    while true {
      if !cluster.ready.isEmpty {
        guard cluster.now < limit else { return }
        cluster.beginSteps()
      }
      let next = cluster.clock.least
      guard next < limit else { return }
      cluster.now = next
      completeSteps()
    }
  }

  /// Makes `time` the present instant, at which steps may end and requests arrive.
  private mutating func arrive(at time: Int64) {
    precondition(time >= cluster.now, "a request arrives in the past")
    cluster.now = time
    completeSteps()
  }

  private mutating func completeSteps() {
    while cluster.clock.least == cluster.now {
      let i = cluster.clock.first
      complete(i)
      cluster.clock.set(i, to: Tournament.last)
      cluster.markReady(i)
    }
  }

  private mutating func complete(_ i: Int) {
    let seen = cluster.now + cluster.replicas[i].frontend
    let queue = queueOfReplica[i]
    cluster.replicas[i].forEachTokenOfStep { number in
      queues[queue].append(LiveEvent(picoseconds: seen, request: number, kind: .token))
    }
    cluster.replicas[i].complete(at: cluster.now)
    cluster.replicas[i].dropAborted(at: cluster.now)
    let ended = cluster.replicas[i].ended.count
    for e in 0..<ended {
      let number = cluster.replicas[i].ended[e]
      queues[queue].append(LiveEvent(picoseconds: seen, request: number, kind: .ended))
    }
    cluster.loads.set(i, to: cluster.loads[i] - Int64(ended))
  }
}

extension Replica {
  /// The requests to which the current step, a single one that is about to end, yields a token.
  func forEachTokenOfStep(_ body: (Int32) -> Void) {
    var id = running.first
    while id >= 0 {
      if live[id].isDecoding { body(live[id].number) }
      id = live[id].next
    }
    for i in 0..<prefilling.count {
      let id = prefilling[i].id
      guard live[id].computedTokens + prefilling[i].tokens == live[id].knownTokens else { continue }
      body(live[id].number)
    }
  }
}

/// Events in order of time.
private struct EventQueue {
  private var events: [LiveEvent] = []
  private var head = 0

  var first: LiveEvent? { head < events.count ? events[head] : nil }

  mutating func append(_ event: LiveEvent) { events.append(event) }

  mutating func removeFirst() {
    head += 1
    guard head == events.count || head > 1 << 14 else { return }
    events.removeFirst(head)
    head = 0
  }
}
