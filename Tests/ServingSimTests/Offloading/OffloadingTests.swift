import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// KV entries that come back from tiers, made by hand: steps take a millisecond, a block is two tokens and
/// 1,000 bytes, and the host sends a block a millisecond.
@Suite(.timeLimit(.minutes(30))) struct OffloadingTests {
  /// An accelerator that holds six blocks; texts of eight tokens evict one another.
  private func plan(
    _ requests: [StepRequest], host: Int = 100, tiers: [SecondaryTier] = [],
    stores: [SharedStorePlan] = [], replicas: Int = 1, blocks: Int = 6,
    _ change: (inout OffloadingPlan) -> Void = { _ in }
  ) -> Plan {
    var replica = stepReplica(blocks: blocks, caching: true)
    var offloading = OffloadingPlan(
      blockBytes: 1000, bandwidth: 1_000_000, hostBlocks: host, secondaryTiers: tiers)
    change(&offloading)
    replica.offloading = offloading
    var plan = stepPlan(requests, replica)
    plan.replicas = Array(repeating: replica, count: replicas)
    plan.sharedStores = stores
    return plan
  }

  private func time(_ milliseconds: Double) -> SimTime { SimTime(seconds: milliseconds * 1e-3) }

  /// Three texts, the first of which comes again at 20 ms.
  private let again = [
    StepRequest(prompt: 8, output: 1, chain: 0), StepRequest(at: 5, prompt: 8, output: 1, chain: 1),
    StepRequest(at: 10, prompt: 8, output: 1, chain: 2),
    StepRequest(at: 20, prompt: 8, output: 1, chain: 0),
  ]

  @Test func `what was evicted is loaded, but for the block of the last token`() throws {
    let recording = Simulation.run(plan(again))
    let load = try #require(recording.loads.first)
    #expect(recording.loads.count == 1 && load.number == 3 && load.attempt == 1)
    #expect(load.hostTokens == 6 && load.secondaryTokens == 0)
    #expect(load.started == time(20) && load.arrived == time(23))
    let outcome = recording.outcomes[3]
    #expect(outcome.firstScheduled == time(23) && outcome.cachedTokens == 6)
    #expect(outcome.firstToken == time(24))
    // Each text's four blocks; of the first one all are there when it comes again.
    #expect(recording.replicas[0].offloadedBlocks == 12)
    #expect(recording.replicas[0].windows[0].prefillSteps.prefillTokens == 26)
  }

  @Test func `others go on while KV entries come`() {
    var requests = again
    requests.append(StepRequest(at: 20, prompt: 2, output: 3))
    let recording = Simulation.run(plan(requests))
    #expect(recording.outcomes[4].firstScheduled == time(20))
    #expect(recording.outcomes[4].finish == time(23))
    #expect(recording.outcomes[3].firstScheduled == time(23))
  }

  @Test func `loads share the host's link`() {
    let texts = (0..<4).map { StepRequest(at: Double($0) * 5, prompt: 8, output: 1, chain: $0 % 4) }
    let both = [0, 1].map { StepRequest(at: 40, prompt: 8, output: 1, chain: Int32($0)) }
    let recording = Simulation.run(plan(texts.map { $0 } + both, blocks: 8))
    #expect(recording.loads.map(\.started) == [time(40), time(40)])
    #expect(recording.loads.map(\.arrived) == [time(46), time(46)])
  }

  @Test func `a host that holds one text has forgotten the one before`() {
    #expect(Simulation.run(plan(again, host: 4)).loads.isEmpty)
    // One that holds less than a text keeps nothing.
    #expect(Simulation.run(plan(again, host: 3)).replicas[0].offloadedBlocks == 0)
  }

  @Test func `what a tier behind the host has comes by way of it`() throws {
    let tier = SecondaryTier(blocks: 100, bandwidth: 500_000, latency: .millisecond * 4)
    let recording = Simulation.run(plan(again, host: 4, tiers: [tier]))
    let load = try #require(recording.loads.first)
    #expect(load.hostTokens == 0 && load.secondaryTokens == 6)
    // The tier's latency, three blocks at half the pace, and three blocks from the host.
    #expect(load.started == time(20) && load.arrived == time(33))
  }

  @Test func `engines find in a store what others computed`() throws {
    let tier = SecondaryTier(store: 0, blocks: 100, bandwidth: 1_000_000)
    let store = SharedStorePlan(blocks: 100, blockSize: 2, bandwidth: 1_000_000)
    let requests = [0, 5].map { StepRequest(at: $0, prompt: 8, output: 1, chain: 0) }
    let recording = Simulation.run(plan(requests, tiers: [tier], stores: [store], replicas: 2))
    #expect(recording.outcomes.map(\.replica) == [0, 1])
    let load = try #require(recording.loads.first)
    #expect(load.replica == 1 && load.secondaryTokens == 6 && load.arrived == time(11))
    // Each with a tier of its own finds nothing.
    let own = SecondaryTier(blocks: 100, bandwidth: 1_000_000)
    #expect(Simulation.run(plan(requests, tiers: [own], replicas: 2)).loads.isEmpty)
  }

  @Test func `few tokens, and what is computed sooner, is computed`() {
    #expect(Simulation.run(plan(again) { $0.minLoadTokens = 6 }).loads.count == 1)
    #expect(Simulation.run(plan(again) { $0.minLoadTokens = 7 }).loads.isEmpty)
    // A step takes a millisecond, and six tokens three.
    #expect(Simulation.run(plan(again) { $0.loadsOnlyIfFaster = true }).loads.isEmpty)
    let fast = plan(again) {
      $0.loadsOnlyIfFaster = true
      $0.bandwidth = 4_000_000
    }
    #expect(Simulation.run(fast).loads.count == 1)
  }

  @Test func `what a tier takes to answer counts before it is asked`() {
    var tier = SecondaryTier(blocks: 100, bandwidth: 100_000_000, latency: .microsecond * 500)
    func loads() -> Int {
      let plan = plan(again, host: 4, tiers: [tier]) {
        $0.loadsOnlyIfFaster = true
        $0.bandwidth = 100_000_000
      }
      return Simulation.run(plan).loads.count
    }
    #expect(loads() == 1)
    tier.latency = .microsecond * 1100
    #expect(loads() == 0)
  }

  @Test func `what the text has before counts for whether a load is faster`() {
    // The second text evicts half of the first; two of three blocks are there when it comes again.
    let requests = [0, 1, 0].enumerated().map {
      StepRequest(at: Double($0) * 5, prompt: 8, output: 1, chain: $1)
    }
    func loads(_ perContextToken: Int64) -> [KVLoad] {
      var plan = plan(requests) { $0.loadsOnlyIfFaster = true }
      let base = SimDuration.microsecond.picoseconds * 100
      plan.replicas[0].stepTime = TestStepTime(base: base, perWindowed: perContextToken)
      return Simulation.run(plan).loads
    }
    // A block comes in a millisecond. Four tokens of context take two, or none.
    #expect(loads(500_000_000).map(\.hostTokens) == [2])
    #expect(loads(0).isEmpty)
  }

  @Test func `a load that begins anew waits for its tier anew`() throws {
    let tier = SecondaryTier(
      store: 0, blocks: 100, bandwidth: 1_000_000, latency: .millisecond * 4)
    let store = SharedStorePlan(blocks: 100, blockSize: 2, bandwidth: 1_000_000)
    var plan = plan(again, host: 4, tiers: [tier], stores: [store])
    plan.failures = [
      FailureRule(.at(time(21)), .all, Failure(.crash, repair: .after(.millisecond)))
    ]
    plan.retry = RetryPolicy(
      maxAttempts: 2, reasons: [.failed], initialBackoff: .millisecond, maxBackoff: .second)
    let loads = Simulation.run(plan).loads
    #expect(loads.map(\.attempt) == [1, 2])
    #expect(loads[0].arrived == .never)
    #expect(loads[1].arrived.since(loads[1].started) == .millisecond * 10)
  }

  @Test func `a client that leaves amid a load stops it and frees its blocks`() throws {
    var requests = again
    requests.append(StepRequest(at: 21, prompt: 10, output: 1))
    var gone = plan(requests)
    gone.workload.patience = requests.indices.map { $0 == 3 ? .millisecond * 2 : .longest }
    let recording = Simulation.run(gone)
    #expect(recording.outcomes[3].status == .aborted && recording.outcomes[3].finish == time(22))
    #expect(try #require(recording.loads.first).arrived == .never)
    // Five of six blocks, which it waited for.
    #expect(recording.outcomes[4].firstScheduled == time(22))
  }

  @Test func `a replica that was down has only what others keep`() {
    let requests = [
      StepRequest(prompt: 8, output: 1, chain: 0),
      StepRequest(at: 20, prompt: 8, output: 1, chain: 0),
    ]
    let tier = SecondaryTier(store: 0, blocks: 100, bandwidth: 1_000_000)
    let store = SharedStorePlan(blocks: 100, blockSize: 2, bandwidth: 1_000_000)
    var plan = plan(requests, tiers: [tier], stores: [store])
    plan.failures = [
      FailureRule(.at(time(10)), .all, Failure(.crash, repair: .after(.millisecond)))
    ]
    let loads = Simulation.run(plan).loads
    #expect(loads.map(\.hostTokens) == [0] && loads.map(\.secondaryTokens) == [6])
  }
}
