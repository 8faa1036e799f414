import ServingPolicies
package import ServingSim
import SimKernel

/// Random plans of all kinds in which a group follows a timetable, its requests or an autoscaler, on nodes
/// that take their time to come and of which there may be too few.
package func randomPlanOfScaling(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 19)
  let bases = [
    randomPlan, randomPlanWithPowerDown, randomPlanWithPatience, randomPlanWithShift,
    randomPlanOfTies, randomPlanOfTies, randomPlanOfFailures, randomPlanOfFailures,
    randomPlanOfRegions, randomPlanOfGangs,
  ]
  var plan = random.pick(bases)(seed)
  let length = max(.microsecond, SimDuration(clamping: Simulation.run(plan).end.picoseconds))
  var times = RandomTimes(length: length, isTied: random.pick([true, false]))
  // The replicas of a group are alike in how many ranks they have.
  for i in plan.replicas.indices where plan.replicas[i].dataParallelSize > 1 {
    plan.replicas[i].group = "of \(plan.replicas[i].dataParallelSize) ranks"
  }
  let group = random.pick(plan.replicas).group
  let own = plan.replicas.indices.filter { plan.replicas[$0].group == group }
  let ranks = plan.replicas[own[0]].dataParallelSize
  let count = own.count / ranks
  let nodes = randomNodes(of: count, &times, &random)
  for i in own { plan.replicas[i].nodes = nodes }
  plan.scaling = [
    ScalingPlan(
      group: group, replica: plan.replicas[own[0]],
      bounds: max(random.between(0, 1), isFar(plan) ? 1 : 0)...count + 3,
      startUp: random.pick([.zero, times.next(0.1, &random)]),
      scaler: randomScaler(of: count, plan.replicas[own[0]], &times, &random))
  ]
  return plan
}

/// Whether a pool that is empty when nobody is there could be empty again when they have travelled to it,
/// for ever.
private func isFar(_ plan: Plan) -> Bool {
  plan.regions.latency.contains { $0.contains { $0 > .zero } }
}

/// Times as shares of a run's length, or whole milliseconds.
private struct RandomTimes {
  var length: SimDuration
  var isTied: Bool

  /// Up to `share` of the length, above zero.
  mutating func next(_ share: Double, _ random: inout RandomStream) -> SimDuration {
    let most = share * Double(min(length, .longest).picoseconds)
    let time = max(1000, Int64(most * random.uniform()))
    let millisecond = SimDuration.millisecond.picoseconds
    return SimDuration(
      picoseconds: isTied ? (time / millisecond + 1) * millisecond : time)
  }
}

private func randomNodes(
  of count: Int, _ times: inout RandomTimes, _ random: inout RandomStream
) -> NodePlan? {
  guard random.pick([true, true, false]) else { return nil }
  let size = random.pick([1, 1, 2, 3])
  var nodes = NodePlan(
    NodeTerms(
      replicasPerNode: size, minimumBilling: random.pick([.zero, times.next(0.5, &random)])),
    quota: random.pick([nil, max(1, count / size), (count + size - 1) / size + 1]),
    provisioning: random.pick([.zero, times.next(0.2, &random)]))
  // Runs of very many looks are of no use.
  nodes.scanInterval = max(times.next(0.2, &random), shortest(times.length))
  return nodes
}

private func shortest(_ length: SimDuration) -> SimDuration {
  SimDuration(picoseconds: max(1000, min(length, .longest).picoseconds / 60))
}

private func randomScaler(
  of count: Int, _ replica: ReplicaPlan, _ times: inout RandomTimes, _ random: inout RandomStream
) -> any Scaler {
  var time = SimTime.start
  // Somebody is there in the end.
  let entries = (0..<4).map { step in
    time = time + times.next(0.3, &random)
    return ScheduledScaler.Entry(
      time: time, replicas: random.pick([0, 1, count, count + 2]) + (step == 3 ? 1 : 0))
  }
  let interval = max(times.next(0.1, &random), shortest(times.length))
  var settings = HorizontalPodAutoscaler.Settings(
    metric: random.pick(HorizontalPodAutoscaler.Metric.allCases), target: random.pick([0.3, 1, 4]),
    interval: interval)
  settings.scaleUpWindow = random.pick([.zero, times.next(0.1, &random)])
  settings.scaleDownWindow = random.pick([.zero, times.next(0.2, &random)])
  settings.cooldown = times.next(0.2, &random)
  return random.pick([
    ScheduledScaler(entries) as any Scaler,
    OutstandingScaler(target: random.pick([0.5, 2, 6]), interval: interval),
    HorizontalPodAutoscaler(settings),
    randomPredictive(interval, &times, &random),
    randomPlanner(interval, replica, &random),
    WhimsicalScaler(most: count + 2, interval: interval),
  ])
}

/// What it decides follows from every number that it sees, whatever is best: one that differs shows.
private struct WhimsicalScaler: Scaler {
  let most: Int
  let interval: SimDuration

  func look(at pool: PoolView) -> ScalingDecision {
    let traffic = pool.traffic
    let seen = [
      pool.ready, pool.starting, pool.waiting, pool.running, pool.unsent, pool.maxNumSeqs,
      Int(pool.kvUse * 1e9), traffic.requests, traffic.promptTokens, traffic.finished,
      traffic.outputTokens, Int(truncatingIfNeeded: traffic.decodeTime),
    ]
    // FNV-1a, by words.
    let hash = seen.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64(bitPattern: Int64($1))) &* 1_099_511_628_211
    }
    let replicas = Int(hash >> 33) % (most + 1)
    return ScalingDecision(
      replicas: pool.unsent > 0 ? max(1, replicas) : replicas, next: pool.asOf + interval)
  }
}

private func randomPredictive(
  _ interval: SimDuration, _ times: inout RandomTimes, _ random: inout RandomStream
) -> PredictiveScaler {
  var settings = PredictiveScaler.Settings(
    target: random.pick([0.5, 2, 20]) / times.length.seconds, interval: interval,
    lookAhead: random.pick([.zero, times.next(0.2, &random)]))
  settings.period = interval * random.between(1, 6)
  return PredictiveScaler(settings)
}

private func randomPlanner(
  _ interval: SimDuration, _ replica: ReplicaPlan, _ random: inout RandomStream
) -> DynamoPlanner {
  var settings = DynamoPlanner.Settings()
  settings.interval = interval
  settings.timeToFirstToken = random.pick([.microsecond, .millisecond, .second * 100])
  settings.interTokenLatency = random.pick([.microsecond * 10, .millisecond, .second])
  settings.predictor = random.pick(LoadPredictor.allCases)
  settings.window = random.between(1, 4)
  settings.isCorrected = random.pick([true, false])
  return DynamoPlanner(settings, of: EngineCapacity(replica))
}
