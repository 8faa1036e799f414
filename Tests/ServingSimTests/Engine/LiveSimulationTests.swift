import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct LiveSimulationTests {
  @Test(arguments: plans(600))
  func `fed with a plan's arrivals it equals the simulation to the picosecond`(seed: Int) {
    var plan =
      seed % 5 == 0
      ? randomPlanOfOtherEngines(seed: UInt64(seed)) : randomPlan(seed: UInt64(seed))
    // Clients of this test do not give up, and nobody is switched off when all is over.
    plan.workload.patience = nil
    plan.admission = []
    for i in plan.replicas.indices { plan.replicas[i].powerDown = nil }
    for i in plan.replicas.indices {
      plan.replicas[i].frontendLatency = .microsecond * (seed % 4 == 0 ? 3 + i % 2 : 0)
    }
    let recording = Simulation.run(plan)
    var clients = LiveClients(plan)
    clients.follow(recording.outcomes)
    let outcomes = clients.outcomes
    for i in recording.outcomes.indices where outcomes[i] != recording.outcomes[i] {
      Issue.record(
        """
        request \(i) of random plan \(seed): the simulation says \(recording.outcomes[i]), the \
        live run \(outcomes[i])
        """)
      return
    }
    // Replicas report to routers once more when all is over, and a live run's time goes on to then.
    for (i, replica) in clients.recording().replicas.enumerated() {
      let windows = recording.replicas[i].windows
      #expect(replica.windows.starts(with: windows))
      #expect(replica.windows.dropFirst(windows.count).allSatisfy { $0 == WindowTotals() })
    }
    var gaps = LogHistogram()
    for times in clients.tokens {
      for (last, next) in zip(times, times.dropFirst()) { gaps.add(next.since(last)) }
    }
    #expect(gaps.counts == recording.interTokenLatencies.counts)
    #expect(gaps.greatest == recording.interTokenLatencies.greatest)
    for (outcome, times) in zip(outcomes, clients.tokens) where outcome.status == .finished {
      #expect(times.count == Int(outcome.outputTokens))
      #expect(times.first == outcome.firstToken)
      #expect(times.last == outcome.finish)
    }
  }

  @Test(arguments: plans(400))
  func `left alone it plays the plan as the simulation does`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 9)
    let plan = random.pick([
      randomPlanWithPatience(seed: UInt64(seed)), randomPlanWithScaling(seed: UInt64(seed)),
      randomPlanOverYears(seed: UInt64(seed)), randomPlanOfOtherEngines(seed: UInt64(seed)),
      randomPlanOfTies(seed: UInt64(seed)), randomPlanOfHandovers(seed: UInt64(seed)),
      randomPlanOfOffloading(seed: UInt64(seed)), randomPlanOfOffloading(seed: UInt64(seed)),
      randomPlanOfSpeculation(seed: UInt64(seed)), randomPlanOfSpeculation(seed: UInt64(seed)),
    ])
    let recording = Simulation.run(plan)
    var live = LiveSimulation(plan, capacity: 1, chains: 0)
    var time = SimTime.start
    while !live.nextEvent.isNever, live.plannedOutcomes.contains(where: \.isOpen) {
      // Forwards to anywhere, or past whatever is next, and sometimes in a copy.
      let next = SimTime(picoseconds: live.nextEvent.picoseconds + 1)
      time = random.pick([next, max(next, time + .microsecond * random.integer(below: 100_000))])
      live.advance(to: time) { _, _ in }
      if random.integer(below: 8) == 0 { live = live.copy() }
    }
    #expect(live.plannedOutcomes == recording.outcomes, "random plan \(seed)")
    #expect(
      live.recording(outcomes: []).interTokenLatencies.counts
        == recording.interTokenLatencies.counts)
  }

  @Test(arguments: plans(400))
  func `after aborts nothing is left of a request and the others end`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 1)
    let kinds = [randomPlan, randomPlan, randomPlanWithPowerDown, randomPlanOfTies]
    let plan = random.pick(kinds)(UInt64(seed)).withoutPolicies
    let recording = Simulation.run(plan)
    var clients = LiveClients(plan)
    for (number, outcome) in recording.outcomes.enumerated() where random.uniform() < 0.4 {
      let lifetime = outcome.finish.since(outcome.arrival).picoseconds
      let patience = Int64(random.uniform() * 1.2 * Double(lifetime))
      clients.leaving[number] = outcome.arrival + SimDuration(picoseconds: patience)
    }
    if random.pick([true, false]) { clients.tie() }
    clients.follow(recording.outcomes)
    for (number, outcome) in clients.outcomes.enumerated() {
      switch outcome.status {
      case .finished:
        #expect(clients.tokens[number].count == Int(outcome.outputTokens))
      case .aborted:
        #expect(clients.leaving[number] != nil)
        #expect(clients.tokens[number].count == Int(outcome.outputTokens))
        #expect(clients.tokens[number].count < Int(plan.workload.outputTokens[number]))
      case .rejectedPromptTooLong, .rejectedByAdmission: break
      case .notArrived, .underWay, .failed:
        Issue.record("request \(number) of plan \(seed) has not ended")
      }
    }
    for gauge in clients.gauges {
      #expect(gauge.running == 0 && gauge.waiting == 0 && gauge.usedBlocks == 0)
    }
    let alone = plan.withArrivals(of: recording)
    let leaving = clients.leaving.mapValues(\.picoseconds)
    let differential = Differential(alone, leaving: leaving, run: clients.recording())
    #expect(differential.difference == nil, "random plan \(seed)")
  }

  @Test(arguments: plans(400))
  func `replicas that join, drain and go fare as in the reference`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 6)
    let kinds = [randomPlan, randomPlanWithPowerDown, randomPlanOfTies]
    var plan = random.pick(kinds)(UInt64(seed)).withoutPolicies
    // Who waits for a replica to join comes to it at once with others, and is ranked by its number,
    // which in a live run goes by arrival.
    if plan.workload.arrivals.contains(.never) {
      for i in plan.replicas.indices { plan.replicas[i].scheduler = FirstComeFirstServed() }
    }
    let recording = Simulation.run(plan)
    var clients = LiveClients(plan)
    clients.changes = randomChanges(
      of: plan, within: recording.end.since(.start), seed: UInt64(seed))
    for (number, outcome) in recording.outcomes.enumerated() where random.uniform() < 0.2 {
      clients.leaving[number] = outcome.arrival + .millisecond * random.integer(below: 30)
    }
    if random.pick([true, false]) { clients.tie() }
    clients.follow(recording.outcomes)
    let alone = plan.withArrivals(of: recording)
    let leaving = clients.leaving.mapValues(\.picoseconds)
    let differential = Differential(
      alone, leaving: leaving, changes: clients.changes, run: clients.recording())
    #expect(differential.difference == nil, "random plan \(seed)")
  }

  @Test(arguments: plans(400))
  func `a fork goes on with the same bits and leaves the original alone`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 7)
    let kinds = [randomPlan, randomPlanWithPowerDown, randomPlanOfTies, randomDraftingPlan]
    let plan = random.pick(kinds)(UInt64(seed))
    let recording = Simulation.run(plan)
    var clients = LiveClients(plan)
    for (number, outcome) in recording.outcomes.enumerated() where random.uniform() < 0.2 {
      clients.leaving[number] = outcome.arrival + .microsecond * random.integer(below: 30_000)
    }
    clients.changes = randomChanges(
      of: plan, within: recording.end.since(.start), seed: UInt64(seed))
    let events = clients.events(recording.outcomes)
    let instant = random.integer(below: events.count + 1)
    clients.follow(events[..<instant])
    var fork = clients.copy()
    fork.follow(events[instant...])
    fork.finish()
    let forked = fork.recording()
    clients.follow(events[instant...])
    clients.finish()
    let original = clients.recording()
    #expect(fork.outcomes == clients.outcomes)
    #expect(fork.tokens == clients.tokens)
    #expect(forked.end == original.end)
    #expect(forked.interTokenLatencies.counts == original.interTokenLatencies.counts)
    #expect(forked.replicas.map(\.windows) == original.replicas.map(\.windows))
    var whole = LiveClients(plan)
    whole.leaving = clients.leaving
    whole.changes = clients.changes
    whole.follow(recording.outcomes)
    #expect(whole.outcomes == clients.outcomes)
    #expect(whole.recording().replicas.map(\.windows) == original.replicas.map(\.windows))
  }

  @Test(arguments: [10, 120, 1400])
  func `a replica can join after years`(days: Int) {
    let step = SimDuration.millisecond.picoseconds
    let replica = stepReplica(stepTime: TestStepTime(base: step, perDecode: 0))
    var live = LiveSimulation(stepPlan([], replica), capacity: 4, chains: 0)
    let join = SimTime(seconds: 86_400 * Double(days))
    #expect(live.addReplica(replica, startUp: .second, at: join) == 1)
    live.drainReplica(0, at: join)
    _ = live.submit(LiveArrival(promptTokens: 4, outputTokens: 3), at: join)
    var end = SimTime.never
    live.advance(to: join + .second + .second) { event, outcome in
      if event.kind == .ended { end = outcome.finish }
    }
    #expect(end == join + .second + .millisecond * 3)
    let recording = live.recording(outcomes: [])
    let joined = recording.replicas[1]
    #expect(joined.joined == join && recording.replicas[0].gone == join)
    #expect(joined.totals.prefillSteps.steps == 1 && joined.totals.decodeSteps.steps == 2)
    #expect(joined.totals.offTime == Double(join.picoseconds))
  }

  @Test func `a request that is aborted leaves when its step ends`() {
    let step = SimDuration.millisecond.picoseconds
    let replica = stepReplica(
      stepTime: TestStepTime(base: step, perDecode: step / 4))
    let plan = stepPlan(
      [StepRequest(prompt: 4, output: 8), StepRequest(prompt: 4, output: 8)], replica)
    var live = LiveSimulation(plan.withoutRequests, capacity: 2, chains: 0)
    let stays = live.submit(LiveArrival(promptTokens: 4, outputTokens: 8), at: .start)
    let leaves = live.submit(LiveArrival(promptTokens: 4, outputTokens: 8), at: .start)
    // A prompt step of 1 ms, then decode steps of 2 ms: the second one runs from 3 to 5 ms.
    live.advance(to: SimTime(seconds: 0.0045)) { _, _ in }
    live.abort(leaves, at: SimTime(seconds: 0.0045))
    var times: [SimTime] = []
    var aborted: Outcome?
    live.advance(to: SimTime(seconds: 1)) { event, outcome in
      if event.request == leaves, event.kind == .ended { aborted = outcome }
      if event.request == stays, event.kind == .token { times.append(event.time) }
    }
    #expect(aborted?.status == .aborted)
    #expect(aborted?.outputTokens == 3)
    #expect(aborted?.finish == SimTime(seconds: 0.005))
    #expect(
      times == [0.005, 0.00625, 0.0075, 0.00875, 0.01, 0.01125].map { SimTime(seconds: $0) })
  }

  /// It idles from 2 to 5 ms and from 8 ms on, so it is there at 15 ms, and off from 26 ms on.
  @Test(arguments: [1.5, 6, 9, 16, 20, 30])
  func `a copy goes off when the original does`(milliseconds: Double) {
    var plan = stepPlan([
      StepRequest(prompt: 2, output: 2), StepRequest(at: 5, prompt: 2, output: 3),
      StepRequest(at: 15, prompt: 2, output: 1), StepRequest(at: 40, prompt: 2, output: 1),
    ])
    plan.replicas[0].powerDown = PowerDown(after: .millisecond * 10, wake: .millisecond * 3)
    let recording = Simulation.run(plan)
    #expect(recording.replicas[0].wakes == 1)
    var live = LiveSimulation(plan, capacity: 1, chains: 0)
    live.advance(to: SimTime(seconds: milliseconds * 1e-3)) { _, _ in }
    var copy = live.copy()
    copy.advance(to: SimTime(seconds: 0.05)) { _, _ in }
    #expect(copy.plannedOutcomes == recording.outcomes)
    let copied = copy.recording(outcomes: []).replicas[0]
    #expect(copied.wakes == 1 && copied.totals.offTime == recording.replicas[0].totals.offTime)
  }

  @Test func `a number is used again when its request has ended`() {
    let plan = stepPlan([StepRequest(prompt: 2, output: 2)])
    var live = LiveSimulation(plan.withoutRequests, capacity: 1, chains: 0)
    for second in 0..<5 {
      let hadRoom = live.hasRoom
      let request = LiveArrival(promptTokens: 2, outputTokens: 2)
      let number = live.submit(request, at: SimTime(seconds: Double(second)))
      #expect(number == 0)
      let hasRoom = live.hasRoom
      #expect(hadRoom && !hasRoom)
      var ends = 0
      live.advance(to: SimTime(seconds: Double(second) + 0.5)) { event, outcome in
        guard event.kind == .ended else { return }
        ends += 1
        #expect(outcome.status == .finished)
      }
      #expect(ends == 1)
    }
    let next = live.nextEvent
    #expect(next == .never)
  }
}

extension Plan {
  /// Without what makes clients of its own give up, and without gates.
  fileprivate var withoutPolicies: Plan {
    var plan = self
    plan.workload.patience = nil
    plan.shift = nil
    plan.admission = []
    return plan
  }

  /// Its requests with the arrivals that they had in a run, so that nothing follows from the run.
  fileprivate func withArrivals(of recording: Recording) -> Plan {
    var plan = self
    plan.workload.arrivals = recording.outcomes.map(\.arrival)
    plan.workload.dependencies = nil
    plan.workload.closedLoop = nil
    return plan
  }
}

/// Sends a plan's requests to a live run when a recording says that they arrived.
struct LiveClients: ~Copyable {
  let plan: Plan
  private var live: LiveSimulation
  private(set) var outcomes: [Outcome]
  /// When each request's tokens were seen.
  private(set) var tokens: [[SimTime]]
  /// When clients go away.
  var leaving: [Int: SimTime] = [:]
  var changes: [ReplicaChange] = []
  private var requestOfNumber: [Int32: Int] = [:]

  /// What is done to the run at an instant: changes of the fleet come first, leaving comes last.
  struct Event {
    enum Kind: Int { case change, arrive, leave }
    var time: SimTime
    var kind: Kind
    /// Of a change or a request.
    var number: Int
  }

  init(_ plan: Plan) {
    self.plan = plan
    let content = plan.workload.content
    live = LiveSimulation(
      plan.withoutRequests, capacity: max(1, plan.workload.count), chains: content?.chainCount ?? 0)
    for (chain, parent) in (content?.parents ?? []).enumerated() {
      live.setChain(
        Int32(chain), parent: parent < 0 ? nil : parent, offset: content?.offsets[chain] ?? 0,
        answersExtend: content?.answersExtend[chain] ?? false)
    }
    outcomes = [Outcome](repeating: Outcome(), count: plan.workload.count)
    tokens = [[SimTime]](repeating: [], count: plan.workload.count)
  }

  private init(copying other: borrowing LiveClients) {
    plan = other.plan
    live = other.live.copy()
    outcomes = other.outcomes
    tokens = other.tokens
    leaving = other.leaving
    changes = other.changes
    requestOfNumber = other.requestOfNumber
  }

  func copy() -> LiveClients { LiveClients(copying: self) }

  /// Clients go away and the fleet changes at whole milliseconds, some at once with others.
  mutating func tie() {
    func whole(_ time: SimTime) -> SimTime {
      let millisecond = Instant(SimDuration.millisecond.picoseconds)
      return SimTime(picoseconds: time.picoseconds / millisecond * millisecond)
    }
    for number in outcomes.indices {
      if let time = leaving[number] { leaving[number] = whole(time) + .millisecond }
    }
    for i in changes.indices { changes[i].time = whole(changes[i].time) }
  }

  var gauges: [LiveGauge] { (0..<live.replicaCount).map { live.gauge(of: $0) } }

  mutating func follow(_ recorded: [Outcome]) {
    follow(events(recorded)[...])
    finish()
  }

  func events(_ recorded: [Outcome]) -> [Event] {
    let arrivals = recorded.indices.filter { recorded[$0].status != .notArrived }
      .map { Event(time: recorded[$0].arrival, kind: .arrive, number: $0) }
    let ends = leaving.map { Event(time: $0.value, kind: .leave, number: $0.key) }
    let turns = changes.indices.map {
      Event(time: changes[$0].time, kind: .change, number: $0)
    }
    return (arrivals + ends + turns).sorted {
      ($0.time, $0.kind.rawValue, $0.number) < ($1.time, $1.kind.rawValue, $1.number)
    }
  }

  mutating func follow(_ events: ArraySlice<Event>) {
    for event in events {
      advance(to: event.time)
      switch event.kind {
      case .change: make(changes[event.number].kind, at: event.time)
      case .arrive: arrive(event.number, at: event.time)
      case .leave: leave(event.number, at: event.time)
      }
    }
  }

  /// Plays until nothing is left to happen.
  mutating func finish() {
    while live.nextEvent != .never { advance(to: live.nextEvent + SimDuration(picoseconds: 1)) }
  }

  private mutating func make(_ change: ReplicaChange.Kind, at time: SimTime) {
    switch change {
    case .add(let plan, let startUp): _ = live.addReplica(plan, startUp: startUp, at: time)
    case .drain(let replica): live.drainReplica(replica, at: time)
    case .remove(let replica): live.removeReplica(replica, at: time)
    }
  }

  private mutating func arrive(_ request: Int, at time: SimTime) {
    let workload = plan.workload
    let chain = workload.content?.chainOfRequest[request] ?? -1
    let number = live.submit(
      LiveArrival(
        promptTokens: workload.promptTokens[request], outputTokens: workload.outputTokens[request],
        chain: chain < 0 ? nil : chain, session: workload.sessions?[request],
        priority: workload.priorities?[request] ?? 0,
        deadline: workload.deadlines?[request] ?? .longest,
        traits: LiveTraits(workload.traits, of: request)), at: time)
    requestOfNumber[number] = request
  }

  /// What has happened by now.
  mutating func recording() -> Recording { live.recording(outcomes: outcomes) }

  private mutating func leave(_ request: Int, at time: SimTime) {
    guard let number = requestOfNumber.first(where: { $0.value == request })?.key else { return }
    live.abort(number, at: time)
  }

  private mutating func advance(to time: SimTime) {
    var events: [(LiveEvent, Outcome)] = []
    live.advance(to: time) { events.append(($0, $1)) }
    for (event, outcome) in events {
      guard let request = requestOfNumber[event.request] else { continue }
      switch event.kind {
      case .token: tokens[request].append(event.time)
      case .ended:
        outcomes[request] = outcome
        requestOfNumber[event.request] = nil
      }
    }
  }
}

extension Outcome {
  /// It is still to come, or to end.
  fileprivate var isOpen: Bool { status == .notArrived || status == .underWay }
}
