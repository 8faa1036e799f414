import ServingModel
import ServingPolicies
package import ServingSim
import SimKernel

/// The same with replicas that are switched off when they have nothing to do, some of them at once.
package func randomPlanWithPowerDown(seed: UInt64) -> Plan {
  var plan = randomPlan(seed: seed)
  var random = RandomStream(seed: seed, .tests, index: 1)
  for i in plan.replicas.indices where random.pick([true, true, true, false]) {
    plan.replicas[i].powerDown = PowerDown(
      after: SimDuration(picoseconds: Int64(random.pick([1, 1_000_000, 30_000_000, 400_000_000]))),
      wake: SimDuration(picoseconds: Int64(random.pick([0, 1, 20_000_000, 900_000_000]))))
  }
  return plan
}

/// The same at a time that 64 bits of picoseconds do not hold: requests are under way when the engine
/// counts its times anew, some of them wait for weeks, and some come months or years later.
package func randomPlanOverYears(seed: UInt64) -> Plan {
  let bases = [randomPlanWithPowerDown, randomPlanWithPatience, randomPlanOfOtherEngines]
  var plan = bases[Int(seed % 3)](seed)
  var random = RandomStream(seed: seed, .tests, index: 6)
  let day: Instant = 86_400_000_000_000_000
  let last = plan.workload.arrivals.filter { !$0.isNever }.map(\.picoseconds).max() ?? 0
  let reach = Instant(Int64.max / 2)
  let start = random.pick([reach - last / 2, reach - last - 1_000_000, 300 * day, 0])
  let gap = random.pick([0, 1_000_000_000_000, 30 * day, 120 * day, 700 * day])
  let middle = plan.workload.count / 2
  for i in 0..<plan.workload.count where !plan.workload.arrivals[i].isNever {
    plan.workload.arrivals[i].picoseconds += start + (i < middle ? 0 : gap)
  }
  for i in plan.workload.dependencies?.thinkTimes.indices ?? 0..<0 where random.pick([true, false])
  {
    plan.workload.dependencies?.thinkTimes[i] = SimDuration(picoseconds: Int64(50 * day))
  }
  return plan
}

/// The same with deadlines, and a signal that some requests wait for.
package func randomPlanWithShift(seed: UInt64) -> Plan {
  var plan = randomPlanWithPowerDown(seed: seed)
  var random = RandomStream(seed: seed, .tests, index: 2)
  let millisecond = SimDuration.millisecond.picoseconds
  plan.workload.deadlines = (0..<plan.workload.count).map { _ in
    guard random.pick([true, true, false]) else { return .longest }
    return SimDuration(picoseconds: Int64(random.between(1, 15)) * millisecond)
  }
  let starts = (0..<30).filter { $0 == 0 || random.pick([true, false]) }.map { Int64($0 - 3) }
  plan.shift = ShiftPlan(
    signal: StepSeries(
      starts: starts, values: starts.map { _ in Double(random.between(-2, 9)) }, end: 30),
    spacing: SimDuration(
      picoseconds: Int64(random.pick([10_000_000, 370_000_000, 2_000_000_000]))),
    reserve: SimDuration(picoseconds: Int64(random.pick([1, 100_000_000, 2_700_000_000]))))
  return plan
}

/// The same with clients that give up, and a gate that refuses requests, some before their requests are released.
package func randomPlanWithPatience(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 4)
  var plan = random.pick([randomPlan, randomPlanWithPowerDown, randomPlanWithShift])(seed)
  let scale = random.pick([1, 100, 10_000])
  plan.workload.patience = (0..<plan.workload.count).map { _ in
    guard random.pick([true, false]) else { return .longest }
    return SimDuration(picoseconds: Int64(random.between(1, 1_000_000) * scale))
  }
  if random.pick([true, false]) { plan.admission = randomGates(&random, of: &plan) }
  limitQueues(of: &plan)
  return plan
}

/// In some of them few requests wait at an engine.
private func limitQueues(of plan: inout Plan) {
  var random = RandomStream(seed: plan.seed, .tests, index: 21)
  guard random.pick([true, false]) else { return }
  for i in plan.replicas.indices {
    plan.replicas[i].maxQueuedRequests = random.pick([nil, random.between(1, 5)])
  }
}

/// The same with priorities, hardly more KV blocks than the longest request needs, few tokens a step,
/// and steps of a tenth of a second: requests preempt each other and miss steps, within which windows
/// end.
package func randomPlanUnderPressure(seed: UInt64) -> Plan {
  var plan = randomPlan(seed: seed)
  var random = RandomStream(seed: seed, .tests, index: 11)
  plan.workload.priorities = (0..<plan.workload.count).map { _ in Int32(random.between(0, 3)) }
  for i in plan.replicas.indices {
    plan.replicas[i].scheduler = PriorityFirst()
    plan.replicas[i].maxNumSeqs = random.between(4, 12)
    plan.replicas[i].enablePrefixCaching = false
    plan.replicas[i].enableChunkedPrefill = true
    plan.replicas[i].maxNumBatchedTokens =
      plan.replicas[i].maxNumSeqs + random.pick([0, random.between(1, 6), 200])
    let blockSize = plan.replicas[i].blockSize
    let enough = (plan.replicas[i].maxModelLength + blockSize - 1) / blockSize
    plan.replicas[i].usableBlocks =
      enough + random.pick([random.between(0, 3), random.between(0, enough)])
    guard var stepTime = plan.replicas[i].stepTime as? TestStepTime else { continue }
    stepTime.base = Int64(random.between(30, 100)) * SimDuration.millisecond.picoseconds
    plan.replicas[i].stepTime = stepTime
  }
  return seed.isMultiple(of: 2) ? plan : crowded(plan)
}

/// The same with short prompts and blocks of one token: whoever is preempted leaves too little for the
/// next step, so others miss steps one after the other; and some clients do not wait for that.
private func crowded(_ plan: Plan) -> Plan {
  var plan = plan
  var random = RandomStream(seed: plan.seed, .tests, index: 13)
  for i in 0..<plan.workload.count {
    plan.workload.promptTokens[i] = Int32(random.between(1, 4))
    plan.workload.outputTokens[i] = Int32(random.between(20, 40))
    plan.workload.priorities?[i] = Int32(random.between(0, 40))
  }
  plan.workload.content = nil
  plan.workload.patience = (0..<plan.workload.count).map { _ in
    random.pick([.longest, .millisecond * (100 * random.between(1, 40))])
  }
  for i in plan.replicas.indices {
    plan.replicas[i].enablePrefixCaching = random.pick([true, false])
    plan.replicas[i].maxModelLength = 44
    plan.replicas[i].maxNumSeqs = 12
    plan.replicas[i].maxNumBatchedTokens = 40
    plan.replicas[i].blockSize = 1
    plan.replicas[i].usableBlocks = 44 + random.between(0, 9)
  }
  return plan
}

/// The same with the schedulers of SGLang and TensorRT-LLM, little memory, and clients that say how
/// long an answer may be, or not.
package func randomPlanOfOtherEngines(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 14)
  var plan = random.pick([randomPlan, randomPlanWithPowerDown, randomPlanWithPatience])(seed)
  plan.workload.traits[.maxTokens] = plan.workload.outputTokens.map { tokens in
    random.pick([RequestTraits.none, Int64(tokens), Int64(tokens) + Int64(random.between(0, 40))])
  }
  let isLong = random.integer(below: 8) == 0
  if isLong { plan.workload.outputTokens = plan.workload.outputTokens.map { min(400, $0 * 4) } }
  for i in plan.replicas.indices {
    plan.replicas[i].scheduler = random.pick([
      GuaranteedNoEvict(), GuaranteedNoEvict(),
      SGLangScheduling(
        order: random.pick([.firstComeFirstServed, .longestPrefixMatch]), mixesChunks: true,
        conservativeness: random.pick([0.1, 1])),
      sgLang(&random), sgLang(&random), sgLang(&random), sgLang(&random),
    ])
    plan.replicas[i].longPrefillTokenThreshold = nil
    let length = plan.replicas[i].maxModelLength + (isLong ? 300 : 0)
    plan.replicas[i].maxModelLength = length
    let blockSize = plan.replicas[i].blockSize
    let enough = (length + blockSize - 1) / blockSize
    plan.replicas[i].usableBlocks =
      enough + random.pick([0, random.between(0, enough), 9 * enough])
    plan.replicas[i].maxNumSeqs = random.between(1, 12)
    let tokens = plan.replicas[i].enableChunkedPrefill ? random.between(1, 100) : length
    plan.replicas[i].maxNumBatchedTokens = max(tokens, plan.replicas[i].maxNumSeqs)
    if plan.replicas[i].scheduler is GuaranteedNoEvict, random.pick([true, false, false]) {
      plan.replicas[i].enableChunkedPrefill = false
      plan.replicas[i].longestPrompt = plan.replicas[i].maxNumBatchedTokens
    }
  }
  return plan
}

private func sgLang(_ random: inout RandomStream) -> SGLangScheduling {
  SGLangScheduling(
    order: random.pick(SGLangScheduling.Order.allCases),
    maxPrefillTokens: random.pick([SGLangScheduling.usualPrefillTokens, random.between(1, 120)]),
    conservativeness: random.pick([0, 0.05, 0.3, 1]))
}

/// The same with prefix caches hardly larger than the longest request, some of them with an order of
/// eviction that takes the beginnings of texts first, priorities, clients that give up, and all times
/// but those of steps in whole milliseconds, so that many things happen at one instant.
package func randomPlanInScarceCaches(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 12)
  var plan = randomPlanWithPowerDown(seed: seed)
  for i in 0..<plan.workload.count where !plan.workload.arrivals[i].isNever {
    plan.workload.arrivals[i] = wholeMilliseconds(plan.workload.arrivals[i])
  }
  plan.workload.patience = (0..<plan.workload.count).map { _ in
    random.pick([.longest, .millisecond * random.between(1, 60)])
  }
  plan.workload.priorities = (0..<plan.workload.count).map { _ in Int32(random.between(0, 2)) }
  for i in plan.replicas.indices {
    plan.replicas[i].enablePrefixCaching = true
    plan.replicas[i].maxNumSeqs = random.between(4, 12)
    plan.replicas[i].maxNumBatchedTokens = max(
      plan.replicas[i].maxNumBatchedTokens, plan.replicas[i].maxNumSeqs)
    plan.replicas[i].eviction = random.pick([
      nil, LeastFrequentlyUsed(), MostFoundFirst(), MostFoundFirst(),
    ])
    plan.replicas[i].scheduler = random.pick([FirstComeFirstServed(), PriorityFirst()])
    let blockSize = plan.replicas[i].blockSize
    let enough = (plan.replicas[i].maxModelLength + blockSize - 1) / blockSize
    plan.replicas[i].usableBlocks = enough + random.pick([0, random.between(0, enough)])
    if plan.replicas[i].powerDown != nil {
      plan.replicas[i].powerDown = PowerDown(
        after: .millisecond * random.between(1, 5), wake: .millisecond * random.between(0, 3))
    }
  }
  return plan
}

/// Texts that were found often go first: what others begin with goes before what they go on with.
private struct MostFoundFirst: EvictionPolicy {
  func rank(of text: FreedText) -> Int64 { text.isOwn ? 1 : -Int64(text.finds) }
}

private func wholeMilliseconds(_ time: SimTime) -> SimTime {
  let millisecond = Instant(SimDuration.millisecond.picoseconds)
  return SimTime(picoseconds: time.picoseconds / millisecond * millisecond)
}

/// The same with a pool of all replicas that follows a timetable or its requests. The pool's replicas
/// are switched off for want of work only if they may be.
package func randomPlanWithScaling(seed: UInt64, powersDown: Bool = true) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 10)
  var plan = random.pick([randomPlan, randomPlanWithPatience])(seed)
  for i in plan.replicas.indices {
    plan.replicas[i].group = "pool"
    if !powersDown { plan.replicas[i].powerDown = nil }
  }
  let first = plan.replicas.count
  let length = max(1e-9, Simulation.run(plan).end.seconds)
  // Somebody is there in the end.
  let entries = (0..<4).map { step in
    ScheduledScaler.Entry(
      time: SimTime(seconds: length * (Double(step) + random.uniform()) / 4),
      replicas: random.pick([0, 1, first, first + 2]) + (step == 3 ? 1 : 0))
  }
  let interval = max(
    .microsecond, SimDuration(seconds: length / Double(random.between(5, 40))))
  let scaler = random.pick([
    ScheduledScaler(entries) as any Scaler,
    OutstandingScaler(target: random.pick([0.5, 2, 6]), interval: interval),
  ])
  plan.scaling = [
    ScalingPlan(
      group: "pool", replica: plan.replicas[0], bounds: random.between(0, 1)...first + 3,
      startUp: SimDuration(seconds: random.pick([0, 0.05 * length])), scaler: scaler)
  ]
  return plan
}

/// The same with data parallel replicas, the ranks of each of which step together, sometimes with one of
/// another kind beside them, and sometimes months later.
package func randomPlanOfGangs(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 16)
  let bases = [
    randomPlan, randomPlanWithPowerDown, randomPlanWithPatience, randomPlanWithShift,
    randomPlanOfOtherEngines, randomPlanUnderPressure, randomPlanInScarceCaches,
  ]
  var plan = random.pick(bases)(seed)
  let others = plan.replicas.suffix(random.pick([0, 0, 1]))
  plan.replicas = (0..<random.pick([1, 1, 2])).flatMap { _ in
    let ranks = random.pick([2, 2, 3, 4, 8])
    var rank = random.pick(plan.replicas)
    rank.dataParallelSize = ranks
    rank.stepsTogether = true
    return Array(repeating: rank, count: ranks)
  }
  if random.pick([true, false]) {
    plan.replicas += others
  } else {
    plan.replicas = others + plan.replicas
  }
  guard plan.shift == nil, random.pick([true, false, false]) else { return plan }
  // The engine counts its times anew amid the run.
  let last = plan.workload.arrivals.filter { !$0.isNever }.map(\.picoseconds).max() ?? 0
  for i in 0..<plan.workload.count where !plan.workload.arrivals[i].isNever {
    plan.workload.arrivals[i].picoseconds += Instant(Int64.max / 2) - last / 2
  }
  return plan
}

/// The same as in scarce caches, on ten times as many replicas whose router knows what each holds.
package func randomPlanOfManyHolders(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 20)
  var plan = random.pick([randomPlanInScarceCaches, randomPlanOfFailures])(seed)
  plan.replicas = (0..<10).flatMap { _ in plan.replicas }
  plan.router = .prefixAffinity
  return plan
}
