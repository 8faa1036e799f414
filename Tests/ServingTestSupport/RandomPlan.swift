import ServingPolicies
import ServingModel
package import ServingSim
import SimKernel

/// Random plans that reach every corner of the engine: all schedulers, routers and caches, tight
/// memory, chunked prompts, sessions, shared prefixes, closed loops, windows, priorities; fleets of
/// identical replicas, whose steps end together; answers longer than the milestone ring; runs of
/// milliseconds, of which a window of the recording holds all, and of minutes.
package func randomPlan(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests)
  let size = PlanSize(seed: seed)
  let workload = randomWorkload(size, &random)
  let longest = zip(workload.promptTokens, workload.outputTokens).map { Int($0 + $1) }.max() ?? 1
  var replicas = (0..<size.replicas).map { _ in
    randomReplica(&random, longest: longest, pace: size.pace)
  }
  if size.areIdentical { replicas = replicas.map { _ in replicas[0] } }
  return Plan(
    name: "random \(seed)", seed: seed, workload: workload, replicas: replicas,
    router: random.pick(RouterPolicy.allCases), objectives: ServiceLevelObjectives(), lines: [])
}

/// How large a random plan is, drawn before all else.
private struct PlanSize {
  var replicas: Int
  var areIdentical: Bool
  var requests: Int
  /// Tokens of one long answer, if any.
  var longAnswer: Int?
  /// How many times slower than the fastest plans.
  var pace: Int

  init(seed: UInt64) {
    var random = RandomStream(seed: seed, .tests, index: 3)
    let isLarge = random.integer(below: 25) == 0
    let isLong = random.integer(below: 25) == 0
    replicas = random.pick([1, 1, 2, 3, 8])
    areIdentical = random.pick([true, false])
    requests = isLarge ? random.between(100, 400) : random.between(1, 40)
    longAnswer = isLong ? random.between(1000, 2600) : nil
    pace = random.pick([1, 1, 50, 3000])
  }
}

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
  if random.pick([true, false, false]) {
    plan.admission = QueueLimitGate(limit: random.between(1, 6))
  }
  return plan
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
      SGLangScheduling(mixesChunks: true, conservativeness: random.pick([0.1, 1])),
      sgLang(&random), sgLang(&random), sgLang(&random), sgLang(&random),
    ])
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
  let interval = SimDuration(seconds: length / Double(random.between(5, 40)))
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

extension RandomStream {
  package mutating func pick<T>(_ choices: [T]) -> T { choices[integer(below: choices.count)] }

  mutating func between(_ low: Int, _ high: Int) -> Int { low + integer(below: high - low + 1) }
}

private func randomReplica(
  _ random: inout RandomStream, longest: Int, pace: Int
) -> ReplicaPlan {
  let blockSize = random.pick([1, 4, 16, 5])
  let scheduler = random.pick(BatchPolicyName.allCases + [.firstComeFirstServed]).policy
  let seats = random.between(1, 12)
  let chunked = random.pick([true, true, true, false])
  // Sometimes the longest request does not fit and has to be cut or refused.
  let modelLength = random.pick([longest, longest, max(2, longest * 2 / 3)])
  let enough = (modelLength + blockSize - 1) / blockSize
  let blocks = enough + random.pick([0, 1, enough / 2, enough * 3, enough * 20])
  let tokens = chunked ? seats + random.between(1, 200) : max(seats, modelLength)
  var replica = ReplicaPlan(
    group: "random", maxNumSeqs: seats, maxNumBatchedTokens: tokens, maxModelLength: modelLength,
    blockSize: blockSize, usableBlocks: blocks,
    enablePrefixCaching: random.pick([true, true, false]),
    enableChunkedPrefill: chunked, asyncScheduling: random.pick([false, true]),
    watermark: random.pick([0, 0, 0.05]), scheduler: scheduler,
    stepTime: randomStepTime(&random, pace: pace), meter: randomMeter(&random))
  replica.eviction = random.pick(EvictionPolicyName.allCases).policy
  return replica
}

private func randomStepTime(_ random: inout RandomStream, pace: Int) -> any StepTimeModel {
  func time(_ picoseconds: Int) -> Int64 { Int64(pace * picoseconds) }
  return TestStepTime(
    base: time(random.between(1, 20_000_000)), perDecode: time(random.between(0, 300_000)),
    perContext: time(random.pick([0, 1, 1531, 40_000])),
    perWindowed: time(random.pick([0, 977])), perPrefillToken: time(random.between(1, 262_000)),
    perPair: time(random.pick([0, 235])),
    attentionWindow: random.pick([nil, nil, 1, random.between(2, 60)]),
    isStraight: random.pick([true, true, true, false]),
    coveredPrefill: random.pick([.max, random.between(1, 100)]))
}

private func randomMeter(_ random: inout RandomStream) -> WorkMeter? {
  guard random.pick([true, true, false]) else { return nil }
  let sizes = random.between(1, 60)
  return WorkMeter(
    flopsPerToken: 16e9, flopsPerSampledSequence: 1e9, flopsPerPair: 5e5,
    flopsPerWindowedPair: 3e5, readBytesPerContext: 131_072, readBytesPerWindowedContext: 65_536,
    writtenBytesPerToken: 196_608,
    weightBytes: (0..<sizes).map { 1e9 * Double($0) + 7 * random.uniform() },
    peakCompute: FLOPsPerSecond(1e15), peakBandwidth: BytesPerSecond(3e12))
}

private func randomWorkload(_ size: PlanSize, _ random: inout RandomStream) -> Workload {
  let count = size.requests
  var prompts = (0..<count).map { _ in Int32(random.between(1, random.pick([8, 60, 200]))) }
  var outputs = (0..<count).map { _ in Int32(random.between(1, random.pick([1, 5, 40, 90]))) }
  if let long = size.longAnswer { outputs[random.integer(below: count)] = Int32(long) }
  let spread = random.pick([0, 1_000_000, 100_000_000, 2_000_000_000]) * size.pace
  var arrivals = (0..<count).map { _ in
    SimTime(picoseconds: Instant(random.integer(below: spread + 1)))
  }.sorted()
  var workload = Workload(
    arrivals: arrivals, promptTokens: prompts, outputTokens: outputs, description: "random")
  switch random.integer(below: 5) {
  case 0: break
  case 1:
    workload.content = groups(count, prompts, &random)
  case 2, 3:
    let sessions = random.between(1, max(1, count / 2))
    let closed = random.pick([true, false])
    makeSessions(sessions, closed: closed, &workload, &random)
    if random.pick([true, false]) { addDocuments(&workload, &random) }
    prompts = workload.promptTokens
    arrivals = workload.arrivals
  default:
    workload.content = tree(count, prompts, &random)
  }
  if random.pick([false, false, true]), workload.dependencies == nil {
    workload.arrivals = workload.arrivals.map { _ in .never }
    workload.closedLoop = ClosedLoop(
      concurrency: random.between(1, 9),
      thinkTime: SimDuration(picoseconds: Int64(random.pick([0, 0, 70_000_000]))))
  }
  if random.pick([true, false]) {
    workload.priorities = (0..<count).map { _ in Int32(random.between(-1, 2)) }
  }
  if random.pick([false, false, true]) {
    workload.traits[.maxTokens] = (0..<count).map { _ in
      random.pick([RequestTraits.none, Int64(random.between(1, 50))])
    }
  }
  if random.pick([true, false]) {
    workload.deadlines = (0..<count).map { _ in
      random.pick([.longest, .millisecond * random.between(1, 30)])
    }
  }
  return workload
}

/// Whether answers go on in chains: in all, in none, or in some of a table that mixes conversations
/// with documents.
private struct AnswerKinds {
  private let all: Bool?

  init(_ random: inout RandomStream) { all = random.pick([true, false, nil, nil]) }

  func draw(_ random: inout RandomStream) -> Bool { all ?? random.pick([true, false]) }
}

/// Requests that begin with one of a few shared texts.
private func groups(_ count: Int, _ prompts: [Int32], _ random: inout RandomStream) -> ContentTable
{
  let groups = random.between(1, 3)
  var table = ContentTable()
  let kinds = AnswerKinds(&random)
  for _ in 0..<groups { table.addChain(answersExtend: kinds.draw(&random)) }
  for i in 0..<count {
    guard random.pick([true, true, true, false]) else {
      table.chainOfRequest.append(-1)
      continue
    }
    let group = random.integer(below: groups)
    guard random.pick([true, true, false]) else {
      table.chainOfRequest.append(Int32(group))
      continue
    }
    let offset = Int32(random.between(0, Int(prompts[i])))
    table.chainOfRequest.append(
      table.addChain(parent: Int32(group), offset: offset, answersExtend: kinds.draw(&random)))
  }
  return table
}

/// Texts that branch off one another anywhere.
private func tree(_ count: Int, _ prompts: [Int32], _ random: inout RandomStream) -> ContentTable {
  var table = ContentTable()
  let kinds = AnswerKinds(&random)
  for i in 0..<count {
    let chains = table.parents.count
    if chains > 0, random.pick([true, false]) {
      table.chainOfRequest.append(Int32(random.integer(below: chains)))
      continue
    }
    let parent = chains == 0 || random.integer(below: 4) == 0 ? -1 : random.integer(below: chains)
    let least = parent < 0 ? 0 : Int(table.offsets[parent])
    let offset = parent < 0 ? 0 : Int32(least + random.between(0, Int(prompts[i])))
    table.chainOfRequest.append(
      table.addChain(
        parent: Int32(parent), offset: offset, answersExtend: kinds.draw(&random)))
  }
  return table
}

/// Has some conversations begin with one of a few shared documents, and some requests be about one
/// and belong to no conversation's text.
private func addDocuments(_ workload: inout Workload, _ random: inout RandomStream) {
  guard let conversations = workload.content else { return }
  var table = ContentTable()
  let documents = Int32(random.between(1, 3))
  for _ in 0..<documents { table.addChain(answersExtend: false) }
  let shortest = Int(workload.promptTokens.min() ?? 0)
  for _ in 0..<conversations.chainCount {
    if random.pick([true, false]) {
      let document = Int32(random.integer(below: Int(documents)))
      let offset = Int32(random.between(0, shortest))
      table.addChain(parent: document, offset: offset, answersExtend: true)
    } else {
      table.addChain(answersExtend: true)
    }
  }
  table.chainOfRequest = conversations.chainOfRequest.map { chain in
    random.integer(below: 4) == 0
      ? Int32(random.integer(below: Int(documents))) : chain + documents
  }
  workload.content = table
}

/// Conversations whose next prompt is the last one, its answer and something new.
private func makeSessions(
  _ sessions: Int, closed: Bool, _ workload: inout Workload, _ random: inout RandomStream
) {
  let count = workload.count
  var lengths = [Int32](repeating: 0, count: sessions)
  var last = [Int](repeating: -1, count: sessions)
  var table = ContentTable(
    chainOfRequest: [], answersExtend: true,
    parents: [Int32](repeating: -1, count: sessions),
    offsets: [Int32](repeating: 0, count: sessions))
  var waits = [Int32](repeating: 0, count: count)
  var followers = [[Int32]](repeating: [], count: count)
  for i in 0..<count {
    let session = random.integer(below: sessions)
    table.chainOfRequest.append(Int32(session))
    workload.promptTokens[i] += lengths[session]
    lengths[session] = workload.promptTokens[i] + workload.outputTokens[i]
    if closed, last[session] >= 0 {
      waits[i] = 1
      followers[last[session]].append(Int32(i))
      workload.arrivals[i] = .never
    }
    last[session] = i
  }
  workload.content = table
  workload.sessions = table.chainOfRequest
  guard closed else { return }
  var first: [Int32] = [0]
  for list in followers { first.append(first[first.count - 1] + Int32(list.count)) }
  let think = Int64(random.pick([0, 30_000_000]))
  workload.dependencies = Dependencies(
    waitsFor: waits, firstDependent: first, dependents: followers.flatMap { $0 },
    thinkTimes: waits.map { _ in SimDuration(picoseconds: think) })
}
