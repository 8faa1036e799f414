import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct LeastOutstandingTokensTests {
  @Test func `the fewest tokens count, not the fewest requests`() {
    let requests = [
      StepRequest(prompt: 40, output: 9), StepRequest(prompt: 8, output: 9),
      StepRequest(prompt: 8, output: 9), StepRequest(prompt: 8, output: 9),
      StepRequest(prompt: 8, output: 9),
    ]
    #expect(replicas(.leastOutstandingTokens, requests, fleet: 2) == [0, 1, 1, 1, 1])
  }

  @Test func `answers count as far as they have come`() {
    // Amid a step the first one has 2 + 20 tokens and the second 10 + 18; then the third has joined.
    let requests = [
      StepRequest(prompt: 2, output: 90), StepRequest(at: 0.5, prompt: 10, output: 90),
      StepRequest(at: 20.25, prompt: 8, output: 1), StepRequest(at: 20.25, prompt: 1, output: 1),
    ]
    #expect(replicas(.leastOutstandingTokens, requests, fleet: 2) == [0, 1, 0, 1])
  }
}
