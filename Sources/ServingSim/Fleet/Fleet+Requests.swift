import ServingModel
import SimKernel

/// A request's way: the gate, the router, its replica, and its client's leaving.
extension Fleet {
  /// Request `number` arrives, or comes again after the gate held it.
  mutating func arrive(_ number: Int) {
    if isStraight || isLetIn(number) { dispatch(number) }
  }

  @inline(never)
  private mutating func isLetIn(_ number: Int) -> Bool {
    // Its client may have gone while it was held, or was to come again.
    if log.pointee.hasArrived(number), !log.pointee.isUnderWay(number) { return false }
    // Who goes on at another replica has been let in.
    if migrations.isUnderWay(number) { return true }
    if let patience = workload.patience { expectLeaving(number, after: patience[number]) }
    if telemetry != nil { expectReports() }
    return gates.isEmpty || passesGates(number)
  }

  /// Its client gives up `patience` after each attempt arrives.
  private mutating func expectLeaving(_ number: Int, after patience: SimDuration) {
    guard patience < .longest, !isBack(number) else { return }
    agenda.add(.left, number, at: instant + Instant(patience.picoseconds))
  }

  /// Whether it comes back after a gate held it, and not for the first time or in another attempt.
  private func isBack(_ number: Int) -> Bool {
    log.pointee.hasArrived(number) && retries.start(of: number) != instant
  }

  private mutating func passesGates(_ number: Int) -> Bool {
    let wasHeld = isBack(number)
    let request = view(of: number)
    let pool = choosePool(for: request).pool
    for i in gates.indices {
      switch gates[i].decide(request, wasHeld: wasHeld, in: view(for: request, in: pool)) {
      case .admit: continue
      case .hold(let release): hold(number, until: release.picoseconds)
      case .refuse(let retryAfter): refuse(number, retryAfter)
      }
      return false
    }
    return true
  }

  private mutating func hold(_ number: Int, until release: Instant) {
    precondition(release > instant, "a request that is held and released at once")
    log.pointee.held(number, at: now, until: release)
    agenda.add(.arrival, number, at: release)
  }

  /// Sends it to a replica; when there is none, it waits for one.
  @inline(__always)
  mutating func dispatch(_ number: Int) {
    if frontDoor.isOpen { deliver(number, to: 0) } else { sendOff(number) }
  }

  /// It is in pool `p`.
  @inline(__always)
  mutating func deliver(_ number: Int, to p: Int) {
    if pools[p].members.isEmpty { return waitForMember(number) }
    send(number, to: choose(for: number, in: p))
  }

  /// The replica for it in pool `p`, where somebody is.
  @inline(__always)
  mutating func choose(for number: Int, in p: Int) -> Int {
    pools[p].members.count == 1 ? Int(pools[p].members[0]) : route(number, in: p)
  }

  @inline(never)
  mutating func waitForMember(_ number: Int) {
    log.pointee.waits(number, at: now)
    unsent.append(Int32(number))
  }

  /// Somebody is there again for those who waited.
  mutating func sendUnsent() {
    let waiting = (0..<unsent.count).map { Int(unsent[$0]) }
    unsent.removeAll()
    for number in waiting { dispatch(number) }
  }

  private mutating func route(_ number: Int, in p: Int) -> Int {
    let request = view(of: number)
    let chosen =
      telemetry == nil
      ? pools[p].router.route(request, in: view(for: request, in: p))
      : routeByReports(request, in: p)
    precondition(
      chosen >= 0 && chosen < count && standings[chosen].life.isMember
        && standings[chosen].pool == p,
      "a router that sends a request to nobody")
    return chosen
  }

  func view(for request: RequestView, in p: Int) -> FleetView {
    FleetView(
      replicas: replicas, standings: standings, members: pools[p].members.elements,
      facts: pools[p].facts, number: request.number, promptTokens: request.promptTokens,
      now: SimTime(picoseconds: instant), leastOutstanding: pools[p].loads.first)
  }

  /// What policies see of a request that arrives now.
  @inline(__always)
  func view(of number: Int) -> RequestView {
    let session = workload.sessions?[number] ?? -1
    return RequestView(
      number: number, arrival: SimTime(picoseconds: instant),
      promptTokens: Int(workload.promptTokens[number]), session: session < 0 ? nil : Int(session),
      priority: Int(workload.priorities?[number] ?? 0), due: due(number),
      traits: TraitView(workload.traits, request: number))
  }

  /// Counted from when it first arrived, before it was held.
  private func due(_ number: Int) -> SimTime {
    guard let deadline = workload.deadlines?[number], deadline < .longest else { return .never }
    return SimTime(picoseconds: min(instant, log.pointee.arrival(of: number))) + deadline
  }

  mutating func send(_ number: Int, to i: Int) {
    if migrations.isUnderWay(number) { return sendOn(number, to: i) }
    let promptTokens = workload.promptTokens[number]
    guard promptTokens <= replicas[i].settings.longestPrompt else {
      return reject(number, .rejectedPromptTooLong)
    }
    if handovers.areMade, sendAhead(number, for: i, isLetIn: false) { return }
    if replicas[i].isQueueFull, !makesRoom(for: number, at: i) { return }
    enqueue(number, promptTokens, at: i, carrying: nil, .none)
  }

  /// It comes from another replica, with the tokens that it has.
  @inline(never)
  private mutating func sendOn(_ number: Int, to i: Int) {
    guard let carried = migrations.end(number) else { return }
    let promptTokens = workload.promptTokens[number]
    guard promptTokens + carried.outputTokens <= replicas[i].settings.longestPrompt else {
      log.pointee.dropped(
        number, at: now, .failed, promptTokens: carried.promptTokens,
        outputTokens: carried.outputTokens)
      endedNowhere(number)
      if clients.followEnds { clients.ended(number, at: instant, &agenda) }
      return
    }
    let isAnew = carried.outputTokens == 0
    if isAnew, handovers.areMade, sendAhead(number, for: i, isLetIn: true) { return }
    enqueue(number, promptTokens, at: i, carrying: carried, .none)
  }

  @inline(__always)
  mutating func enqueue(
    _ number: Int, _ promptTokens: Int32, at i: Int, carrying carried: Migrations.Carried?,
    _ handover: HandoverStage
  ) {
    let room = replicas[i].settings.maxModelLength &- promptTokens
    let outputTokens = min(workload.outputTokens[number], room)
    log.pointee.arrived(number, at: now, replica: i, outputTokens: outputTokens)
    let isIdle = !replicas[i].isBusy
    if isIdle, standings[i].life == .off { wake(i) }
    let content = replicas[i].kv.content(of: number, promptTokens: Int(promptTokens))
    let asked =
      replicas[i].settings.asksOfRequests
      ? standing(of: number, on: i, room) : (rank: 0, maxTokens: 0)
    let id = replicas[i].enqueue(
      LiveRequest(
        number: Int32(truncatingIfNeeded: number), promptTokens: promptTokens,
        outputTokens: outputTokens, maxTokens: asked.maxTokens, rank: asked.rank, arrival: now,
        content: content),
      at: now)
    if let carried { goOn(&replicas[i].live[id], with: carried) }
    if handover != .none { replicas[i].live[id].takesPart(in: handover) }
    pools[Int(standings[i].pool)].sent(to: i)
    if standings[i].scaling >= 0 {
      traffic[Int(standings[i].scaling)].sent(promptTokens: Int(promptTokens))
    }
    if isIdle {
      if standings[i].life.isServing { markReady(i) }
    } else if replicas[i].cutSpan(at: now) {
      clock.lower(i, to: replicas[i].span.end)
    }
  }

  @inline(never)
  private func goOn(_ request: inout LiveRequest, with carried: Migrations.Carried) {
    guard carried.outputTokens > 0 else { return }
    // What was more than 53 days ago was 53 days ago, as in `Int64.epochMoves`.
    let lastToken = max(epoch.time(carried.lastToken), .min / 2)
    request.goOn(with: carried.outputTokens, since: lastToken)
  }

  /// What the policy says of a request that joins, and the most that it may generate: as its client
  /// says, else `room`, what the model's length leaves.
  @inline(never)
  private func standing(
    of number: Int, on i: Int, _ room: Int32
  ) -> (rank: Int64, maxTokens: Int32) {
    let limit = workload.traits?.value(.maxTokens, request: number) ?? 0
    return (rank(of: number, on: i), limit > 0 ? Int32(min(limit, Int64(room))) : room)
  }

  /// Its rank in the queue of replica `i`; 0 where that is in order of arrival.
  func rank(of number: Int, on i: Int) -> Int64 {
    replicas[i].queue.waiting.order == .arrival
      ? 0 : replicas[i].settings.policy.rank(of: view(of: number))
  }

  mutating func reject(_ number: Int, _ status: OutcomeStatus) {
    log.pointee.rejected(number, at: now, status)
    endedNowhere(number)
    if clients.followEnds { clients.ended(number, at: instant, &agenda) }
  }

  /// A gate does not let it in: its client tries again, or not.
  mutating func refuse(_ number: Int, _ retryAfter: SimDuration?) {
    let attempt = log.pointee.attempt(of: number)
    let backoff = retries.failed(number, attempt: attempt, .refused, retryAfter: retryAfter)
    guard let backoff else {
      return reject(number, .rejectedByAdmission)
    }
    log.pointee.waits(number, at: now)
    sendAgain(number, at: instant + backoff)
  }

  /// A request has ended that no replica has.
  private mutating func endedNowhere(_ number: Int) {
    endedRequests += 1
    if news.isHeard { news.tell(endOf: number, at: instant) }
  }

  /// The client of request `number` gives up, unless it has got its answer or has sent it again since.
  mutating func giveUp(_ number: Int) {
    guard log.pointee.isUnderWay(number), let patience = workload.patience?[number] else { return }
    let start = retries.start(of: number) ?? log.pointee.arrival(of: number)
    guard start + Instant(patience.picoseconds) == instant else { return }
    if !triesAgain(number) { leave(number) }
  }

  /// The client of request `number` goes away for good, unless it has got its answer: the replica drops
  /// the request when the step that is under way ends. What the client does next follows now.
  mutating func leave(_ number: Int) {
    guard log.pointee.isUnderWay(number) else { return }
    if clients.followEnds { clients.ended(number, at: instant, &agenda) }
    guard let i = replica(of: number) else {
      takeBack(number)
      endMigration(number, .aborted)
      return endedNowhere(number)
    }
    // Where it is being dropped already, it was to come again.
    guard retries.takeAwaited(number) == nil else { return }
    if followsEnds { left.insert(Int32(number)) }
    replicas[i].abort(Int32(number))
    dropAborted(i)
  }
}
