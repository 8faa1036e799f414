import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct LiveSimulationTests {
  @Test(arguments: plans(1000))
  func `fed with a plan's arrivals it equals the simulation to the picosecond`(seed: Int) {
    var plan = randomPlan(seed: UInt64(seed))
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
    for (i, replica) in clients.recording().replicas.enumerated() {
      #expect(replica.windows == recording.replicas[i].windows)
    }
    var gaps = LogHistogram()
    for times in clients.tokens {
      for (last, next) in zip(times, times.dropFirst()) { gaps.add(next - last) }
    }
    #expect(gaps.counts == recording.interTokenLatencies.counts)
    #expect(gaps.greatest == recording.interTokenLatencies.greatest)
    for (outcome, times) in zip(outcomes, clients.tokens) where outcome.status == .finished {
      #expect(times.count == Int(outcome.outputTokens))
      #expect(times.first == outcome.firstToken)
      #expect(times.last == outcome.finish)
    }
  }

  @Test(arguments: plans(300))
  func `after aborts nothing is left of a request and the others end`(seed: Int) {
    let plan = randomPlan(seed: UInt64(seed))
    let recording = Simulation.run(plan)
    var clients = LiveClients(plan)
    var random = RandomStream(seed: UInt64(seed), .tests, index: 1)
    for (number, outcome) in recording.outcomes.enumerated() where random.uniform() < 0.4 {
      let lifetime = (outcome.finish - outcome.arrival).picoseconds
      let patience = Int64(random.uniform() * 1.2 * Double(lifetime))
      clients.leaving[number] = outcome.arrival + SimDuration(picoseconds: patience)
    }
    clients.follow(recording.outcomes)
    for (number, outcome) in clients.outcomes.enumerated() {
      switch outcome.status {
      case .finished:
        #expect(clients.tokens[number].count == Int(outcome.outputTokens))
      case .aborted:
        #expect(clients.leaving[number] != nil)
        #expect(clients.tokens[number].count == Int(outcome.outputTokens))
        #expect(clients.tokens[number].count < Int(plan.workload.outputTokens[number]))
      case .rejectedPromptTooLong: break
      case .notArrived, .underWay: Issue.record("request \(number) of plan \(seed) has not ended")
      }
    }
    for gauge in clients.gauges {
      #expect(gauge.running == 0 && gauge.waiting == 0 && gauge.usedBlocks == 0)
    }
    var alone = plan
    alone.workload.arrivals = recording.outcomes.map(\.arrival)
    alone.workload.dependencies = nil
    alone.workload.closedLoop = nil
    let leaving = clients.leaving.mapValues(\.picoseconds)
    let differential = Differential(alone, leaving: leaving, run: clients.recording())
    #expect(differential.difference == nil, "random plan \(seed)")
  }

  @Test func `a request that is aborted leaves when its step ends`() {
    let step = SimDuration.millisecond.picoseconds
    let replica = stepReplica(
      stepTime: TestStepTime(base: step, perDecode: step / 4))
    let plan = stepPlan(
      [StepRequest(prompt: 4, output: 8), StepRequest(prompt: 4, output: 8)], replica)
    var live = LiveSimulation(plan, capacity: 2, chains: 0, answersExtendChain: false)
    let stays = live.submit(LiveArrival(promptTokens: 4, outputTokens: 8), at: .start)
    let leaves = live.submit(LiveArrival(promptTokens: 4, outputTokens: 8), at: .start)
    // A prompt step of 1 ms, then decode steps of 2 ms: the second one runs from 3 to 5 ms.
    live.advance(to: SimTime(seconds: 0.0045)) { _, _ in }
    live.abort(leaves)
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

  @Test func `a number is used again when its request has ended`() {
    let plan = stepPlan([StepRequest(prompt: 2, output: 2)])
    var live = LiveSimulation(plan, capacity: 1, chains: 0, answersExtendChain: false)
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

/// Sends a plan's requests to a live run when a recording says that they arrived.
struct LiveClients: ~Copyable {
  let plan: Plan
  private var live: LiveSimulation
  private(set) var outcomes: [Outcome]
  /// When each request's tokens were seen.
  private(set) var tokens: [[SimTime]]
  /// When clients go away.
  var leaving: [Int: SimTime] = [:]
  private var requestOfNumber: [Int32: Int] = [:]

  init(_ plan: Plan) {
    self.plan = plan
    let content = plan.workload.content
    live = LiveSimulation(
      plan, capacity: plan.workload.count, chains: content?.parents.count ?? 0,
      answersExtendChain: content?.answersExtendChain ?? false)
    for (chain, parent) in (content?.parents ?? []).enumerated() {
      live.setChain(
        Int32(chain), parent: parent < 0 ? nil : parent, offset: content?.offsets[chain] ?? 0)
    }
    outcomes = [Outcome](repeating: Outcome(), count: plan.workload.count)
    tokens = [[SimTime]](repeating: [], count: plan.workload.count)
  }

  var gauges: [LiveGauge] { (0..<live.replicaCount).map { live.gauge(of: $0) } }

  mutating func follow(_ recorded: [Outcome]) {
    let arrivals = recorded.indices.filter { recorded[$0].status != .notArrived }
      .map { (time: recorded[$0].arrival, request: $0, leaves: false) }
    let ends = leaving.map { (time: $0.value, request: $0.key, leaves: true) }
    for event in (arrivals + ends).sorted(by: {
      ($0.time, $0.leaves ? 1 : 0, $0.request) < ($1.time, $1.leaves ? 1 : 0, $1.request)
    }) {
      advance(to: event.time)
      if event.leaves {
        leave(event.request, at: event.time)
      } else {
        arrive(event.request, at: event.time)
      }
    }
    while live.nextEvent != .never { advance(to: live.nextEvent + SimDuration(picoseconds: 1)) }
  }

  private mutating func arrive(_ request: Int, at time: SimTime) {
    let workload = plan.workload
    let chain = workload.content?.chainOfRequest[request] ?? -1
    let number = live.submit(
      LiveArrival(
        promptTokens: workload.promptTokens[request], outputTokens: workload.outputTokens[request],
        chain: chain < 0 ? nil : chain, session: workload.sessions?[request],
        priority: workload.priorities?[request] ?? 0,
        deadline: workload.deadlines?[request] ?? .longest), at: time)
    requestOfNumber[number] = request
  }

  /// What has happened by now.
  mutating func recording() -> Recording { live.recording(outcomes: outcomes) }

  private mutating func leave(_ request: Int, at time: SimTime) {
    // After all else that happens at the instant.
    advance(to: time + SimDuration(picoseconds: 1))
    guard let number = requestOfNumber.first(where: { $0.value == request })?.key else { return }
    live.abort(number)
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
