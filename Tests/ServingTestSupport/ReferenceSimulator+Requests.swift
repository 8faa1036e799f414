import ServingModel
import ServingSim
import SimKernel

/// A request's way to a replica, spelled out: the gate, its place in a queue, and who makes room there.
extension ReferenceSimulator {
  func arrive(_ number: Int, at now: Instant) {
    if outcomes[number].arrival == .never {
      outcomes[number].arrival = SimTime(picoseconds: now)
    }
    pool = choosePool(number, at: now)
    if let refusal = refusal(number, at: now) {
      return refuse(number, refusal.retryAfter, at: now)
    }
    sendOff(number, at: now)
  }

  private func refuse(_ number: Int, _ retryAfter: Instant?, at now: Instant) {
    if let backoff = backoff(number, .refused) {
      return sendAgain(number, at: now + max(backoff, retryAfter ?? 0))
    }
    outcomes[number].status = .rejectedByAdmission
    outcomes[number].finish = SimTime(picoseconds: now)
    ended(number, at: now)
  }

  /// Whether it may wait there, be it that another is refused for it.
  private func hasRoom(for number: Int, at i: Int, _ now: Instant) -> Bool {
    let replica = replicas[i]
    let queue = replica.waiting + replica.inbox
    guard let most = replica.plan.maxQueuedRequests, queue.count >= most else { return true }
    guard replica.ranks else { return false }
    let stays = replica.aborting.filter { $0.fate != .sent }.map(\.number)
    let last = queue.filter {
      !stays.contains($0.number) && outcomes[$0.number].firstScheduled == .never
    }.max {
      (replica.rank($0), $0.arrival, $0.number) < (replica.rank($1), $1.arrival, $1.number)
    }
    let new = request(number, on: i, at: now)
    guard let last, replica.rank(last) > replica.rank(new) else { return false }
    displace(last, from: i, at: now)
    return true
  }

  private func displace(_ request: ReferenceRequest, from i: Int, at now: Instant) {
    _ = replicas[i].dropWaiting(request.number)
    for block in 0..<replicas[i].blocks(request.known) {
      replicas[i].cache.forgetOwn(request.keys[block])
    }
    endHandover(request.number, at: now)
    endDropped(
      request.number, .rejectedByAdmission, 0, request.known - request.promptTokens, at: now)
    let sent = now + Instant(replicas[i].plan.frontendLatency.picoseconds)
    let seen = sent + wayBack[request.number, default: 0]
    if let backoff = backoff(request.number, .refused) {
      sendAgain(request.number, at: seen + backoff)
    } else {
      ended(request.number, at: seen)
    }
  }

  /// To a replica of the present pool, if there is any.
  func send(_ number: Int, at now: Instant) {
    let promptTokens = Int(workload.promptTokens[number])
    guard let i = route(number, at: now) else {
      outcomes[number].status = .underWay
      return unsent.append(number)
    }
    let carried = carried.removeValue(forKey: number)
    if let carried, !fits(promptTokens + carried.tokens, on: i) {
      endDropped(number, .failed, carried.computed, carried.tokens, at: now)
      return ended(number, at: now)
    }
    let room = replicas[i].plan.maxModelLength - promptTokens
    guard room > 0, promptTokens <= replicas[i].plan.longestPrompt else {
      outcomes[number].status = .rejectedPromptTooLong
      outcomes[number].finish = SimTime(picoseconds: now)
      return ended(number, at: now)
    }
    if (carried?.tokens ?? 0) == 0, let p = prefillReplica(number, for: i, at: now) {
      return sendAhead(number, to: p, for: i, isLetIn: carried != nil, at: now)
    }
    if carried == nil, !hasRoom(for: number, at: i, now) { return refuse(number, nil, at: now) }
    enqueue(number, at: i, .whole, carried, now)
  }

  private func sendAhead(
    _ number: Int, to p: Int, for d: Int, isLetIn: Bool, at now: Instant
  ) {
    let promptTokens = Int(workload.promptTokens[number])
    guard promptTokens < replicas[p].plan.maxModelLength,
      promptTokens <= replicas[p].plan.longestPrompt
    else {
      outcomes[number].status = .rejectedPromptTooLong
      outcomes[number].finish = SimTime(picoseconds: now)
      return ended(number, at: now)
    }
    if !isLetIn, !hasRoom(for: number, at: p, now) { return refuse(number, nil, at: now) }
    handovers[number] = ReferenceHandover(prefill: p, decode: d)
    replicas[d].expected += 1
    enqueue(number, at: p, .prompt, nil, now)
  }

  /// It is in the queue of replica `i` for what there is to be done of it there.
  func enqueue(
    _ number: Int, at i: Int, _ stage: ReferenceStage, _ carried: ReferenceCarried?, _ now: Instant
  ) {
    outcomes[number].status = .underWay
    outcomes[number].replica = Int32(i)
    var request = request(number, on: i, at: now)
    outcomes[number].outputTokens = Int32(request.outputTokens)
    request.stage = stage
    if stage == .prompt {
      request.outputTokens = 1
      request.maxTokens = min(request.maxTokens, 1)
    }
    if replicas[i].isOff(at: now) {
      for i in peers(of: i) { replicas[i].wake(at: now) }
    }
    replicas[i].recorder.events.append(ReferenceEvent(time: now, count: \.arrived))
    sent.append((i, number))
    if let carried {
      request.known += carried.tokens
      request.lastToken = carried.lastToken
    }
    replicas[i].countArrival(of: request)
    if replicas[i].plan.asyncScheduling, replicas[i].wasBusy {
      replicas[i].inbox.append(request)
    } else {
      replicas[i].waiting.append(request)
    }
  }

  /// As it comes to replica `i`.
  private func request(_ number: Int, on i: Int, at now: Instant) -> ReferenceRequest {
    let promptTokens = Int(workload.promptTokens[number])
    let room = replicas[i].plan.maxModelLength - promptTokens
    let limit = workload.traits[.maxTokens].map { Int($0[number]) } ?? -1
    let asked = Int(workload.outputTokens[number])
    let output = min(limit > 0 ? min(asked, limit) : asked, room)
    return ReferenceRequest(
      number: number, arrival: now, priority: workload.priorities?[number] ?? 0,
      due: due(number),
      promptTokens: promptTokens, outputTokens: output,
      maxTokens: limit > 0 ? min(limit, room) : room, known: promptTokens,
      keys: BlockKeys(
        workload.content, number: number, blockSize: replicas[i].plan.blockSize,
        promptTokens: promptTokens), statedLimit: limit > 0 ? limit : Int(Int32.max),
      tenant: Int(workload.traits[.tenant]?.ofRequest[number] ?? -1))
  }

  func due(_ number: Int) -> Instant {
    guard let deadline = workload.deadlines?[number], deadline < .longest else { return .max }
    return outcomes[number].arrival.picoseconds + Instant(deadline.picoseconds)
  }
}
