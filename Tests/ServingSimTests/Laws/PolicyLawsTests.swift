import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// One policy of each kind.
struct Policies: Sendable, CustomTestStringConvertible {
  var scheduler: BatchPolicyName
  var router: RouterPolicy
  var caching: Bool

  var testDescription: String {
    "\(scheduler.rawValue), \(router.rawValue), prefix cache: \(caching)"
  }

  static let all = BatchPolicyName.allCases.flatMap { scheduler in
    RouterPolicy.allCases.flatMap { router in
      [true, false].map { Policies(scheduler: scheduler, router: router, caching: $0) }
    }
  }

  /// A random plan with these policies.
  func plan(seed: UInt64) -> Plan {
    var plan = randomPlan(seed: seed)
    plan.router = router
    for i in plan.replicas.indices {
      plan.replicas[i].scheduler = scheduler.policy
      plan.replicas[i].enablePrefixCaching = caching
    }
    return plan
  }
}

/// Laws over every policy that a scenario can name.
@Suite(.timeLimit(.minutes(30))) struct PolicyLawsTests {
  /// Not those of the differential tests.
  private static let seeds: Range<UInt64> = 5000..<5012

  @Test(arguments: Policies.all) func `every law holds`(_ policies: Policies) {
    for seed in Self.seeds {
      let plan = policies.plan(seed: seed)
      let recording = Simulation.run(plan)
      for law in Law.all {
        if let breach = law.breach(plan, recording) {
          Issue.record("\(law), seed \(seed): \(breach)")
        }
      }
    }
  }

  @Test(arguments: Policies.all)
  func `every law holds when replicas are switched off and requests are held`(
    _ policies: Policies
  ) {
    for seed in Self.seeds {
      var plan = policies.plan(seed: seed)
      let shifted = randomPlanWithShift(seed: seed)
      plan.shift = shifted.shift
      plan.workload.deadlines = shifted.workload.deadlines
      for i in plan.replicas.indices { plan.replicas[i].powerDown = shifted.replicas[i].powerDown }
      let recording = Simulation.run(plan)
      for law in Law.all {
        if let breach = law.breach(plan, recording) {
          Issue.record("\(law), seed \(seed): \(breach)")
        }
      }
    }
  }

  @Test(arguments: Policies.all)
  func `a replica alone does step by step what it does in the fleet`(_ policies: Policies) {
    for seed in Self.seeds {
      let plan = policies.plan(seed: seed)
      let recording = Simulation.run(plan)
      for replica in plan.replicas.indices {
        let solo = SoloPlan(of: replica, in: plan, recording)
        let trace = StepTrace(of: solo.plan)
        if let breach = trace.breach(of: solo.plan) {
          Issue.record("seed \(seed), replica \(replica): \(breach)")
        }
        for (outcome, number) in zip(trace.outcomes, solo.numbers) {
          var expected = recording.outcomes[number]
          expected.replica = 0
          #expect(outcome == expected, "seed \(seed), replica \(replica), request \(number)")
        }
        #expect(trace.steps.count == recording.replicas[replica].steps)
      }
    }
  }
}
