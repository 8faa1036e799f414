import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// What was to come of a failure when another one came first. Steps take a millisecond each.
@Suite(.timeLimit(.minutes(30))) struct OverlappingFailureTests {
  private func milliseconds(_ count: Double) -> SimTime { SimTime(seconds: count * 1e-3) }

  private func at(_ time: Double, _ kind: Failure.Kind, repair: Int) -> FailureRule {
    FailureRule(
      .at(milliseconds(time)), .all, Failure(kind, repair: .after(.millisecond * repair)))
  }

  private func run(
    _ requests: [StepRequest], _ failures: [FailureRule], _ change: (inout Plan) -> Void = { _ in }
  ) -> Recording {
    var plan = stepPlan(requests)
    plan.failures = failures
    change(&plan)
    #expect(Differential(plan).difference == nil)
    return Simulation.run(plan)
  }

  @Test func `who crashed before its notice was over is not taken away when it would have been`() {
    let outcomes = run(
      [StepRequest(prompt: 2, output: 2), StepRequest(at: 12, prompt: 2, output: 20)],
      [at(1.5, .reclaim(notice: .millisecond * 20), repair: 10), at(3.5, .crash, repair: 5)]
    ).outcomes
    #expect(outcomes[1].status == .finished && outcomes[1].finish == milliseconds(32))
  }

  @Test func `who is slowed again is as fast as before when the second time is over`() {
    let recording = run(
      [StepRequest(prompt: 2, output: 8)],
      [at(1.5, .slow(factor: 2), repair: 4), at(2.5, .slow(factor: 3), repair: 20)])
    // Two steps of 1 ms, one of 2 ms that is under way as it is slowed again, and five of 3 ms.
    #expect(recording.outcomes[0].finish > milliseconds(17))
  }

  @Test func `who is cut off again is noticed by the second time`() {
    let outcomes = run(
      [StepRequest(at: 15, prompt: 2, output: 2), StepRequest(at: 30, prompt: 2, output: 2)],
      [
        at(1, .partition(detection: .millisecond * 10), repair: 3),
        at(6, .partition(detection: .millisecond * 20), repair: 40),
      ]
    ).outcomes
    #expect(outcomes.map(\.status) == [.failed, .finished])
    #expect(outcomes[0].finish == milliseconds(26))
    #expect(outcomes[1].firstScheduled == milliseconds(46))
  }

  @Test func `who is reached again has idled from then on`() {
    let recording = run(
      [StepRequest(prompt: 2, output: 2), StepRequest(at: 15, prompt: 2, output: 2)],
      [at(4, .partition(detection: .zero), repair: 4)]
    ) { plan in
      plan.replicas[0].powerDown = PowerDown(after: .millisecond * 10, wake: .millisecond * 3)
    }
    #expect(recording.replicas[0].wakes == 0)
    #expect(recording.outcomes[1].firstScheduled == milliseconds(15))
  }

  /// Of four tokens, two failures leave two, which is not enough; two answers give them back.
  @Test func `who succeeds lets others try again`() {
    let recording = run(
      [
        StepRequest(prompt: 2, output: 9), StepRequest(prompt: 2, output: 9),
        StepRequest(at: 40, prompt: 2, output: 2), StepRequest(at: 50, prompt: 2, output: 9),
      ], [at(3.5, .crash, repair: 10), at(53.5, .crash, repair: 10)]
    ) { plan in
      plan.retry = RetryPolicy(
        maxAttempts: 9, reasons: [.failed], initialBackoff: .millisecond, maxBackoff: .second,
        throttling: .init(maxTokens: 4, ratio: 1000))
    }
    #expect(recording.outcomes.map(\.retries) == [1, 0, 0, 1])
    #expect(recording.outcomes.map(\.status) == [.finished, .failed, .finished, .finished])
  }

  @Test func `who gives up as its answer comes has it`() {
    let recording = run([StepRequest(prompt: 2, output: 4)], []) { plan in
      plan.workload.patience = [SimDuration(picoseconds: 3_500_000_000)]
      plan.retry = RetryPolicy(
        maxAttempts: 3, reasons: [.timedOut], initialBackoff: .millisecond, maxBackoff: .second)
    }
    #expect(recording.outcomes[0].status == .finished && recording.outcomes[0].retries == 0)
    #expect(recording.outcomes[0].finish == milliseconds(4))
  }

  @Test func `a replica that joins later fails by what it has been there`() {
    let recording = run(
      (0..<100).map { StepRequest(at: Double(2 * $0), prompt: 2, output: 5) },
      [FailureRule(.every(seconds: 0.02), .all, Failure(.crash, repair: .after(.millisecond)))]
    ) { plan in
      plan.scaling = [
        ScalingPlan(
          group: "by hand", replica: plan.replicas[0], bounds: 1...4, startUp: .zero,
          scaler: ScheduledScaler([.init(time: milliseconds(60), replicas: 4)]))
      ]
    }
    #expect(recording.replicas.count == 4)
    #expect(recording.replicas.allSatisfy { $0.failures > 1 })
  }
}
