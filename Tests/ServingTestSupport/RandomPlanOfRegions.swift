import ServingModel
package import ServingSim
import SimKernel

/// Random plans with failures and without, of several models and regions: the replicas stand in pools that
/// are far from some clients, and requests spill over, travel and are routed again.
package func randomPlanOfRegions(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 18)
  let bases = [
    randomPlan, randomPlanOfFailures, randomPlanOfFailures, randomPlanWithPatience,
    randomPlanWithShift, randomPlanOfTies, randomPlanOfGangs,
  ]
  var plan = random.pick(bases)(seed)
  let places = random.between(0, 3)
  let models = random.pick([["m"], ["m", "n"], ["m", "n", "o"]])
  plan.regions = randomRegions(places, &random)
  plan.pools = (0..<random.between(1, 4)).map { _ in
    PoolPlan(
      models: random.pick([[], [random.pick(models)], Set(models.prefix(2))]),
      region: places == 0 ? nil : random.integer(below: places))
  }
  // The ranks of a replica stay together.
  var i = 0
  while i < plan.replicas.count {
    let pool = random.integer(below: plan.pools.count)
    for rank in i..<min(i + plan.replicas[i].dataParallelSize, plan.replicas.count) {
      plan.replicas[rank].pool = pool
    }
    i += plan.replicas[i].dataParallelSize
  }
  // Nobody waits for ever: each pool has somebody.
  let used = plan.pools.indices.filter { p in plan.replicas.contains { $0.pool == p } }
  plan.pools = used.map { plan.pools[$0] }
  for i in plan.replicas.indices {
    plan.replicas[i].pool = used.firstIndex(of: plan.replicas[i].pool) ?? 0
  }
  let count = plan.workload.count
  plan.workload.traits[.model] = labels(models + ["unheard of"], count, &random)
  plan.workload.traits[.region] = labels(plan.regions.names + ["nowhere"], count, &random)
  return plan
}

private func randomRegions(_ places: Int, _ random: inout RandomStream) -> RegionPlan {
  var regions = RegionPlan()
  regions.names = (0..<places).map { "region \($0)" }
  let far = SimDuration(picoseconds: random.pick([1_000_001, 1_000_000_000, 80_000_000_000]))
  regions.latency = regions.names.indices.map { client in
    regions.names.indices.map { place in
      client == place ? random.pick([.zero, .zero, far]) : far * random.between(0, 3)
    }
  }
  regions.serves = regions.names.indices.map { _ in
    random.pick([nil, nil, Set(regions.names.indices.filter { _ in random.pick([true, false]) })])
  }
  regions.policy = random.pick(RegionPolicy.allCases)
  regions.signals = regions.names.indices.map { _ in
    StepSeries(
      starts: [.min / 4, 5, 900], values: (0..<3).map { _ in Double(random.between(1, 4)) },
      end: .max / 4)
  }
  regions.spillover = random.pick([nil, 0.1, 0.5, 1])
  regions.maxLatency = random.pick([nil, far])
  return regions
}

/// One of `names` a request, and for some none.
private func labels(
  _ names: [String], _ count: Int, _ random: inout RandomStream
) -> RequestLabels? {
  guard random.pick([true, true, true, false]) else { return nil }
  return RequestLabels(
    names: names, ofRequest: (0..<count).map { _ in Int32(random.between(-1, names.count - 1)) })
}
