import ServingModel
import ServingPolicies
package import ServingSim
package import SimKernel

/// The engine's meaning, spelled out: every request a step, every block by itself, lists searched
/// from end to end. It shares no code with the engine but the plan and the step-time models.
package final class ReferenceSimulator {
  package internal(set) var outcomes: [Outcome]
  /// Gaps between neighbouring tokens, in no order.
  package private(set) var gaps: [Instant] = []
  package var steps: [Int] { replicas.map(\.steps) }
  package var stepsOutside: [Int] { replicas.map(\.stepsOutside) }
  package var peakUsedBlocks: [Int] { replicas.map(\.peakUsedBlocks) }
  package var preemptions: [Int] { replicas.map(\.preemptions) }
  package var usableBlocks: [Int] { replicas.map(\.plan.usableBlocks) }
  package var wakes: [Int] { replicas.map(\.wakes) }
  package var migrated: [Int] { replicas.map(\.migrations) }
  package var failures: [Int] { replicas.map(\.down.count) }
  package var downTimes: [Instant] {
    replicas.map { $0.down.reduce(0) { $0 + $1.end - $1.start } }
  }
  package private(set) var lost: [LostAttempt] = []
  package var joined: [SimTime] { replicas.map { SimTime(picoseconds: $0.joined) } }
  package var gone: [SimTime] {
    replicas.map { replica in
      let gone = replica.goneSince ?? .max
      return gone > end ? .never : SimTime(picoseconds: gone)
    }
  }
  package var nodes: [Int?] { replicas.map { $0.plan.nodes == nil ? nil : $0.node } }
  package var offTimes: [Instant] { replicas.map { $0.offTime(until: end) } }
  package internal(set) var held: [HeldRequest] = []
  package private(set) var end: Instant = 0
  /// When somebody from outside makes a request's client go away, by the request's number: when
  /// everybody has arrived at that instant.
  package var leaving: [Int: Instant] = [:]
  /// Ascending in time.
  package var changes: [ReplicaChange] = []
  /// Requests that came when there was nobody to send them to.
  var unsent: [Int] = []
  /// Requests whose clients have gone and that their replicas still have.
  var left: Set<Int> = []

  /// When clients give up as the plan says: before anybody arrives at that instant.
  var givingUp: [Int: Instant] = [:]

  let plan: Plan
  var failureSources: [ReferenceFailure] = []
  /// When the present attempt at a request began, where it is not the first.
  var attemptStart: [Int: Instant] = [:]
  /// How often requests went on at another replica, and what those on their way have.
  var migrations: [Int: Int] = [:]
  var carried: [Int: ReferenceCarried] = [:]
  /// When requests come again that their replicas have to drop first.
  var awaitingDrop: [Int: Instant] = [:]
  var handovers: [Int: ReferenceHandover] = [:]
  var loads: [Int: ReferenceLoad] = [:]
  /// KV entries on their way, by request.
  var flows: [Int: ReferenceFlow] = [:]
  /// What replicas keep KV entries in together.
  let stores: [ReferenceStore]
  package internal(set) var loaded: [KVLoad] = []
  package var offloadedBlocks: [Int] { replicas.map(\.offloadedBlocks) }
  package internal(set) var handoffs: [Handoff] = []
  /// Thousandths.
  var retryTokens = 0
  var workload: Workload { plan.workload }
  var replicas: [ReferenceReplica]
  var arrivals: [(time: Instant, number: Int)] = []
  var waitsFor: [Int32]
  var sentFromLoop: Set<Int> = []
  /// What the router of each pool remembers, and the pool of the request that is asked about.
  private var routers: [ReferenceRouting]
  var pool = 0
  var routing: ReferenceRouting {
    get { routers[pool] }
    set { routers[pool] = newValue }
  }
  /// Requests on their way to a pool, and when they are there.
  var travelling: [Int: (pool: Int, arrival: Instant)] = [:]
  /// How long answers travel, by request.
  var wayBack: [Int: Instant] = [:]
  /// What replicas said of themselves, and when; nil: not yet.
  var reports: [Int: ReferenceReport] = [:]
  var reportTime: Instant?
  /// What each gate has let in of each owner of a bucket: when, and how much.
  var letIn: [[Int: [(time: Instant, amount: Double)]]] = []
  var takenSlots: Set<Instant> = []
  /// Of pools that grow and shrink, with when each looks next.
  var scalers: [any Scaler] = []
  var looks: [Instant?] = []
  /// Requests that were sent to replicas, and those that these have answered, since each last looked.
  var sent: [(replica: Int, number: Int)] = []
  var answered: [(replica: Int, number: Int)] = []

  package init(_ plan: Plan) {
    self.plan = plan
    outcomes = [Outcome](repeating: Outcome(), count: plan.workload.count)
    let stores = plan.sharedStores.map { ReferenceStore(capacity: $0.blocks) }
    self.stores = stores
    replicas = plan.replicas.map { ReferenceReplica($0, stores) }
    waitsFor = plan.workload.dependencies?.waitsFor ?? []
    retryTokens = 1000 * (plan.retry?.throttling?.maxTokens ?? 0)
    routers = plan.pools.indices.map {
      ReferenceRouting(random: RandomStream(seed: plan.seed, .routing, index: UInt64($0)))
    }
  }

  /// `end`: of a run that knows when it ended; nil: it is over when the last request is.
  package func run(end knownEnd: SimTime? = nil) {
    for number in 0..<workload.count where workload.arrivals[number] != .never {
      arrivals.append((workload.arrivals[number].picoseconds, number))
    }
    for _ in 0..<(workload.closedLoop?.concurrency ?? 0) { sendFromLoop(at: 0) }
    expectFailures()
    beginScaling()
    while isAtWork || knownEnd != nil, let now = nextEvent(), now < SimTime.last.picoseconds {
      recordWaiting(until: now)
      report(before: now)
      end = now
      for i in replicas.indices where replicas[i].stepEnd == now { complete(i, at: now) }
      for i in replicas.indices where replicas[i].wakeEnd == now { comeUp(i, at: now) }
      giveUp(at: now)
      report(amid: now)
      fail(at: now)
      look(at: now)
      while let change = changes.first, change.time.picoseconds == now {
        changes.removeFirst()
        make(change.kind, at: now)
      }
      endTransfers(at: now)
      startLegs(at: now)
      takeOver(at: now)
      reachPools(at: now)
      while let arrival = nextArrival(), arrival.time == now {
        arrivals.removeAll { $0 == arrival }
        if carried[arrival.number] != nil {
          sendOff(arrival.number, at: now)
          continue
        }
        expectLeaving(arrival.number, at: now)
        if !hold(arrival.number, at: now) { arrive(arrival.number, at: now) }
      }
      leave(&leaving, at: now)
      for i in replicas.indices where replicas[i].stepEnd == nil {
        if replicas[i].wakeEnd ?? now <= now { begin(i, at: now) }
      }
      for gang in gangs { stepTogether(gang, at: now) }
      for i in replicas.indices {
        leaveFleet(i, at: now)
        breakDown(i, at: now)
      }
    }
    end = knownEnd?.picoseconds ?? usualEnd
    while let last = replicas.last, last.joined > end { replicas.removeLast() }
    for i in replicas.indices {
      replicas[i].recordOff(until: end)
      replicas[i].recordDownTimes(until: end)
    }
  }

  /// The run is over when its last answer is with its client, or when the clock is.
  private var usualEnd: Instant {
    let last = outcomes.flatMap { [$0.finish, $0.firstToken] }.filter { $0 != .never }
      .map(\.picoseconds).max()
    return isAtWork ? SimTime.last.picoseconds : last ?? end
  }

  /// The window number `index` of those of `length` of a replica, which has run.
  package func window(_ index: Int, of replica: Int, length: SimDuration) -> WindowTotals {
    replicas[replica].recorder.window(index, length: Instant(length.picoseconds), end: end)
  }

  private func recordWaiting(until now: Instant) {
    for i in replicas.indices {
      let count = replicas[i].waiting.count + replicas[i].inbox.count
      guard count > 0 else { continue }
      replicas[i].recorder.stretches.append(
        ReferenceStretch(start: end, end: now, integral: \.waitingTime, amount: count))
    }
  }

  /// A replica that was waking or starting is up.
  private func comeUp(_ i: Int, at now: Instant) {
    replicas[i].endDownTime(at: now)
    if !replicas[i].isDraining { replicas[i].isMember = true }
    sendUnsent(at: now)
  }

  /// Somebody is there again for those who waited.
  func sendUnsent(at now: Instant) {
    let waiting = unsent
    unsent = []
    for number in waiting where outcomes[number].status == .underWay { sendOff(number, at: now) }
  }

  func make(_ change: ReplicaChange.Kind, at now: Instant) {
    switch change {
    case .add(let plan, let startUp):
      replicas.append(ReferenceReplica(plan, stores))
      let i = replicas.count - 1
      replicas[i].recorder.stretches.append(
        ReferenceStretch(start: 0, end: now, integral: \.offTime, amount: 1))
      replicas[i].isMember = false
      replicas[i].joined = now
      replicas[i].wakeEnd = now + Instant(startUp.picoseconds)
      if startUp == .zero { comeUp(i, at: now) }
    case .drain(let i): drain(i, at: now)
    case .remove(let i):
      drain(i, at: now)
      loseAll(i, at: now)
      leaveFleet(i, at: now)
    }
  }

  func loseAll(_ i: Int, at now: Instant) {
    let requests =
      replicas[i].running + replicas[i].waiting + replicas[i].inbox
      + replicas[i].parked.filter { $0.stage != .kept }
    replicas[i].aborting += requests.map(\.number).sorted().map { ($0, fate: fateOfLost($0)) }
    loseHandovers(of: i, at: now)
    if replicas[i].stepEnd == nil { dropAborted(i, at: now) }
  }

  private func drain(_ i: Int, at now: Instant) {
    replicas[i].isDraining = true
    replicas[i].isMember = false
    replicas[i].isFailing = false
    replicas[i].endDownTime(at: now)
    if replicas[i].isCutOff {
      replicas[i].noticedAt = nil
      replicas[i].reconnectedAt = nil
      loseAll(i, at: now)
    }
    leaveFleet(i, at: now)
  }

  /// It does if it has been told to and has nothing left to do, nor has anybody who steps with it.
  func leaveFleet(_ i: Int, at now: Instant) {
    let peers = peers(of: i)
    guard peers.allSatisfy({ replicas[$0].isDraining && replicas[$0].isIdle }) else { return }
    for i in peers where replicas[i].goneSince == nil { replicas[i].leaveFleet(at: now) }
  }

  func dropAborted(_ i: Int, at now: Instant) {
    for drop in replicas[i].dropAborted(at: now) {
      let number = drop.number
      endHandover(number, at: now)
      endLoad(number, of: i, at: now)
      let sent = now + Instant(replicas[i].plan.frontendLatency.picoseconds)
      if drop.fate == .moved {
        migrate(drop, from: i, at: sent)
        continue
      }
      let seen = sent + wayBack[number, default: 0]
      endDropped(
        number, drop.fate == .lost ? .failed : .aborted, drop.computed, drop.tokens, at: now)
      if let time = awaitingDrop.removeValue(forKey: number) {
        sendAgain(number, at: max(time, now))
      } else if drop.fate == .lost, !left.contains(number) {
        if let backoff = backoff(number, .failed) {
          sendAgain(number, at: seen + backoff)
        } else {
          ended(number, at: seen)
        }
      }
    }
  }

  /// A request ends that has so many tokens of its prompt computed, and of its answer.
  func endDropped(
    _ number: Int, _ status: OutcomeStatus, _ computed: Int, _ tokens: Int, at now: Instant
  ) {
    end(number, status, at: now, tokens: tokens)
    let outcome = outcomes[number]
    guard outcome.firstScheduled != .never else { return }
    lost.append(
      LostAttempt(
        number: Int32(number), attempt: Int32(outcome.retries) + 1, replica: outcome.replica,
        firstScheduled: outcome.firstScheduled,
        firstToken: outcome.firstToken, end: outcome.finish,
        promptTokens: max(0, Int32(computed) - outcome.cachedTokens),
        outputTokens: Int32(tokens)))
  }

  func end(_ number: Int, _ status: OutcomeStatus, at now: Instant, tokens: Int = 0) {
    outcomes[number].finish = SimTime(picoseconds: now)
    outcomes[number].outputTokens = Int32(tokens)
    outcomes[number].status = status
  }

  /// Whether a run goes on for anybody's sake.
  var isAtWork: Bool {
    !arrivals.isEmpty || !unsent.isEmpty || !travelling.isEmpty || !handovers.isEmpty
      || !loads.isEmpty
      || replicas.contains { $0.stepEnd != nil || !$0.waiting.isEmpty || !$0.inbox.isEmpty }
  }

  private func nextArrival() -> (time: Instant, number: Int)? { arrivals.min { $0 < $1 } }

  private func nextEvent() -> Instant? {
    (replicas.compactMap(\.stepEnd) + wakeTimes + leaving.values
      + handoverTimes + transferTimes + givingUp.values + travelling.values.map(\.arrival)
      + changes.map(\.time.picoseconds) + failureTimes + lookTimes
      + [nextArrival()?.time].compactMap { $0 }).min()
  }

  /// Who is down comes up for somebody's sake.
  private var wakeTimes: [Instant] {
    let isAtWork = isAtWork
    return replicas.compactMap { $0.failedSince == nil || isAtWork ? $0.wakeEnd : nil }
  }

  /// The number of a replica; nil: there is nobody to send it to.
  func route(_ number: Int, at now: Instant) -> Int? {
    let members = members
    let loads = replicas.indices.map { reported($0).outstanding }
    guard let idlest = members.min(by: { (loads[$0], $0) < (loads[$1], $1) }) else { return nil }
    switch plan.router {
    case _ where members.count == 1: return idlest
    case .roundRobin:
      let place = routing.nextRoundRobin % members.count
      routing.nextRoundRobin = place + 1
      return members[place]
    case .leastOutstanding: return idlest
    case .weightedRoundRobin: return routeByWeights(members)
    case .leastOutstandingTokens:
      return members.min { (reported($0).tokens, $0) < (reported($1).tokens, $1) }
    case .powerOfTwo: return routeToOneOfTwo(members)
    case .consistentHashing: return routeByHash(number, members)
    case .scorers: return routeByScores(number, members, at: now)
    case .kvAware: return routeByCosts(number, members, at: now)
    case .cacheAware: return routeByTexts(number, members, at: now)
    case .random: return members[routing.random.integer(below: members.count)]
    case .sessionAffinity:
      guard let session = workload.sessions?[number], session >= 0 else { return idlest }
      if let home = routing.homes[session], members.contains(home) { return home }
      routing.homes[session] = idlest
      return idlest
    case .prefixAffinity:
      let promptTokens = Int(workload.promptTokens[number])
      let pool = pool
      let cached = replicas.map { replica in
        let keys = BlockKeys(
          workload.content, number: number, blockSize: replica.plan.blockSize,
          promptTokens: promptTokens)
        guard replica.isMember, replica.plan.pool == pool, !replica.isOff(at: now) else { return 0 }
        return replica.matched(keys, tokens: promptTokens) * replica.plan.blockSize
      }
      guard let most = cached.max(), most > 0 else { return idlest }
      let best = members.filter { cached[$0] == most }.min { a, b in
        (loads[a], a == idlest ? 0 : 1, a) < (loads[b], b == idlest ? 0 : 1, b)
      }
      guard let best else { return idlest }
      let overloaded =
        loads[best] > loads[idlest] + 8 && loads[best] > loads[idlest] + loads[idlest] / 2
      return overloaded ? idlest : best
    case .consolidate:
      let open = members.first {
        !replicas[$0].isOff(at: now) && loads[$0] < replicas[$0].plan.maxNumSeqs
      }
      return open ?? members.first { replicas[$0].isOff(at: now) } ?? idlest
    }
  }

  private func begin(_ i: Int, at now: Instant) {
    func count(_ count: WritableKeyPath<WindowTotals, Int>, _ amount: Int = 1) {
      replicas[i].recorder.events.append(ReferenceEvent(time: now, count: count, amount: amount))
    }
    for request in replicas[i].begin(at: now) where request.loaded == 0 {
      let number = request.number
      guard outcomes[number].firstScheduled == .never else { continue }
      outcomes[number].firstScheduled = SimTime(picoseconds: now)
      outcomes[number].cachedTokens = Int32(request.cachedTokens)
      count(\.lookedUpTokens, request.known)
      count(\.cachedTokens, request.cachedTokens)
    }
    startTransfers(to: i, at: now)
    startLoads(to: i, at: now)
    for number in replicas[i].preemptedNow {
      outcomes[number].preemptions += 1
      count(\.preemptions)
    }
  }

  private func complete(_ i: Int, at now: Instant) {
    let sent = now + Instant(replicas[i].plan.frontendLatency.picoseconds)
    for token in replicas[i].stepEnd == now ? replicas[i].complete(at: now) : [] {
      let seen = sent + wayBack[token.number, default: 0]
      if let last = token.previous {
        gaps.append(now - last)
      } else {
        outcomes[token.number].firstToken = SimTime(picoseconds: seen)
      }
      guard token.isLast else { continue }
      replicas[i].recorder.events.append(ReferenceEvent(time: now, count: \.finished))
      outcomes[token.number].finish = SimTime(picoseconds: seen)
      outcomes[token.number].status = .finished
      awaitingDrop[token.number] = nil
      answered.append((i, token.number))
      if let throttling = plan.retry?.throttling {
        retryTokens = min(retryTokens + throttling.ratio, 1000 * throttling.maxTokens)
      }
      ended(token.number, at: seen)
    }
    handOver(from: i, at: now)
    dropAborted(i, at: now)
  }
}
