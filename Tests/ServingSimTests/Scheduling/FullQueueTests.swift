import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// One seat, and room for two who wait. Steps take a millisecond.
@Suite(.timeLimit(.minutes(30))) struct FullQueueTests {
  private func run(
    _ requests: [StepRequest], _ policy: any BatchPolicy, retry: RetryPolicy? = nil
  ) -> Recording {
    var plan = stepPlan(requests, stepReplica(seats: 1, scheduler: policy))
    plan.replicas[0].maxQueuedRequests = 2
    plan.retry = retry
    #expect(Differential(plan).difference == nil)
    return Simulation.run(plan)
  }

  private func refused(_ recording: Recording) -> [Int] {
    recording.outcomes.indices.filter { recording.outcomes[$0].status == .rejectedByAdmission }
  }

  /// The first runs when the others come.
  private func requests(_ priorities: [Int32]) -> [StepRequest] {
    [StepRequest(prompt: 2, output: 9)]
      + priorities.map { StepRequest(at: 1.5, prompt: 2, output: 1, priority: $0) }
  }

  @Test func `who comes to a full queue is refused`() {
    #expect(refused(run(requests([0, 0, 0, 0]), FirstComeFirstServed())) == [3, 4])
    #expect(refused(run(requests([2, 1, 0]), FirstComeFirstServed())) == [3])
  }

  @Test func `the least urgent gives way, of equal ones the last`() {
    let recording = run(requests([1, 1, 0, 2, 1]), PriorityFirst())
    #expect(refused(recording) == [2, 4, 5])
    #expect(recording.outcomes[2].finish.seconds == 1.5e-3)
    #expect(recording.outcomes[3].firstScheduled < recording.outcomes[1].firstScheduled)
  }

  @Test func `who has given way comes again`() {
    let retry = RetryPolicy(
      maxAttempts: 2, reasons: [.refused], initialBackoff: .millisecond * 20,
      maxBackoff: .millisecond * 20)
    let recording = run(requests([1, 1, 0]), PriorityFirst(), retry: retry)
    #expect(refused(recording).isEmpty)
    #expect(recording.outcomes[2].retries == 1)
    #expect(recording.outcomes[2].firstScheduled.seconds == 21.5e-3)
  }

  @Test func `whoever is last in the queue's order gives way`() {
    let requests = [
      StepRequest(prompt: 2, output: 9), StepRequest(at: 1.5, prompt: 8, output: 1),
      StepRequest(at: 1.5, prompt: 4, output: 1), StepRequest(at: 1.5, prompt: 6, output: 1),
    ]
    #expect(refused(run(requests, ShortestPromptFirst())) == [1])
  }
}
