import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Three replicas of four seats, off after 5 ms without work, back after 3 ms.
@Suite(.timeLimit(.minutes(30))) struct ConsolidateTests {
  private func replicas(_ requests: [StepRequest], alwaysOn: Int = 0) -> [Int32] {
    var plan = stepPlan(requests)
    var other = plan.replicas[0]
    other.powerDown = PowerDown(after: .millisecond * 5, wake: .millisecond * 3)
    plan.replicas = (0..<3).map { $0 == alwaysOn ? plan.replicas[0] : other }
    plan.router = .consolidate
    return Simulation.run(plan).outcomes.map(\.replica)
  }

  @Test func `the first with a free seat`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 9), count: 9)
    #expect(replicas(requests) == [0, 0, 0, 0, 1, 1, 1, 1, 2])
  }

  @Test func `an idle replica that is on goes before one that is off`() {
    // At 10 ms replicas 0 and 1 are off.
    var requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 2), count: 8)
    requests += [StepRequest](repeating: StepRequest(at: 10, prompt: 2, output: 2), count: 5)
    #expect(replicas(requests, alwaysOn: 2).suffix(5) == [2, 2, 2, 2, 0])
  }

  @Test func `when all are full, the one with the fewest`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 9), count: 14)
    #expect(replicas(requests).suffix(2) == [0, 1])
  }
}
