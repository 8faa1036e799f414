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
  /// What it says of itself.
  package var traits: LiveTraits

  package init(
    promptTokens: Int32, outputTokens: Int32, chain: Int32? = nil, session: Int32? = nil,
    priority: Int32 = 0, deadline: SimDuration = .longest, traits: LiveTraits = LiveTraits()
  ) {
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.chain = chain
    self.session = session
    self.priority = priority
    self.deadline = deadline
    self.traits = traits
  }
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
  /// Of speculative decoding: how often a drafter's tokens were verified, how many tokens, and how many
  /// of these were accepted.
  package var verifiedDrafts = 0
  package var draftTokens = 0
  package var acceptedTokens = 0

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

/// A run of the engine into which requests can come from outside while it goes on.
///
/// It is the fleet of `Simulation`, told up to when to play: the plan's own requests, and those that
/// are submitted at their arrivals in place of them, fare as they do in `Simulation.run`, to the
/// picosecond. Time only goes forward, and only when the caller says so.
package struct LiveSimulation: ~Copyable {
  private var fleet: Fleet
  private var columns: LiveColumns
  private let paths: ContentPaths
  /// Chains of the plan's own requests; those of the caller follow them.
  private let plannedChains: Int

  /// The fleet of `plan` and its requests, with room for `capacity` others under way and for `chains`
  /// chains of text beside the plan's.
  package init(_ plan: Plan, capacity: Int, chains: Int) {
    precondition(capacity > 0 && capacity < Int32.max, "a live run for \(capacity) requests")
    columns = LiveColumns(plan.workload, capacity: capacity)
    plannedChains = plan.workload.content?.chainCount ?? 0
    paths = ContentPaths(
      plan.workload.content, plannedRequests: plan.workload.count, requests: capacity,
      chains: chains)
    fleet = Fleet(
      plan, columns.columns, outcomes: columns.outcomes, paths: paths, stepByStep: true,
      news: ClientNews(isHeard: true))
  }

  /// The same run in the same state: it goes on with the same bits, and neither knows of the other.
  package func copy() -> LiveSimulation { LiveSimulation(copying: self) }

  private init(copying other: borrowing LiveSimulation) {
    columns = other.columns.copy()
    paths = other.paths.copy()
    plannedChains = other.plannedChains
    fleet = other.fleet.copy(columns.columns, outcomes: columns.outcomes, paths: paths)
  }

  package var replicaCount: Int { fleet.count }

  /// The plan's own requests: their numbers are those below.
  package var plannedCount: Int { columns.plannedCount }

  /// What has come of the plan's own requests so far.
  package var plannedOutcomes: [Outcome] { Array(columns.outcomes[..<plannedCount]) }

  /// Whether another request can be submitted.
  package var hasRoom: Bool { columns.hasRoom }

  /// When the engine has something to do or a client something to see; `.never`: not unless
  /// somebody submits something. What is due at an instant happens when time has gone past it.
  package var nextEvent: SimTime {
    let next = fleet.hasReady ? fleet.instant : fleet.nextInstant
    return SimTime(picoseconds: min(next, fleet.news.next))
  }

  /// A request arrives at `time`, not before anything that has been played, and there is room for
  /// it. Returns its number, which is its own until it has ended.
  package mutating func submit(_ request: LiveArrival, at time: SimTime) -> Int32 {
    precondition(
      request.promptTokens > 0 && request.outputTokens > 0, "a request without tokens")
    pause(at: time)
    let number = columns.insert(request)
    paths.set(request: number, chain: place(ofChain: request.chain))
    fleet.arrive(number)
    return Int32(number)
  }

  /// The client of a request goes away at `time`, if the request has not ended by then; its replica
  /// drops it when the step under way ends.
  package mutating func abort(_ request: Int32, at time: SimTime) {
    pause(at: time)
    fleet.leave(Int(request))
  }

  /// Plays everything that happens before `time` and hands over what clients see by then, in the
  /// order in which they see it at each frontend, with the outcome so far. A request's last event is
  /// its end.
  package mutating func advance(to time: SimTime, _ body: (LiveEvent, Outcome) -> Void) {
    fleet.advance(until: time)
    fleet.news.take(through: time.picoseconds) { event in
      body(event, columns.outcomes[Int(event.request)])
      if event.kind == .ended { columns.remove(Int(event.request)) }
    }
  }

  /// Says that `chain` begins with the first `offset` tokens of `parent` (nil: with none) and goes
  /// its own way after them, and whether answers go on in it; nothing of what it was before is
  /// resident. A parent's own offset is not greater.
  package mutating func setChain(
    _ chain: Int32, parent: Int32?, offset: Int32, answersExtend: Bool
  ) {
    paths.set(
      chain: Int(place(ofChain: chain)), parent: place(ofChain: parent), offset: offset,
      answersExtend: answersExtend)
  }

  /// Of a chain of the caller's among all; -1: it is none.
  private func place(ofChain chain: Int32?) -> Int32 {
    chain.map { $0 + Int32(plannedChains) } ?? -1
  }

  /// Whether a replica's KV memory holds anything of `chain` that its parent does not have.
  package func isResident(chain: Int32) -> Bool {
    let place = place(ofChain: chain)
    return (0..<fleet.count).contains { i in
      fleet.replicas[i].kv.strandOfChain[place] >= 0
    }
  }

  /// Another replica joins at `time` and is up `startUp` later. Returns its number.
  package mutating func addReplica(
    _ plan: ReplicaPlan, startUp: SimDuration, at time: SimTime
  ) -> Int {
    pause(at: time)
    return fleet.add(plan, startUp: startUp)
  }

  /// From `time` on a replica gets no more requests; it is gone when it has ended those it has.
  package mutating func drainReplica(_ replica: Int, at time: SimTime) {
    pause(at: time)
    fleet.drain(replica)
  }

  /// At `time` a replica is taken away: what it has ends, aborted, with the step under way.
  package mutating func removeReplica(_ replica: Int, at time: SimTime) {
    pause(at: time)
    fleet.remove(replica)
  }

  /// What comes from outside changes what replicas have to report.
  private mutating func pause(at time: SimTime) {
    fleet.advance(until: time)
    fleet.pause(at: time)
    fleet.expectReports()
  }

  package func gauge(of replica: Int) -> LiveGauge {
    var gauge = LiveGauge(
      running: fleet.replicas[replica].batch.running.count,
      waiting: fleet.replicas[replica].waitingCount,
      usedBlocks: fleet.replicas[replica].kv.used,
      usableBlocks: fleet.replicas[replica].kv.capacity,
      steps: fleet.replicas[replica].recorder.steps,
      preemptions: fleet.replicas[replica].recorder.preemptions,
      lookedUpTokens: fleet.replicas[replica].recorder.lookedUpTokens,
      cachedTokens: fleet.replicas[replica].recorder.cachedTokens)
    if fleet.replicas[replica].settings.speculates {
      let sums = fleet.replicas[replica].recorder.sums
      gauge.verifiedDrafts = sums.verifiedDrafts
      gauge.acceptedTokens = sums.acceptedTokens
      gauge.draftTokens = Int(sums.prefillSteps.draftTokens + sums.decodeSteps.draftTokens)
    }
    return gauge
  }

  /// What has happened so far. The outcomes are those of the plan's own requests, and after them
  /// `outcomes`, the caller's, who has got each as it ended.
  /// Of attempts in vain it has those at the plan's own: a number of the caller's is another request's
  /// as soon as its own has ended.
  package mutating func recording(outcomes: [Outcome]) -> Recording {
    var recording = fleet.recording(outcomes: plannedOutcomes + outcomes)
    recording.lost.removeAll { $0.number >= plannedCount }
    return recording
  }
}
