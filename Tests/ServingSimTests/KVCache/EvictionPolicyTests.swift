import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct EvictionPolicyTests {
  /// Two texts of two blocks in a cache of five. The first is found once; then the second comes, and
  /// is used last; a third needs memory; and the first or the second comes again.
  private func found(_ policy: EvictionPolicyName, again chain: Int32) -> Int32 {
    var replica = stepReplica(blocks: 5, caching: true)
    replica.eviction = policy.policy
    let requests = [(0, Int32(0)), (10, 0), (20, 1), (30, 2), (40, chain)].map { time, chain in
      StepRequest(at: Double(time), prompt: 5, output: 1, chain: chain)
    }
    return Simulation.run(stepPlan(requests, replica)).outcomes[4].cachedTokens
  }

  @Test func `what was used last stays, or what was found most often`() {
    #expect(found(.leastRecentlyUsed, again: 0) == 0)
    #expect(found(.leastRecentlyUsed, again: 1) == 4)
    #expect(found(.leastFrequentlyUsed, again: 0) == 4)
    #expect(found(.leastFrequentlyUsed, again: 1) == 0)
  }

  @Test(arguments: plans(100))
  func `policies change what is found, never what fits`(seed: Int) {
    var plan = randomPlan(seed: UInt64(seed))
    let runs = EvictionPolicyName.allCases.map { name in
      for i in plan.replicas.indices { plan.replicas[i].eviction = name.policy }
      return Simulation.run(plan)
    }
    for run in runs {
      #expect(run.outcomes.map(\.status) == runs[0].outcomes.map(\.status))
      #expect(run.outcomes.map(\.outputTokens) == runs[0].outcomes.map(\.outputTokens))
    }
  }
}
