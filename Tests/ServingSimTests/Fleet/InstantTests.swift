import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// The order of what happens at one instant, followed with a pencil. All steps take a millisecond.
@Suite(.timeLimit(.minutes(30))) struct InstantTests {
  private func milliseconds(_ count: Int) -> SimTime { .start + .millisecond * count }

  /// With the same clients, who all wait for ever but those that `patience` names.
  private func plan(
    _ requests: [StepRequest], _ replica: ReplicaPlan = stepReplica(), patience: [Int: Int]
  ) -> Plan {
    var plan = stepPlan(requests, replica)
    plan.workload.patience = requests.indices.map { number in
      patience[number].map { .millisecond * $0 } ?? .longest
    }
    return plan
  }

  @Test func `a client that gives up as a step ends is not in the next`() {
    let plan = plan(
      [StepRequest(prompt: 2, output: 9), StepRequest(prompt: 2, output: 9)], patience: [1: 3])
    let recording = Simulation.run(plan)
    #expect(recording.outcomes[1].status == .aborted)
    #expect(recording.outcomes[1].finish == milliseconds(3))
    #expect(recording.outcomes[1].outputTokens == 3)
    // Steps of one request at 3 ms and after, whether they are taken together or one by one.
    #expect(recording.replicas[0].totals.decodeSteps.decodeTokens == 2 * 2 + 6)
    var live = LiveSimulation(plan, capacity: 1, chains: 0)
    live.advance(to: milliseconds(20)) { _, _ in }
    #expect(live.plannedOutcomes == recording.outcomes)
    #expect(Differential(plan).difference == nil)
  }

  @Test(arguments: [(2, OutcomeStatus.finished), (3, .rejectedByAdmission)])
  func `a client that gives up makes room for who arrives`(patience: Int, status: OutcomeStatus) {
    var plan = plan(
      [
        StepRequest(prompt: 2, output: 9), StepRequest(at: 1, prompt: 2, output: 1),
        StepRequest(at: 3, prompt: 2, output: 1),
      ], stepReplica(seats: 1), patience: [1: patience])
    plan.admission = [QueueLimitGate(limit: 1)]
    let outcomes = Simulation.run(plan).outcomes
    #expect(outcomes[1].finish == milliseconds(1 + patience))
    #expect(outcomes.map(\.status) == [.finished, .aborted, status])
    #expect(Differential(plan).difference == nil)
  }

  @Test(arguments: [(2, 0), (3, 1)])
  func `who gives up at a replica that wakes is gone when another is sent`(
    patience: Int, replica: Int32
  ) {
    var plan = plan(
      [StepRequest(at: 2, prompt: 2, output: 1), StepRequest(at: 4, prompt: 2, output: 1)],
      patience: [0: patience])
    plan.replicas[0].powerDown = PowerDown(after: .millisecond, wake: .millisecond * 5)
    plan.replicas.append(plan.replicas[0])
    plan.router = .leastOutstanding
    let outcomes = Simulation.run(plan).outcomes
    #expect(outcomes[0].status == .aborted)
    #expect(outcomes[0].finish == milliseconds(2 + patience))
    #expect(outcomes[1].replica == replica)
    #expect(outcomes[1].firstScheduled == milliseconds(replica == 0 ? 7 : 9))
    #expect(Differential(plan).difference == nil)
  }

  @Test func `who gives up as its replica comes up is not computed`() {
    var plan = plan([StepRequest(at: 2, prompt: 2, output: 1)], patience: [0: 5])
    plan.replicas[0].powerDown = PowerDown(after: .millisecond, wake: .millisecond * 5)
    let recording = Simulation.run(plan)
    #expect(recording.outcomes[0].status == .aborted)
    #expect(recording.outcomes[0].finish == milliseconds(7))
    #expect(recording.replicas[0].steps == 0)
    #expect(Differential(plan).difference == nil)
  }

  @Test func `what a client sends as it gives up arrives at that instant`() {
    var plan = plan(
      [StepRequest(prompt: 2, output: 9), StepRequest(prompt: 2, output: 1)],
      stepReplica(seats: 1), patience: [0: 3])
    plan.workload.arrivals = [.never, .never]
    plan.workload.closedLoop = ClosedLoop(concurrency: 1, thinkTime: .zero)
    let outcomes = Simulation.run(plan).outcomes
    #expect(outcomes[0].finish == milliseconds(3))
    #expect(outcomes[1].arrival == milliseconds(3))
    #expect(outcomes[1].firstScheduled == milliseconds(3))
    #expect(Differential(plan).difference == nil)
  }

  @Test func `a replica that is taken away as a step ends begins no other`() {
    let plan = stepPlan([StepRequest(prompt: 2, output: 9)])
    var live = LiveSimulation(plan, capacity: 1, chains: 0)
    live.removeReplica(0, at: milliseconds(3))
    live.advance(to: milliseconds(20)) { _, _ in }
    #expect(live.plannedOutcomes[0].status == .failed)
    #expect(live.plannedOutcomes[0].finish == milliseconds(3))
    #expect(live.plannedOutcomes[0].outputTokens == 3)
  }

  @Test func `who is aborted while no replica is up ends then`() {
    let replica = stepReplica()
    var live = LiveSimulation(stepPlan([], replica), capacity: 2, chains: 0)
    live.drainReplica(0, at: .start)
    _ = live.addReplica(replica, startUp: .second, at: .start)
    let request = live.submit(LiveArrival(promptTokens: 2, outputTokens: 1), at: milliseconds(1))
    live.advance(to: milliseconds(400)) { _, _ in }
    live.abort(request, at: milliseconds(400))
    var ends: [SimTime] = []
    live.advance(to: milliseconds(2000)) { event, outcome in
      #expect(event.kind == .ended && outcome.status == .aborted)
      ends += [event.time, outcome.finish]
    }
    #expect(ends == [milliseconds(400), milliseconds(400)])
  }

  /// Nothing follows from what ends at the first replica at 4 ms, which goes on with another request;
  /// what ends at the second one then has a follower, which is sent to the first.
  @Test func `who follows an end is in time for steps of others that begin then`() {
    var plan = stepPlan(
      [(0, 9), (0, 4), (0, 4), (0, 1), (0, 2)].map {
        StepRequest(at: $0, prompt: 1, output: $1)
      })
    plan.replicas.append(plan.replicas[0])
    plan.workload.arrivals[4] = .never
    plan.workload.dependencies = Dependencies(
      waitsFor: [0, 0, 0, 0, 1], firstDependent: [0, 0, 1, 1, 1, 1], dependents: [4],
      thinkTimes: Array(repeating: .zero, count: 5))
    #expect(Differential(plan).difference == nil)
    let outcome = Simulation.run(plan).outcomes[4]
    #expect(outcome.replica == 0 && outcome.arrival == milliseconds(4))
    #expect(outcome.firstScheduled == milliseconds(4))
  }

  /// A prompt that is computed in chunks beside answers ends in the same step as one of these. Who was
  /// admitted first ends first, so its text is evicted first.
  @Test func `requests that end with one step end in the order they run in`() {
    let replica = stepReplica(blocks: 5, caching: true, longestChunk: 2)
    let plan = stepPlan(
      [
        StepRequest(prompt: 6, output: 1, chain: 0), StepRequest(prompt: 2, output: 3, chain: 1),
        StepRequest(at: 10, prompt: 4, output: 1),
        StepRequest(at: 20, prompt: 3, output: 1, chain: 1),
      ], replica)
    let outcomes = Simulation.run(plan).outcomes
    #expect(outcomes[0].finish == milliseconds(3) && outcomes[1].finish == milliseconds(3))
    #expect(outcomes[3].cachedTokens == 2)
    #expect(Differential(plan).difference == nil)
  }
}
