import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ReplicaRecorderTests {
  @Test(arguments: plans(200))
  func `windows add up to what the requests did`(seed: Int) {
    let plan = randomPlan(seed: UInt64(seed))
    let recording = Simulation.run(plan)
    var totals = WindowTotals()
    for replica in recording.replicas {
      for window in replica.windows { totals.add(window) }
    }
    let rows = (0..<plan.workload.count).map { (outcome: recording.outcomes[$0], number: $0) }
    let finished = rows.filter { $0.outcome.status == .finished }
    #expect(totals.arrived == finished.count)
    #expect(totals.finished == finished.count)
    let steps = recording.replicas.reduce(0) { $0 + $1.steps }
    #expect(close(totals.prefillSteps.steps + totals.decodeSteps.steps, steps))
    #expect(totals.preemptions == recording.replicas.reduce(0) { $0 + $1.preemptions })
    // A preempted request computes some of it again.
    guard totals.preemptions == 0 else { return }
    let running = finished.reduce(0) { $0 + span($1.outcome.firstScheduled, $1.outcome.finish) }
    let waiting = finished.reduce(0) { $0 + span($1.outcome.arrival, $1.outcome.firstScheduled) }
    #expect(close(totals.runningTime, running))
    #expect(close(totals.waitingTime, waiting))
    let decoded = finished.reduce(0) { $0 + Int($1.outcome.outputTokens) - 1 }
    #expect(close(totals.prefillSteps.decodeTokens + totals.decodeSteps.decodeTokens, decoded))
    let prefilled = finished.reduce(0) {
      $0 + Int(plan.workload.promptTokens[$1.number]) - Int($1.outcome.cachedTokens)
    }
    #expect(close(totals.prefillSteps.prefillTokens, prefilled))
    #expect(totals.decodeSteps.prefillTokens == 0)
  }

  @Test func `replicas of a large fleet keep fewer windows, over the same time`() {
    var plan = randomPlan(seed: 1)
    plan.workload = Workload(
      arrivals: (0..<40).map { SimTime(seconds: Double($0)) },
      promptTokens: [Int32](repeating: 1, count: 40),
      outputTokens: [Int32](repeating: 1, count: 40),
      description: "a request a second")
    let small = Simulation.run(plan)
    plan.replicas = [ReplicaPlan](repeating: plan.replicas[0], count: 2000)
    let large = Simulation.run(plan)
    #expect(large.replicas.allSatisfy { $0.windows.count <= 64 })
    #expect(small.replicas[0].windows.count > 256)
    #expect(large.replicas.reduce(0) { $0 + $1.windows.reduce(0) { $0 + $1.finished } } == 40)
  }

  @Test func `an arrival amid a step moves nothing of the step into a later window`() {
    // Windows of 125 ms are opened by arrivals within steps of 100 ms.
    let requests = (0..<60).map { StepRequest(at: Double($0) * 61, prompt: 2, output: 9) }
    let replica = stepReplica(
      stepTime: TestStepTime(base: 100 * SimDuration.millisecond.picoseconds))
    let recording = Simulation.run(stepPlan(requests, replica)).replicas[0]
    for window in recording.windows {
      #expect(
        window.prefillSteps.busy + window.decodeSteps.busy
          <= Double(recording.windowLength.picoseconds))
    }
  }

  @Test func `a step that ends with a window is in it whole`() {
    let replica = stepReplica(
      stepTime: TestStepTime(base: 62 * SimDuration.millisecond.picoseconds + 500_000_000))
    let plan = stepPlan([StepRequest(prompt: 2, output: 9)], replica)
    let steps = Simulation.run(plan).replicas[0].windows.map(\.decodeSteps)
    #expect(steps.map(\.steps) == [1, 2, 2, 2, 1])
    #expect(steps.map(\.decodeTokens) == [1, 2, 2, 2, 1])
  }

  @Test func `windows of all replicas have one length, that of the one that ran longest`() {
    let requests = [0.0, 0.1, 100_000].map { StepRequest(at: $0, prompt: 2, output: 2) }
    var plan = stepPlan(requests, stepReplica())
    plan.replicas.append(plan.replicas[0])
    plan.router = .roundRobin
    let recording = Simulation.run(plan)
    #expect(recording.outcomes.map(\.replica) == [0, 1, 0])
    #expect(
      recording.replicas.map(\.windowLength.picoseconds) == [250_000_000_000, 250_000_000_000])
  }

  private func span(_ from: SimTime, _ to: SimTime) -> Int { Int(to.since(from).picoseconds) }

  private func close(_ value: Double, _ expected: Int) -> Bool {
    abs(value - Double(expected)) <= 1e-9 * Double(max(1, expected))
  }
}
