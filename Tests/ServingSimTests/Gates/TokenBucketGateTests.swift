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

  /// One each 800 ms, of which the header has whole seconds: those refused come again after one second, and
  /// the one that is refused then after another.
  @Test func `who is refused is told when to come again`() {
    var plan = stepPlan([0, 0, 0].map { StepRequest(at: $0, prompt: 2, output: 1) })
    plan.admission = [TokenBucketGate(rate: 1.25, burst: 1, retryAfter: .zero)]
    plan.retry = RetryPolicy(
      maxAttempts: 9, reasons: [.refused], initialBackoff: .millisecond * 10,
      maxBackoff: .millisecond * 10)
    let outcomes = Simulation.run(plan).outcomes
    #expect(outcomes.map(\.firstScheduled.seconds) == [0, 1, 2])
    #expect(outcomes.map(\.retries) == [0, 1, 2])
  }

  @Test func `clients wait the longer of what they are told and their backoff`() {
    for (told, scheduled) in [(SimDuration.zero, 3.0), (.second * 7, 7)] {
      var plan = stepPlan([0, 0].map { StepRequest(at: $0, prompt: 2, output: 1) })
      plan.admission = [TokenBucketGate(rate: 1, burst: 1, retryAfter: told)]
      plan.retry = RetryPolicy(
        maxAttempts: 2, reasons: [.refused], initialBackoff: .second * 3, maxBackoff: .second * 3)
      #expect(Simulation.run(plan).outcomes[1].firstScheduled.seconds == scheduled)
    }
  }

  @Test func `who can never pass is told nothing`() {
    var plan = stepPlan([StepRequest(prompt: 11, output: 1)])
    plan.admission = [
      TokenBucketGate(rate: 1, burst: 10, unit: .promptTokens, retryAfter: .second * 100)
    ]
    plan.retry = RetryPolicy(
      maxAttempts: 2, reasons: [.refused], initialBackoff: .second, maxBackoff: .second)
    #expect(Simulation.run(plan).outcomes[0].finish.seconds == 1)
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
