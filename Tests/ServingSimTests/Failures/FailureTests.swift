import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Steps take a millisecond each.
@Suite(.timeLimit(.minutes(30))) struct FailureTests {
  private func milliseconds(_ count: Double) -> SimTime { SimTime(seconds: count * 1e-3) }

  private func crash(at time: Double, repair: Failure.Repair = .after(.millisecond * 10))
    -> FailureRule
  {
    FailureRule(.at(milliseconds(time)), .all, Failure(.crash, repair: repair))
  }

  private func run(
    _ requests: [StepRequest], failures: [FailureRule], retry: RetryPolicy? = nil
  ) -> Recording {
    var plan = stepPlan(requests)
    plan.failures = failures
    plan.retry = retry
    #expect(Differential(plan).difference == nil)
    return Simulation.run(plan)
  }

  private func retry(
    _ attempts: Int, after backoff: SimDuration = .millisecond,
    _ reasons: Set<RetryPolicy.Reason> = [.failed],
    throttling: RetryPolicy.Throttling? = nil
  ) -> RetryPolicy {
    RetryPolicy(
      maxAttempts: attempts, reasons: reasons, initialBackoff: backoff, maxBackoff: .second,
      multiplier: 2, throttling: throttling)
  }

  @Test func `a crash takes what there is as the step ends, and repair brings the replica back`() {
    let recording = run(
      [StepRequest(prompt: 2, output: 9), StepRequest(at: 5, prompt: 2, output: 1)],
      failures: [crash(at: 3.5)])
    let outcomes = recording.outcomes
    #expect(outcomes[0].status == .failed && outcomes[0].finish == milliseconds(4))
    #expect(outcomes[0].outputTokens == 4)
    // It waits in the fleet until somebody is there.
    #expect(outcomes[1].firstScheduled == milliseconds(14))
    #expect(recording.replicas[0].failures == 1)
    #expect(recording.replicas[0].downTime == milliseconds(10).picoseconds)
    #expect(
      recording.lost == [
        LostAttempt(
          number: 0, attempt: 1, replica: 0, firstScheduled: .start, firstToken: milliseconds(1),
          end: milliseconds(4), promptTokens: 2, outputTokens: 4)
      ])
  }

  @Test func `another attempt begins from the prompt, and latencies count from the first arrival`()
  {
    let recording = run(
      [StepRequest(prompt: 2, output: 9)], failures: [crash(at: 3.5)], retry: retry(2))
    let outcome = recording.outcomes[0]
    #expect(outcome.status == .finished && outcome.retries == 1 && outcome.arrival == .start)
    #expect(outcome.firstScheduled == milliseconds(14))
    #expect(outcome.finish == milliseconds(14 + 9))
    #expect(recording.lost.map(\.outputTokens) == [4])
  }

  @Test func `attempts end`() {
    let outcome = run(
      [StepRequest(prompt: 2, output: 9)],
      failures: [crash(at: 3.5), crash(at: 15.5), crash(at: 27.5)], retry: retry(3)
    ).outcomes[0]
    #expect(outcome.status == .failed && outcome.retries == 2)
    #expect(outcome.finish == milliseconds(28))
  }

  @Test func `backoff grows up to its most and varies by its jitter`() {
    var policy = retry(9, after: .millisecond * 300)
    let times = (1...4).map { policy.backoff(after: $0, of: 0, seed: 1).seconds }
    #expect(times == [0.3, 0.6, 1, 1])
    policy.jitter = 0.5
    let varied = (0..<200).map { policy.backoff(after: 1, of: $0, seed: 1).seconds }
    #expect(varied.allSatisfy { (0.15...0.45).contains($0) } && Set(varied).count > 100)
    #expect(abs(varied.reduce(0, +) / 200 - 0.3) < 0.02)
  }

  @Test func `no backoff is longer than times can be`() {
    let policy = RetryPolicy(
      maxAttempts: 2, reasons: [.failed], initialBackoff: .longest, maxBackoff: .longest, jitter: 1)
    let times = (0..<100).map { policy.backoff(after: 1, of: $0, seed: 1) }
    #expect(times.max() == .longest)
  }

  @Test func `who times out is sent again when the replica has dropped it`() {
    var plan = stepPlan([StepRequest(prompt: 2, output: 9)])
    plan.workload.patience = [SimDuration(picoseconds: 3_500_000_000)]
    plan.retry = retry(2, after: SimDuration(picoseconds: 100_000_000), [.timedOut])
    #expect(Differential(plan).difference == nil)
    let recording = Simulation.run(plan)
    // At 3.6 ms the first attempt is still there.
    #expect(recording.outcomes[0].firstScheduled == milliseconds(4))
    #expect(recording.outcomes[0].status == .aborted && recording.outcomes[0].retries == 1)
    #expect(recording.outcomes[0].finish == milliseconds(8))
    #expect(recording.lost.count == 2)
  }

  @Test func `nobody tries again while too many attempts fail`() {
    // Of four tokens, two failures leave two: half of them is not enough.
    let recording = run(
      (0..<4).map { _ in StepRequest(prompt: 2, output: 9) }, failures: [crash(at: 3.5)],
      retry: retry(9, throttling: .init(maxTokens: 4, ratio: 100)))
    #expect(recording.outcomes.map(\.retries) == [1, 0, 0, 0])
  }

  @Test func `a reclaimed replica ends what it can and gets nothing more`() {
    let notice = FailureRule(
      .at(milliseconds(3.5)), .all,
      Failure(.reclaim(notice: .millisecond * 5), repair: .after(.millisecond * 10)))
    let outcomes = run(
      [
        StepRequest(prompt: 2, output: 6), StepRequest(prompt: 2, output: 20),
        StepRequest(at: 4, prompt: 2, output: 1),
      ], failures: [notice]
    ).outcomes
    #expect(outcomes.map(\.status) == [.finished, .failed, .finished])
    #expect(outcomes[1].finish == milliseconds(9))
    #expect(outcomes[2].firstScheduled == milliseconds(19))
  }

  @Test func `a slow replica is as fast as before when it is repaired`() {
    let slow = FailureRule(
      .at(milliseconds(2.5)), .all,
      Failure(.slow(factor: 3), repair: .after(.millisecond * 6)))
    let recording = run([StepRequest(prompt: 2, output: 8)], failures: [slow])
    // Three steps, two of 3 ms, the second of which is under way as it is repaired, and three more.
    #expect(recording.outcomes[0].finish == milliseconds(3 + 2 * 3 + 3))
    #expect(recording.replicas[0].failures == 0)
  }

  /// Two replicas, and as often as `limit` a request goes on at the other.
  private func migrating(
    _ requests: [StepRequest], limit: Int, failures: [FailureRule], patience: SimDuration? = nil,
    otherBlocks: Int = 64
  ) -> Recording {
    var plan = stepPlan(requests)
    plan.replicas.append(stepReplica(blocks: otherBlocks))
    plan.failures = failures
    plan.migrationLimit = limit
    if let patience { plan.workload.patience = requests.map { _ in patience } }
    #expect(Differential(plan).difference == nil)
    return Simulation.run(plan)
  }

  private func crash(of replica: Int, at time: Double) -> FailureRule {
    FailureRule(
      .at(milliseconds(time)), .replica(group: "by hand", place: replica),
      Failure(.crash, repair: .after(.millisecond * 10)))
  }

  @Test func `a request goes on elsewhere with the tokens that it has`() {
    let recording = migrating(
      [StepRequest(prompt: 2, output: 9)], limit: 1, failures: [crash(of: 0, at: 3.5)])
    let outcome = recording.outcomes[0]
    #expect(outcome.status == .finished && outcome.retries == 0 && outcome.replica == 1)
    // Four tokens by 4 ms; prompt and tokens make one step of six, which yields the fifth.
    #expect(outcome.firstToken == milliseconds(1) && outcome.finish == milliseconds(9))
    #expect(recording.lost.isEmpty)
    #expect(recording.replicas.map(\.migrations) == [1, 0])
    #expect(recording.replicas[1].totals.prefillSteps.prefillTokens == 6)
  }

  @Test func `it does so no more often than it may`() {
    let failures = [crash(of: 0, at: 3.5), crash(of: 1, at: 6.5)]
    let once = migrating([StepRequest(prompt: 2, output: 9)], limit: 1, failures: failures)
    #expect(once.outcomes[0].status == .failed && once.outcomes[0].finish == milliseconds(7))
    #expect(once.lost.map(\.outputTokens) == [7])
    let twice = migrating([StepRequest(prompt: 2, output: 9)], limit: 2, failures: failures)
    #expect(twice.outcomes[0].status == .finished)
    // It waits for the first to be back, which takes two steps for nine tokens, and one for the last.
    #expect(twice.outcomes[0].finish == milliseconds(14 + 3))
  }

  @Test func `who gives up while nobody is there has had its tokens in vain`() {
    let recording = migrating(
      [StepRequest(prompt: 2, output: 9)], limit: 1,
      failures: [crash(of: 1, at: 1.5), crash(of: 0, at: 3.5)], patience: .millisecond * 8)
    #expect(recording.outcomes[0].status == .aborted)
    #expect(recording.outcomes[0].finish == milliseconds(8))
    #expect(
      recording.lost == [
        LostAttempt(
          number: 0, attempt: 1, replica: 0, firstScheduled: .start, firstToken: milliseconds(1),
          end: milliseconds(8), promptTokens: 2, outputTokens: 4)
      ])
  }

  @Test func `what is too long for the other has failed`() {
    let recording = migrating(
      [StepRequest(prompt: 8, output: 9)], limit: 3, failures: [crash(of: 0, at: 3.5)],
      otherBlocks: 5)
    #expect(recording.outcomes[0].status == .failed)
    #expect(recording.outcomes[0].finish == milliseconds(4))
    #expect(recording.lost.map(\.outputTokens) == [4])
  }

  private func partition(detection: SimDuration, repair: SimDuration) -> FailureRule {
    FailureRule(
      .at(milliseconds(3.5)), .all,
      Failure(.partition(detection: detection), repair: .after(repair)))
  }

  @Test func `who is with a replica that nobody reaches is lost, and the text stays`() {
    var plan = stepPlan(
      [StepRequest(prompt: 8, output: 9, chain: 0)], stepReplica(caching: true))
    plan.failures = [partition(detection: .zero, repair: .millisecond * 10)]
    plan.retry = retry(2)
    #expect(Differential(plan).difference == nil)
    let recording = Simulation.run(plan)
    let outcome = recording.outcomes[0]
    #expect(outcome.status == .finished && outcome.retries == 1)
    #expect(outcome.firstScheduled == milliseconds(13.5) && outcome.cachedTokens == 6)
    #expect(recording.lost.map(\.end) == [milliseconds(4)])
    #expect(recording.replicas[0].failures == 0 && recording.replicas[0].downTime == 0)
  }

  @Test func `who is sent there before that is known is lost when it is`() {
    let recording = run(
      [
        StepRequest(prompt: 2, output: 9), StepRequest(at: 4.2, prompt: 2, output: 1),
        StepRequest(at: 7, prompt: 2, output: 1),
      ], failures: [partition(detection: .millisecond * 3, repair: .millisecond * 10)])
    let outcomes = recording.outcomes
    #expect(outcomes.map(\.status) == [.failed, .failed, .finished])
    #expect(outcomes[1].finish == milliseconds(6.5) && outcomes[1].firstScheduled == .never)
    #expect(outcomes[2].firstScheduled == milliseconds(13.5))
    #expect(recording.lost.map(\.number) == [0])
  }

  @Test func `who still waits there when it can be reached again is served`() {
    let outcomes = run(
      [StepRequest(prompt: 2, output: 9), StepRequest(at: 4.2, prompt: 2, output: 1)],
      failures: [partition(detection: .millisecond * 20, repair: .millisecond * 5)]
    ).outcomes
    #expect(outcomes[1].status == .finished)
    #expect(outcomes[1].firstScheduled == milliseconds(8.5))
  }

  @Test func `replicas of a zone fail together, those of a group each by itself`() {
    var plan = stepPlan((0..<400).map { StepRequest(at: Double($0), prompt: 2, output: 1) })
    plan.replicas = Array(repeating: plan.replicas[0], count: 4)
    for i in 0..<2 { plan.replicas[i].zone = "a" }
    let often = Failure(.crash, repair: .after(.millisecond))
    plan.failures = [FailureRule(.every(seconds: 0.02), .zone("a"), often)]
    #expect(Differential(plan).difference == nil)
    let together = Simulation.run(plan).replicas.map(\.failures)
    #expect(together[0] > 5 && together[0] == together[1] && together[2] == 0)
    plan.failures = [FailureRule(.every(seconds: 0.02), .group("by hand"), often)]
    let alone = Simulation.run(plan).replicas.map(\.failures)
    #expect(alone.allSatisfy { $0 > 5 } && Set(alone).count > 1)
  }

  /// The share of time that replicas are down is mttr / (mtbf + mttr).
  @Test func `failures and repairs keep their means`() {
    var plan = stepPlan((0..<20_000).map { StepRequest(at: Double($0), prompt: 2, output: 1) })
    plan.replicas = Array(repeating: plan.replicas[0], count: 16)
    plan.failures = [
      FailureRule(.every(seconds: 0.3), .all, Failure(.crash, repair: .mean(.millisecond * 100)))
    ]
    let recording = Simulation.run(plan)
    let time = recording.end.seconds * 16
    let failures = Double(recording.replicas.reduce(0) { $0 + $1.failures })
    let down = recording.replicas.reduce(0) { $0 + Double($1.downTime) } / 1e12
    #expect(abs(down / time - 0.25) < 0.02)
    #expect(abs(failures / (time / 0.4) - 1) < 0.06)
  }
}
