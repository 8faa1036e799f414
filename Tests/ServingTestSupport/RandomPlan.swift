package import ServingSim
import SimKernel

/// Small random plans that reach every corner of the engine: all schedulers, routers and caches,
/// tight memory, chunked prompts, sessions, shared prefixes, closed loops, windows, priorities.
package func randomPlan(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests)
  let workload = randomWorkload(&random)
  let longest = zip(workload.promptTokens, workload.outputTokens).map { Int($0 + $1) }.max() ?? 1
  let replicas = (0..<random.pick([1, 1, 2, 3])).map { _ in
    randomReplica(&random, longest: longest)
  }
  return Plan(
    name: "random \(seed)", seed: seed, workload: workload, replicas: replicas,
    router: random.pick(RouterPolicy.allCases), objectives: ServiceLevelObjectives(), lines: [])
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

extension RandomStream {
  package mutating func pick<T>(_ choices: [T]) -> T { choices[integer(below: choices.count)] }

  mutating func between(_ low: Int, _ high: Int) -> Int { low + integer(below: high - low + 1) }
}

private func randomReplica(_ random: inout RandomStream, longest: Int) -> ReplicaPlan {
  let blockSize = random.pick([1, 4, 16, 5])
  let scheduler = random.pick([
    SchedulerPolicy.continuous(.firstComeFirstServed), .continuous(.firstComeFirstServed),
    .continuous(.priority), .staticBatching,
  ])
  let seats = random.between(1, 12)
  let chunked = random.pick([true, true, true, false])
  // Sometimes the longest request does not fit and has to be cut or refused.
  let modelLength = random.pick([longest, longest, max(2, longest * 2 / 3)])
  let enough = (modelLength + blockSize - 1) / blockSize
  let blocks = enough + random.pick([0, 1, enough / 2, enough * 3, enough * 20])
  let tokens = chunked ? seats + random.between(1, 200) : max(seats, modelLength)
  return ReplicaPlan(
    group: "random", maxNumSeqs: seats, maxNumBatchedTokens: tokens, maxModelLength: modelLength,
    blockSize: blockSize, usableBlocks: blocks,
    enablePrefixCaching: random.pick([true, true, false]),
    enableChunkedPrefill: chunked, asyncScheduling: random.pick([false, true]),
    watermark: random.pick([0, 0, 0.05]), scheduler: scheduler,
    stepTime: randomStepTime(&random))
}

private func randomStepTime(_ random: inout RandomStream) -> any StepTimeModel {
  TestStepTime(
    base: Int64(random.between(1, 20_000_000)), perDecode: Int64(random.between(0, 300_000)),
    perContext: Int64(random.pick([0, 1, 1531, 40_000])),
    perWindowed: Int64(random.pick([0, 977])), perPrefillToken: Int64(random.between(1, 262_000)),
    perPair: Int64(random.pick([0, 235])),
    attentionWindow: random.pick([nil, nil, 1, random.between(2, 60)]),
    isStraight: random.pick([true, true, true, false]))
}

private func randomWorkload(_ random: inout RandomStream) -> Workload {
  let count = random.between(1, 40)
  var prompts = (0..<count).map { _ in Int32(random.between(1, random.pick([8, 60, 200]))) }
  let outputs = (0..<count).map { _ in Int32(random.between(1, random.pick([1, 5, 40, 90]))) }
  let spread = random.pick([0, 1_000_000, 100_000_000, 2_000_000_000])
  var arrivals = (0..<count).map { _ in
    SimTime(picoseconds: Int64(random.integer(below: spread + 1)))
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
  return workload
}

/// Requests that begin with one of a few shared texts.
private func groups(_ count: Int, _ prompts: [Int32], _ random: inout RandomStream) -> ContentTable
{
  let groups = random.between(1, 3)
  var table = ContentTable(
    chainOfRequest: [], answersExtendChain: random.pick([true, false]), parents: [], offsets: [])
  for _ in 0..<groups {
    table.parents.append(-1)
    table.offsets.append(0)
  }
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
    table.chainOfRequest.append(Int32(table.parents.count))
    table.parents.append(Int32(group))
    table.offsets.append(Int32(random.between(0, Int(prompts[i]))))
  }
  return table
}

/// Texts that branch off one another anywhere.
private func tree(_ count: Int, _ prompts: [Int32], _ random: inout RandomStream) -> ContentTable {
  var table = ContentTable(
    chainOfRequest: [], answersExtendChain: random.pick([true, false]), parents: [], offsets: [])
  for i in 0..<count {
    let chains = table.parents.count
    if chains > 0, random.pick([true, false]) {
      table.chainOfRequest.append(Int32(random.integer(below: chains)))
      continue
    }
    let parent = chains == 0 || random.integer(below: 4) == 0 ? -1 : random.integer(below: chains)
    let least = parent < 0 ? 0 : Int(table.offsets[parent])
    table.chainOfRequest.append(Int32(chains))
    table.parents.append(Int32(parent))
    table.offsets.append(parent < 0 ? 0 : Int32(least + random.between(0, Int(prompts[i]))))
  }
  return table
}

/// Conversations whose next prompt is the last one, its answer and something new.
private func makeSessions(
  _ sessions: Int, closed: Bool, _ workload: inout Workload, _ random: inout RandomStream
) {
  let count = workload.count
  var lengths = [Int32](repeating: 0, count: sessions)
  var last = [Int](repeating: -1, count: sessions)
  var table = ContentTable(
    chainOfRequest: [], answersExtendChain: true,
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
