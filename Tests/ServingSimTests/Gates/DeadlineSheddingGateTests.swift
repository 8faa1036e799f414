import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Steps of a millisecond, 8 tokens of a prompt in each.
@Suite(.timeLimit(.minutes(30))) struct DeadlineSheddingGateTests {
  private func refused(
    _ prompt: Int32, within deadline: SimDuration?, outputTokens: Int = 1, fleet: Int = 1
  ) -> Bool {
    var plan = stepPlan([StepRequest(prompt: prompt, output: 4)])
    let slow = stepReplica(stepTime: TestStepTime(base: SimDuration.second.picoseconds))
    plan.replicas = [ReplicaPlan](repeating: slow, count: fleet - 1) + plan.replicas
    plan.workload.deadlines = deadline.map { [$0] }
    plan.admission = [DeadlineSheddingGate(outputTokens: outputTokens)]
    return Simulation.run(plan).outcomes[0].status == .rejectedByAdmission
  }

  @Test func `a prompt that takes longer than there is time for is refused`() {
    #expect(refused(17, within: .millisecond * 2))
    #expect(!refused(17, within: .millisecond * 3))
    #expect(!refused(17, within: nil))
  }

  @Test func `tokens of the answer can be reckoned with`() {
    #expect(refused(17, within: .millisecond * 5, outputTokens: 4))
    #expect(!refused(17, within: .millisecond * 6, outputTokens: 4))
  }

  @Test func `the fastest replica decides`() {
    #expect(!refused(17, within: .millisecond * 3, fleet: 3))
  }

  @Test func `what is cached need not be computed`() {
    var plan = stepPlan(
      [
        StepRequest(prompt: 17, output: 1, chain: 0),
        StepRequest(at: 9, prompt: 17, output: 1, chain: 0),
      ], stepReplica(caching: true))
    plan.workload.deadlines = [.longest, .millisecond]
    plan.admission = [DeadlineSheddingGate()]
    #expect(Simulation.run(plan).outcomes.map(\.status) == [.finished, .finished])
  }
}
