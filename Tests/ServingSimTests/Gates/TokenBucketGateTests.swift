import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct TokenBucketGateTests {
  /// Which requests are let in, at times in milliseconds.
  private func letIn(
    _ gate: TokenBucketGate, _ requests: [StepRequest], tenants: [Int32]? = nil
  ) -> [Bool] {
    var plan = stepPlan(requests)
    plan.admission = [gate]
    if let tenants {
      plan.workload.traits[.tenant] = RequestLabels(names: ["a", "b"], ofRequest: tenants)
    }
    return Simulation.run(plan).outcomes.map { $0.status == .finished }
  }

  @Test func `a burst, then the rate`() {
    let requests = [0, 0, 0, 4, 5, 9, 10].map { StepRequest(at: $0, prompt: 2, output: 1) }
    // One each 5 ms.
    #expect(
      letIn(TokenBucketGate(rate: 200, burst: 2), requests) == [
        true, true, false, false, true, false, true,
      ])
  }

  @Test func `the bucket holds no more than the burst`() {
    let requests = [0, 500, 500, 500].map { StepRequest(at: $0, prompt: 2, output: 1) }
    #expect(
      letIn(TokenBucketGate(rate: 200, burst: 2), requests) == [true, true, true, false])
  }

  @Test func `tokens of prompts are counted, and what exceeds the burst never passes`() {
    let requests = [6, 5, 4, 11].map { StepRequest(prompt: $0, output: 1) }
    let gate = TokenBucketGate(rate: 1, burst: 10, unit: .promptTokens)
    #expect(letIn(gate, requests) == [true, false, true, false])
  }

  @Test func `each tenant has its own, and those without one together`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 1), count: 6)
    let gate = TokenBucketGate(rate: 1, burst: 1, scope: .tenant)
    #expect(
      letIn(gate, requests, tenants: [0, 0, 1, -1, 1, -1]) == [
        true, false, true, true, false, false,
      ])
  }
}
