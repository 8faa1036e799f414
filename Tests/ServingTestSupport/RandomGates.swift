import ServingModel
import ServingPolicies
import ServingSim
import SimKernel

/// One to three gates, and tenants, classes and priorities that they tell requests apart by.
func randomGates(_ random: inout RandomStream, of plan: inout Plan) -> [any Gate] {
  let count = plan.workload.count
  if random.pick([true, false]) {
    let names = ["critical", "standard", "batch"]
    for label in [RequestLabel.tenant, .serviceClass] {
      plan.workload.traits[label] = RequestLabels(
        names: names, ofRequest: (0..<count).map { _ in Int32(random.between(-1, 2)) })
    }
  }
  if plan.workload.priorities == nil, random.pick([true, false]) {
    plan.workload.priorities = (0..<count).map { _ in Int32(random.between(-2, 2)) }
  }
  var times = RandomStream(seed: plan.seed, .tests, index: 20)
  return (0..<random.pick([1, 1, 2, 3])).map { _ in
    let retryAfter: SimDuration? = times.pick([
      nil, .zero, .microsecond * times.between(1, 100_000), .millisecond * 3000,
    ])
    return random.pick([
      QueueLimitGate(limit: random.between(1, 6), retryAfter: retryAfter) as any Gate,
      TokenBucketGate(
        rate: random.pick([0.5, 100, 10_000, 1_000_000]), burst: Double(random.between(1, 30)),
        unit: random.pick(TokenBucketGate.Unit.allCases),
        scope: random.pick(TokenBucketGate.Scope.allCases), retryAfter: retryAfter),
      SaturationGate(
        queueDepthThreshold: random.between(0, 4),
        kvCacheUtilThreshold: random.pick([0.1, 0.5, 0.9]),
        priorityBelow: random.between(-1, 2), retryAfter: retryAfter),
      DeadlineSheddingGate(outputTokens: random.pick([1, 1, 5, 40])),
    ])
  }
}
