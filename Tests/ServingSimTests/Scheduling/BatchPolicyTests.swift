import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Who goes first with each policy: three requests come together to an engine with one seat.
@Suite(.timeLimit(.minutes(30))) struct BatchPolicyTests {
  /// The numbers of the requests in the order in which they are served.
  private func order(_ policy: any BatchPolicy) -> [Int] {
    var plan = stepPlan(
      [
        StepRequest(prompt: 6, output: 2, priority: 2),
        StepRequest(prompt: 2, output: 2, priority: 3),
        StepRequest(prompt: 4, output: 2, priority: 1),
      ], stepReplica(seats: 1, scheduler: policy))
    plan.workload.deadlines = [.millisecond * 30, .longest, .millisecond * 20]
    let outcomes = Simulation.run(plan).outcomes
    return outcomes.indices.sorted { outcomes[$0].firstScheduled < outcomes[$1].firstScheduled }
  }

  @Test func `first come, first served`() { #expect(order(FirstComeFirstServed()) == [0, 1, 2]) }

  @Test func `the least value has priority`() { #expect(order(PriorityFirst()) == [2, 0, 1]) }

  @Test func `the shortest prompt first`() { #expect(order(ShortestPromptFirst()) == [1, 2, 0]) }

  @Test func `the earliest deadline first, and who has none last`() {
    #expect(order(EarliestDeadlineFirst()) == [2, 0, 1])
  }

  @Test func `a static batch ends before the next begins`() {
    let plan = stepPlan(
      [
        StepRequest(prompt: 2, output: 1), StepRequest(prompt: 2, output: 5),
        StepRequest(prompt: 2, output: 1),
      ], stepReplica(seats: 2, scheduler: StaticBatching()))
    let outcomes = Simulation.run(plan).outcomes
    #expect(outcomes[2].firstScheduled == outcomes[1].finish)
  }
}
