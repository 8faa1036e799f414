import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct SaturationGateTests {
  private func refused(
    _ gate: SaturationGate, _ requests: [StepRequest], fleet: Int = 1, blocks: Int = 64
  ) -> [Int] {
    var plan = stepPlan(requests, stepReplica(seats: 1, blocks: blocks))
    plan.replicas = (0..<fleet).map { _ in plan.replicas[0] }
    plan.router = .leastOutstanding
    plan.admission = [gate]
    let outcomes = Simulation.run(plan).outcomes
    return outcomes.indices.filter { outcomes[$0].status == .rejectedByAdmission }
  }

  /// Later priorities are vLLM's: a larger one is less urgent.
  @Test func `only the sheddable are refused, where the queue is longer than may be`() {
    // The first one runs from the beginning of its first step on, at the end of this instant.
    let requests = (0..<6).map { StepRequest(prompt: 2, output: 9, priority: $0 % 2 == 0 ? 0 : 1) }
    #expect(refused(SaturationGate(queueDepthThreshold: 2), requests) == [3, 5])
    #expect(
      refused(SaturationGate(queueDepthThreshold: 2, priorityBelow: 1), requests) == [3, 4, 5])
    #expect(refused(SaturationGate(), requests).isEmpty)
  }

  @Test func `one replica that is not saturated is enough`() {
    let requests = (0..<7).map { _ in StepRequest(prompt: 2, output: 9, priority: 1) }
    #expect(refused(SaturationGate(queueDepthThreshold: 1), requests, fleet: 2) == [4, 5, 6])
  }

  @Test func `KV memory counts, too`() {
    // 5 of 8 blocks are in use.
    let requests = [
      StepRequest(prompt: 8, output: 4), StepRequest(at: 1.5, prompt: 2, output: 1, priority: 1),
    ]
    #expect(refused(SaturationGate(kvCacheUtilThreshold: 0.6), requests, blocks: 8) == [1])
    #expect(refused(SaturationGate(kvCacheUtilThreshold: 0.7), requests, blocks: 8).isEmpty)
  }
}
