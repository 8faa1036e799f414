import ServingPolicies
package import ServingSim
import SimKernel

/// Random plans of all kinds, but for other engines' batching, in which some replicas compute the prompts
/// of others: links that are slower or faster than steps, and sometimes pools that compute short prompts
/// themselves.
package func randomPlanOfHandovers(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 22)
  let bases = [
    randomPlan, randomPlanWithPowerDown, randomPlanWithPatience, randomPlanWithShift,
    randomPlanUnderPressure, randomPlanInScarceCaches, randomPlanOfTies, randomPlanOfFailures,
    randomPlanOfFailures, randomPlanOfGangs, randomPlanOfRegions, randomPlanOverYears,
  ]
  var plan = random.pick(bases)(seed)
  plan.replicas = plan.replicas.map(servingAsVLLM)
  let answering = plan.pools.count
  var ahead = plan.replicas[0]
  ahead.pool = answering
  // A large gang takes the reference long.
  ahead.dataParallelSize = min(2, ahead.dataParallelSize)
  let region = plan.pools[0].region
  ahead.region = region.map { plan.regions.names[$0] }
  plan.pools.append(PoolPlan(region: region))
  plan.replicas += Array(
    repeating: ahead, count: random.between(1, 2) * ahead.dataParallelSize)
  for p in 0..<answering
  where plan.pools[p].region == region && (p == 0 || random.pick([true, false])) {
    plan.pools[p].prefill = PrefillPlan(
      pool: answering, nonCachedTokens: random.pick([0, 0, random.between(1, 40)]))
  }
  let bandwidth = random.pick([1_000, 1_000_000, 40_000_000_000])
  let blockTime = random.pick([100, 1_000_000, 1_000_000_000])
  for i in plan.replicas.indices {
    let share = Int64(random.between(1, 3))
    plan.replicas[i].kvTransfer = KVTransferPlan(
      blockBytes: max(1, Int64(Double(bandwidth) * Double(blockTime) * 1e-12)),
      bandwidth: max(1, Int64(bandwidth) / share),
      latency: random.pick([.zero, .microsecond, .millisecond * 3]))
  }
  return plan
}

/// The same replica with vLLM's batching, if it has another engine's.
func servingAsVLLM(_ replica: ReplicaPlan) -> ReplicaPlan {
  var replica = replica
  switch replica.scheduler {
  case is SGLangScheduling, is GuaranteedNoEvict, is StaticBatching:
    replica.scheduler = FirstComeFirstServed()
    replica.enableChunkedPrefill = true
    replica.longestPrompt = .max
    replica.maxNumBatchedTokens = max(replica.maxNumBatchedTokens, replica.maxNumSeqs)
  default: break
  }
  return replica
}
