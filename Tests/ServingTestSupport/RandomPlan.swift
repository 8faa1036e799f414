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
  var workload = randomWorkload(size, &random)
  let longest = zip(workload.promptTokens, workload.outputTokens).map { Int($0 + $1) }.max() ?? 1
  var replicas = (0..<size.replicas).map { _ in
    randomReplica(&random, longest: longest, pace: size.pace)
  }
  limitChunks(&replicas, seed: seed)
  countService(&replicas, &workload, seed: seed)
  if size.areIdentical { replicas = replicas.map { _ in replicas[0] } }
  var plan = Plan(
    name: "random \(seed)", seed: seed, workload: workload, replicas: replicas,
    router: random.pick(RouterPolicy.allCases), objectives: ServiceLevelObjectives(), lines: [])
  chooseRouting(of: &plan, pace: size.pace)
  return plan
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

extension RandomStream {
  package mutating func pick<T>(_ choices: [T]) -> T { choices[integer(below: choices.count)] }

  mutating func between(_ low: Int, _ high: Int) -> Int { low + integer(below: high - low + 1) }
}

private func randomReplica(
  _ random: inout RandomStream, longest: Int, pace: Int
) -> ReplicaPlan {
  let blockSize = random.pick([1, 4, 16, 5])
  let scheduler = random.pick([
    BatchPolicyName.firstComeFirstServed, .priority, .shortestPromptFirst, .earliestDeadlineFirst,
    .staticBatching, .firstComeFirstServed,
  ]).policy
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

/// Some of them compute few tokens of a prompt in a step, so that many prompts are unfinished at once.
private func limitChunks(_ replicas: inout [ReplicaPlan], seed: UInt64) {
  var random = RandomStream(seed: seed, .tests, index: 15)
  for i in replicas.indices {
    replicas[i].longPrefillTokenThreshold = random.pick([
      nil, nil, random.between(1, 6), random.between(1, 80),
    ])
  }
}

/// Some of them serve the tenant that has had the least.
private func countService(
  _ replicas: inout [ReplicaPlan], _ workload: inout Workload, seed: UInt64
) {
  var random = RandomStream(seed: seed, .tests, index: 19)
  guard random.pick([true, false, false, false]) else { return }
  let tenants = random.between(1, 5)
  workload.traits[.tenant] = RequestLabels(
    names: (0..<tenants).map { "tenant \($0)" },
    ofRequest: (0..<workload.count).map { _ in Int32(random.between(-1, tenants - 1)) })
  for i in replicas.indices where random.pick([true, true, false]) {
    replicas[i].scheduler = VirtualTokenCounter(
      ServiceWeights(input: random.pick([0, 1, 1, 3]), output: random.pick([0, 1, 2, 2, 7])))
  }
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
