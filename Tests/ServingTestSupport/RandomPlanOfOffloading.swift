import ServingPolicies
package import ServingSim
import SimKernel

/// Random plans of all kinds in which replicas keep KV entries in tiers, some of them together: small ones
/// and large ones, links that are slower or faster than steps.
package func randomPlanOfOffloading(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 23)
  let bases = [
    randomPlan, randomPlanWithPowerDown, randomPlanWithPatience, randomPlanInScarceCaches,
    randomPlanInScarceCaches, randomPlanInScarceCaches, randomPlanUnderPressure, randomPlanOfTies,
    randomPlanOfFailures, randomPlanOfGangs, randomPlanOfHandovers, randomPlanOverYears,
  ]
  var plan = random.pick(bases)(seed)
  if plan.workload.dependencies == nil, plan.workload.closedLoop == nil, random.between(0, 3) > 0 {
    // Conversations find what was evicted since their last turns.
    var workload = plan.workload
    makeSessions(random.between(2, 8), closed: false, &workload, &random)
    if workload.promptTokens.allSatisfy({ $0 < 1000 }) { plan.workload = workload }
  }
  plan.replicas = plan.replicas.map(servingAsVLLM)
  let isPlain = plan.pools == [PoolPlan()] && plan.failures.isEmpty
  if isPlain, plan.replicas.allSatisfy({ $0.dataParallelSize == 1 }) {
    // Few have much to evict.
    plan.replicas = Array(plan.replicas.prefix(random.between(1, 2)))
  }
  let blockSize = plan.replicas[0].blockSize
  let blockBytes = Int64(random.pick([1, 1_000, 100_000]))
  let blockTime = random.pick([100, 1_000_000, 1_000_000_000])
  func bandwidth() -> Int64 {
    max(1, blockBytes * 1_000_000_000_000 / Int64(blockTime) / Int64(random.between(1, 3)))
  }
  func blocks() -> Int { random.pick([random.between(1, 12), random.between(10, 200), 10_000]) }
  func latency() -> SimDuration { random.pick([.zero, .zero, .microsecond, .millisecond * 2]) }
  plan.sharedStores = (0..<random.between(0, 2)).map { _ in
    SharedStorePlan(blocks: blocks(), blockSize: blockSize, bandwidth: bandwidth())
  }
  let isScarce = random.between(0, 3) > 0
  let longest =
    zip(plan.workload.promptTokens, plan.workload.outputTokens)
    .map { Int($0) + Int($1) }.max() ?? 1
  for i in plan.replicas.indices where random.between(0, 5) > 0 {
    plan.replicas[i].enablePrefixCaching = true
    // Much of what is found was evicted before.
    if isScarce {
      let length = max(1, longest - random.pick([0, 0, longest / 4]))
      let enough = (length + plan.replicas[i].blockSize - 1) / plan.replicas[i].blockSize
      plan.replicas[i].maxModelLength = length
      plan.replicas[i].usableBlocks = enough + random.between(0, max(1, enough / 4))
    }
    plan.replicas[i].enableChunkedPrefill = true
    let sharesText = plan.replicas[i].blockSize == blockSize
    let own = (0..<random.between(0, 1)).map { _ in
      SecondaryTier(blocks: blocks(), bandwidth: bandwidth(), latency: latency())
    }
    let shared = plan.sharedStores.indices.filter { _ in sharesText }.map { store in
      SecondaryTier(
        store: store, blocks: plan.sharedStores[store].blocks, bandwidth: bandwidth(),
        latency: latency())
    }
    plan.replicas[i].offloading = OffloadingPlan(
      blockBytes: blockBytes, bandwidth: bandwidth(), hostBlocks: blocks(),
      secondaryTiers: random.pick([own, shared, own + shared]),
      minLoadTokens: random.pick([0, 0, random.between(1, 20)]),
      loadsOnlyIfFaster: random.pick([false, false, true]))
  }
  return plan
}
