import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Random plans all of which have what few of the others have.
@Suite(.timeLimit(.minutes(30))) struct FocusedDifferentialTests {
  private func check(
    _ seed: Int, _ bases: [(UInt64) -> Plan], _ change: (inout Plan, inout RandomStream) -> Void
  ) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 31)
    var plan = random.pick(bases)(UInt64(seed))
    change(&plan, &random)
    let difference = Differential(plan).difference
    #expect(difference == nil, "random plan \(seed)")
  }

  /// Texts part, are sent to several replicas and are soon forgotten.
  @Test(arguments: plans(200))
  func `a router remembers and forgets texts as the reference does`(seed: Int) {
    check(seed, [randomPlan, randomPlanInScarceCaches]) { plan, random in
      plan.router = .cacheAware
      if plan.replicas.count < 3 { plan.replicas += plan.replicas + plan.replicas }
      plan.routerSettings.balanceAbsThreshold = random.pick([0, 1, 2])
      plan.routerSettings.balanceRelThreshold = 1
      plan.routerSettings.cacheThreshold = random.pick([0, 0.2])
      plan.routerSettings.maxTreeSize = random.pick([1, 20, 60, 150])
      let last = plan.workload.arrivals.filter { !$0.isNever }.max()?.picoseconds ?? 0
      plan.routerSettings.evictionInterval = SimDuration(
        picoseconds: max(1000, Int64(clamping: last) / Int64(random.pick([3, 10, 30]))))
    }
  }

  @Test(arguments: plans(200))
  func `a router goes by reports as the reference does`(seed: Int) {
    let bases: [(UInt64) -> Plan] = [
      randomPlanOfTies, randomPlanOfTies, randomPlanWithPatience, randomPlanOfFailures,
    ]
    check(seed, bases) { plan, random in
      Self.report(&plan, &random)
    }
  }

  @Test(arguments: plans(200))
  func `a router of a live run goes by reports as in the simulation`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 32)
    var plan = randomPlan(seed: UInt64(seed))
    Self.report(&plan, &random)
    plan.workload.patience = nil
    plan.admission = []
    plan.shift = nil
    for i in plan.replicas.indices { plan.replicas[i].powerDown = nil }
    let recording = Simulation.run(plan)
    var clients = LiveClients(plan)
    clients.follow(recording.outcomes)
    #expect(clients.outcomes == recording.outcomes, "random plan \(seed)")
  }

  private static func report(_ plan: inout Plan, _ random: inout RandomStream) {
    plan.router = random.pick([.leastOutstanding, .leastOutstandingTokens, .powerOfTwo])
    if plan.replicas.count < 3 { plan.replicas += plan.replicas + plan.replicas }
    plan.routerSettings.refreshInterval = random.pick([
      .millisecond, .millisecond * 2, .millisecond * 3, .millisecond * 5,
      SimDuration(picoseconds: 700_000_001),
    ])
  }

  /// Requests have tokens, and wait to be computed again, when the engine counts its times anew.
  @Test(arguments: plans(200))
  func `the engine counts anew while requests are preempted`(seed: Int) {
    check(seed, [randomPlanUnderPressure, randomPlanOfOtherEngines]) { plan, random in
      let end = Simulation.run(plan).end.picoseconds
      let reach = Instant(Int64.max / 2) - end * Instant(random.pick([1, 2, 3])) / 4
      for i in plan.workload.arrivals.indices where !plan.workload.arrivals[i].isNever {
        plan.workload.arrivals[i].picoseconds += reach
      }
    }
  }

  /// Whoever was lost with a replica is sent again when it is up, and fills it.
  @Test(arguments: plans(200))
  func `an engine that was down begins anew`(seed: Int) {
    check(seed, [randomPlanOfOtherEngines]) { plan, random in
      let length = max(.microsecond, SimDuration(clamping: Simulation.run(plan).end.picoseconds))
      for i in plan.replicas.indices {
        plan.replicas[i].scheduler = SGLangScheduling(
          order: random.pick([.firstComeFirstServed, .longestPrefixMatch]),
          maxPrefillTokens: random.pick([20, 120]), conservativeness: random.pick([0.3, 1]))
      }
      plan.failures = (0..<6).map { _ in
        FailureRule(
          .at(SimTime(seconds: length.seconds * random.uniform())), .all,
          Failure(.crash, repair: .after(SimDuration(seconds: length.seconds / 30))))
      }
      plan.retry = RetryPolicy(
        maxAttempts: 9, reasons: [.failed], initialBackoff: .zero, maxBackoff: .zero)
    }
  }

  /// Tenants come and go, and are aborted and preempted amid spans and at their ends.
  @Test(arguments: plans(200))
  func `service is counted as in the reference`(seed: Int) {
    let bases: [(UInt64) -> Plan] = [
      randomPlanOfTies, randomPlanInScarceCaches, randomPlanUnderPressure,
    ]
    check(seed, bases) { plan, random in
      let tenants = random.pick([2, 3, 4])
      plan.workload.traits[.tenant] = RequestLabels(
        names: (0..<tenants).map { "tenant \($0)" },
        ofRequest: (0..<plan.workload.count).map { _ in
          Int32(random.integer(below: tenants + 1) - 1)
        })
      for i in plan.replicas.indices {
        plan.replicas[i].scheduler = VirtualTokenCounter(
          ServiceWeights(input: random.pick([0, 1, 3]), output: random.pick([1, 2, 7])))
        plan.replicas[i].maxNumSeqs = random.pick([1, 2, 3])
      }
    }
  }

  @Test(arguments: plans(200))
  func `full queues are as in the reference`(seed: Int) {
    check(seed, [randomPlanUnderPressure, randomPlanInScarceCaches]) { plan, random in
      let isAtOnce = random.pick([true, false])
      for i in plan.workload.arrivals.indices where isAtOnce && !plan.workload.arrivals[i].isNever {
        plan.workload.arrivals[i] = .start + .millisecond * (i / 4)
      }
      plan.workload.priorities = (0..<plan.workload.count).map { _ in
        Int32(random.integer(below: 4))
      }
      for i in plan.replicas.indices {
        plan.replicas[i].scheduler = PriorityFirst()
        plan.replicas[i].maxQueuedRequests = random.pick([1, 2, 3, 4])
      }
    }
  }

  /// Regions fill, empty, and are cut off and reached again while steps are under way.
  @Test(arguments: plans(200))
  func `requests spill over as in the reference`(seed: Int) {
    check(seed, [randomPlanOfRegions]) { plan, random in
      plan.regions.policy = random.pick([.leastLoaded, .nearest])
      plan.regions.spillover = random.pick([0.1, 0.2, 0.5])
      let group = plan.replicas[0].group
      let length = max(.microsecond, SimDuration(clamping: Simulation.run(plan).end.picoseconds))
      plan.failures = (0..<4).map { _ in
        let time = max(1, Int64(random.uniform() * Double(min(length, .longest).picoseconds)))
        return FailureRule(
          .at(SimTime(picoseconds: Instant(time))), random.pick([.group(group), .all]),
          Failure(
            .partition(detection: .zero),
            repair: .after(SimDuration(picoseconds: 1 + time / Int64(random.pick([20, 300]))))))
      }
    }
  }
}
