import ServingPolicies
package import ServingSim
import SimKernel

/// Random plans of all kinds in which replicas crash, are taken back and are slow, at stated times and
/// by chance, alone and with others, and clients send again what failed, or do not.
package func randomPlanOfFailures(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 17)
  let bases = [
    randomPlan, randomPlanWithPowerDown, randomPlanWithPatience, randomPlanWithShift,
    randomPlanOfOtherEngines, randomPlanUnderPressure, randomPlanInScarceCaches, randomPlanOfTies,
    randomPlanOfGangs, randomPlanOverYears,
  ]
  var plan = random.pick(bases)(seed)
  let length = max(.microsecond, SimDuration(clamping: Simulation.run(plan).end.picoseconds))
  for i in plan.replicas.indices {
    let ranks = plan.replicas[i].dataParallelSize
    if ranks == 1 {
      plan.replicas[i].zone = random.pick([nil, "a", "b"])
    } else {
      plan.replicas[i].group = "of \(ranks) ranks"
    }
  }
  let isTied = random.pick([true, false])
  plan.failures = (0..<random.between(1, 4)).map { _ in
    randomFailure(of: plan, within: length, isTied: isTied, &random)
  }
  if random.pick([true, true, false]) { plan.retry = randomRetry(length, &random) }
  plan.migrationLimit = random.pick([0, 0, 1, 3])
  return plan
}

private func randomFailure(
  of plan: Plan, within length: SimDuration, isTied: Bool, _ random: inout RandomStream
) -> FailureRule {
  func time(_ share: Double) -> SimDuration {
    let time = max(1, Int64(share * Double(min(length, .longest).picoseconds)))
    let millisecond = SimDuration.millisecond.picoseconds
    return SimDuration(
      picoseconds: isTied ? (time / millisecond + 1) * millisecond : time)
  }
  let group = random.pick(plan.replicas).group
  let place = random.integer(below: plan.replicas.count)
  let kind: Failure.Kind = random.pick([
    .crash, .crash, .reclaim(notice: random.pick([.zero, time(0.1 * random.uniform())])),
    .slow(factor: random.pick([0.5, 1.7, 4])),
    .partition(detection: random.pick([.zero, time(0.1 * random.uniform())])),
  ])
  let repair: Failure.Repair = random.pick([
    .after(time(0.3 * random.uniform())), .mean(time(0.1)),
    // Somebody stays.
    kind == .slow(factor: 4) ? .never : .after(time(0.01)),
  ])
  let rule: FailureRule.Time = random.pick([
    .at(.start + time(random.uniform())), .at(.start + time(random.uniform())),
    .every(seconds: time(random.pick([0.2, 1])).seconds),
  ])
  return FailureRule(
    rule,
    random.pick([
      .all, .group(group), .replica(group: group, place: place),
      .replica(group: group, place: place), .zone("a"),
    ]),
    Failure(kind, repair: repair))
}

private func randomRetry(_ length: SimDuration, _ random: inout RandomStream) -> RetryPolicy {
  let initial = SimDuration(
    picoseconds: random.pick([0, 1_000_000, length.picoseconds / 50]))
  return RetryPolicy(
    maxAttempts: random.between(1, 5),
    reasons: random.pick([Set(RetryPolicy.Reason.allCases), [.failed], [.timedOut, .refused]]),
    initialBackoff: initial, maxBackoff: initial + initial + initial,
    multiplier: random.pick([1, 1.5, 2]), jitter: random.pick([0, 0.3, 1]),
    throttling: random.pick([
      nil, nil,
      RetryPolicy.Throttling(maxTokens: random.between(1, 8), ratio: random.pick([0, 100, 1000])),
    ]))
}
