import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Replicas that are switched off when they have nothing to do; steps take a millisecond.
@Suite(.timeLimit(.minutes(30))) struct PowerDownTests {
  private func run(
    _ requests: [StepRequest], after: Int = 5, wake: Int = 3, caching: Bool = false
  ) -> Recording {
    var replica = stepReplica(caching: caching)
    replica.powerDown = PowerDown(
      after: .millisecond * after, wake: .millisecond * wake)
    return Simulation.run(stepPlan(requests, replica))
  }

  private func milliseconds(_ times: [SimTime]) -> [Double] { times.map { $0.seconds * 1e3 } }

  /// Two steps, so it is idle from 2 ms on and off from 7 ms on.
  private let first = StepRequest(prompt: 2, output: 2)

  @Test func `a request at a replica that is off waits until it is back`() {
    let recording = run([first, StepRequest(at: 20, prompt: 2, output: 1)])
    #expect(milliseconds(recording.outcomes.map(\.firstScheduled)) == [0, 23])
    #expect(milliseconds(recording.outcomes.map(\.finish)) == [2, 24])
    #expect(recording.replicas[0].wakes == 1)
    #expect(recording.replicas[0].totals.offTime == 13e9)
  }

  @Test func `an idle replica that is not off yet starts at once`() {
    let recording = run([first, StepRequest(at: 6.5, prompt: 2, output: 1)])
    #expect(milliseconds(recording.outcomes.map(\.firstScheduled)) == [0, 6.5])
    #expect(recording.replicas[0].wakes == 0)
    #expect(recording.replicas[0].totals.offTime == 0)
  }

  @Test func `who comes while it wakes is in its first step`() {
    let recording = run([
      first, StepRequest(at: 20, prompt: 2, output: 1), StepRequest(at: 22, prompt: 2, output: 1),
    ])
    #expect(milliseconds(recording.outcomes.map(\.firstScheduled)) == [0, 23, 23])
  }

  @Test func `being off costs the prefix cache`() {
    let prompts = [
      StepRequest(prompt: 6, output: 1, chain: 0),
      StepRequest(at: 4, prompt: 6, output: 1, chain: 0),
      StepRequest(at: 30, prompt: 6, output: 1, chain: 0),
    ]
    #expect(run(prompts, caching: true).outcomes.map(\.cachedTokens) == [0, 4, 0])
    #expect(run(prompts, after: 99, caching: true).outcomes.map(\.cachedTokens) == [0, 4, 4])
  }

  @Test func `a refused request wakes nobody`() {
    let recording = run([first, StepRequest(at: 20, prompt: 4000, output: 1)])
    #expect(recording.outcomes[1].status == .rejectedPromptTooLong)
    #expect(recording.replicas[0].wakes == 0)
    #expect(recording.replicas[0].totals.offTime == 13e9)
  }

  @Test func `off time lies in the windows that it was`() {
    // Windows of 125 ms.
    let recording = run([first, StepRequest(at: 400, prompt: 2, output: 1)])
    let off = recording.replicas[0].windows.map { $0.offTime / 1e9 }
    #expect(off == [118, 125, 125, 25])
  }
}
