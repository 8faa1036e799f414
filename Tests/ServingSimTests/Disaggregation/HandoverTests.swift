import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Prompts that one replica computes for another one, made by hand: steps take a millisecond.
@Suite(.timeLimit(.minutes(30))) struct HandoverTests {
  /// `ahead` computes the prompts that `answering` answers. A block is two tokens and 1,000 bytes, and
  /// a link carries a block a millisecond.
  private func plan(
    _ requests: [StepRequest], ahead: ReplicaPlan = stepReplica(),
    answering: ReplicaPlan = stepReplica(), count: (Int, Int) = (1, 1),
    latency: SimDuration = .zero, nonCachedTokens: Int = 0
  ) -> Plan {
    let transfer = KVTransferPlan(blockBytes: 1000, bandwidth: 1_000_000, latency: latency)
    var plan = stepPlan(requests)
    plan.pools = [
      PoolPlan(prefill: PrefillPlan(pool: 1, nonCachedTokens: nonCachedTokens)), PoolPlan(),
    ]
    plan.replicas =
      Array(repeating: answering, count: count.1) + Array(repeating: ahead, count: count.0)
    for i in plan.replicas.indices {
      plan.replicas[i].pool = i < count.1 ? 0 : 1
      plan.replicas[i].kvTransfer = transfer
    }
    return plan
  }

  private func time(_ milliseconds: Double) -> SimTime { SimTime(seconds: milliseconds * 1e-3) }

  @Test func `a prompt is computed, sent, and answered elsewhere`() throws {
    let recording = Simulation.run(
      plan([StepRequest(prompt: 8, output: 3)], latency: .millisecond))
    let outcome = recording.outcomes[0]
    #expect(outcome.status == .finished && outcome.replica == 0)
    #expect(outcome.firstScheduled == .start)
    let handoff = try #require(recording.handoffs.first)
    #expect(handoff.replica == 1 && handoff.attempt == 1)
    // A step, the word of it, four blocks, and a step for the last token of the prompt.
    #expect(handoff.prefilled == time(1) && handoff.started == time(2))
    #expect(handoff.arrived == time(6))
    #expect(outcome.firstToken == time(7) && outcome.finish == time(9))
    #expect(recording.replicas.map(\.steps) == [3, 1])
    #expect(recording.replicas[0].windows[0].prefillSteps.prefillTokens == 1)
    #expect(recording.replicas[1].windows[0].prefillSteps.prefillTokens == 8)
  }

  @Test func `transfers that share a link take longer, and those that do not take no notice`() {
    let requests = [StepRequest(prompt: 4, output: 1), StepRequest(prompt: 4, output: 1)]
    // Two blocks each, from one replica to one.
    let shared = Simulation.run(plan(requests))
    #expect(shared.handoffs.map(\.arrived) == [time(5), time(5)])
    // From two replicas to two.
    let apart = Simulation.run(plan(requests, count: (2, 2)))
    #expect(apart.handoffs.map(\.arrived) == [time(3), time(3)])
    // From two replicas to one.
    let together = Simulation.run(plan(requests, count: (2, 1)))
    #expect(together.handoffs.map(\.arrived) == [time(5), time(5)])
  }

  @Test func `blocks are kept until the entries are there, and the next prompt waits for them`() {
    let requests = [
      StepRequest(prompt: 8, output: 1), StepRequest(at: 0.5, prompt: 8, output: 1),
    ]
    let small = stepReplica(blocks: 7)
    let recording = Simulation.run(plan(requests, ahead: small))
    #expect(recording.outcomes[1].firstScheduled == recording.handoffs[0].arrived)
  }

  @Test func `a replica that answers has no more than its blocks`() {
    let requests = (0..<2).map { _ in StepRequest(prompt: 8, output: 2) }
    let small = stepReplica(blocks: 6)
    let recording = Simulation.run(plan(requests, answering: small))
    // The second one gets blocks when the first has ended.
    #expect(recording.handoffs[1].started == recording.outcomes[0].finish)
  }

  @Test func `short prompts are computed where they are answered`() {
    let requests = [StepRequest(prompt: 4, output: 1), StepRequest(prompt: 5, output: 1)]
    let recording = Simulation.run(plan(requests, nonCachedTokens: 4))
    #expect(recording.handoffs.map(\.number) == [1])
    #expect(recording.outcomes.map(\.replica) == [0, 0])
  }

  @Test func `blocks that the answering replica's cache has are not sent`() {
    // The same text twice.
    let requests = [
      StepRequest(prompt: 8, output: 1, chain: 0),
      StepRequest(at: 20, prompt: 8, output: 1, chain: 0),
    ]
    let caching = stepReplica(caching: true)
    let recording = Simulation.run(plan(requests, ahead: caching, answering: caching))
    let spans = recording.handoffs.map { $0.arrived.picoseconds - $0.started.picoseconds }
    let millisecond = Instant(SimDuration.millisecond.picoseconds)
    // The block of the last token is never found.
    #expect(spans == [4 * millisecond, millisecond])
  }

  @Test func `where nobody prefills any more the others do`() {
    var plan = plan([StepRequest(at: 5, prompt: 8, output: 1)])
    plan.failures = [
      FailureRule(
        .at(time(1)), .replica(group: "ahead", place: 0), Failure(.crash, repair: .never))
    ]
    plan.replicas[1].group = "ahead"
    let recording = Simulation.run(plan)
    #expect(recording.handoffs.isEmpty && recording.outcomes[0].status == .finished)
  }

  @Test func `who goes on elsewhere is let in, however many wait there`() {
    let arrivals = [0, 0, 0.2, 0.3]
    let requests = arrivals.map { StepRequest(at: $0, prompt: 8, output: 1) }
    var ahead = stepReplica(seats: 1)
    ahead.maxQueuedRequests = 1
    var plan = plan(requests, ahead: ahead, count: (2, 1))
    plan.migrationLimit = 1
    plan.replicas[1].group = "lost"
    plan.failures = [
      FailureRule(
        .at(time(0.5)), .replica(group: "lost", place: 0), Failure(.crash, repair: .never))
    ]
    let recording = Simulation.run(plan)
    #expect(recording.outcomes.allSatisfy { $0.status == .finished })
    #expect(recording.handoffs.map(\.replica) == [2, 2, 2, 2])
  }

  @Test(arguments: [0.5, 2.5]) func `a request is lost with either of its replicas`(at: Double) {
    for group in ["ahead", "answering"] {
      var plan = plan([StepRequest(prompt: 8, output: 9)])
      (plan.replicas[0].group, plan.replicas[1].group) = ("answering", "ahead")
      plan.failures = [
        FailureRule(
          .at(time(at)), .replica(group: group, place: 0), Failure(.crash, repair: .never))
      ]
      let recording = Simulation.run(plan)
      #expect(recording.outcomes[0].status == .failed, "\(group) at \(at) ms")
      #expect(recording.lost.map(\.promptTokens) == [8])
      #expect(Differential(plan).difference == nil)
    }
  }
}
