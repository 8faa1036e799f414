import ServingPolicies
import ServingSim
import SimKernel
import ServingModel

/// One engine of the reference: vLLM's scheduling loop, written as it reads.
struct ReferenceReplica {
  var plan: ReplicaPlan
  var waiting: [ReferenceRequest] = []
  /// With async scheduling: arrived since the current step began, and known to the next but one.
  var inbox: [ReferenceRequest] = []
  var running: [ReferenceRequest] = []
  /// Neither: their KV entries are to go to another replica, or to come from one.
  var parked: [ReferenceRequest] = []
  /// Those that have got blocks in the step that begins, and those whose prompts the last one finished.
  var reservedNow: [(number: Int, blocks: Int)] = []
  var handedOver: [Int] = []
  /// Requests that it is to answer when another replica has computed their prompts.
  var expected = 0
  /// Somebody who steps with it has KV entries that are to go or to come.
  var isWaitedFor = false
  var cache: ReferenceCache
  /// The host's memory, and what is behind it.
  let tiers: [ReferenceStore]
  var offloadedBlocks = 0
  /// Loads that have got blocks in the step that begins: blocks by tier.
  var loadsNow: [(number: Int, blocks: [Int])] = []
  var stepEnd: Instant?
  /// When it is back, having been off.
  var wakeEnd: Instant?
  var idleSince: Instant = 0
  var wakes = 0
  /// Requests can be sent there.
  var isMember = true
  /// It is gone when it has nothing left to do.
  var isDraining = false
  var goneSince: Instant?
  /// Its machine will be taken back then.
  var lostAt: Instant?
  /// It loses what it has; it is down for `repair` when it has.
  var isFailing = false
  var repair: Instant = 0
  var failedSince: Instant?
  /// When it was down.
  var down: [(start: Instant, end: Instant)] = []
  /// Nobody reaches it, when that is known, and when it can be reached again.
  var isCutOff = false
  var noticedAt: Instant?
  var reconnectedAt: Instant?
  /// When its steps are as fast as before.
  var fastAt: Instant?
  /// How long they take then.
  let usualStepTime: any StepTimeModel
  var joined: Instant = 0
  /// The number of the pool that grows and shrinks, and of the node that it stands on there.
  var scaling: Int?
  var node: Int?
  var nodeReady: Instant = 0
  private var offTime: Instant = 0
  /// From the start of a step until there is nothing more to do.
  var wasBusy = false
  var steps: Int { recorder.steps.count }
  /// Steps outside the range of the step-time model.
  var stepsOutside = 0
  var peakUsedBlocks = 0
  var preemptions = 0
  var preemptedNow: [Int] = []
  var recorder = ReferenceRecorder()
  var step = ReferenceStep(start: -1)
  /// SGLang's: nobody joins until a decode step has found that somebody has ended.
  var isFull = false
  /// Whether somebody ended or was dropped since the last step that decoded.
  var hasLost = false
  /// SGLang's `new_token_ratio`, and decode steps since it was set.
  var newTokenRatio: (start: Double, steps: Int) = (0, 0)
  /// What each tenant has had, and whose request was the last to leave the queue.
  var service: [Int: Int] = [:]
  var lastToLeave: Int?
  /// Numbers of requests whose clients have gone since the current step began, in that order.
  var aborting: [(number: Int, fate: ReferenceFate)] = []
  /// Requests that went on elsewhere.
  var migrations = 0

  init(_ plan: ReplicaPlan, _ stores: [ReferenceStore]) {
    self.plan = plan
    tiers =
      plan.offloading.map { offloading in
        [ReferenceStore(capacity: offloading.hostBlocks)]
          + offloading.secondaryTiers.map { tier in
            tier.store.map { stores[$0] } ?? ReferenceStore(capacity: tier.blocks)
          }
      } ?? []
    usualStepTime = plan.stepTime
    cache = ReferenceCache(capacity: plan.usableBlocks, policy: plan.eviction)
  }

  /// What its memory and its own tiers held is gone.
  mutating func forgetText() {
    cache = ReferenceCache(capacity: plan.usableBlocks, policy: plan.eviction)
    for (t, tier) in tiers.enumerated()
    where t == 0 || plan.offloading?.secondaryTiers[t - 1].store == nil { tier.clear() }
  }

  func blocks(_ tokens: Int) -> Int { (tokens + plan.blockSize - 1) / plan.blockSize }

  func matched(_ keys: BlockKeys, tokens: Int) -> Int {
    guard plan.enablePrefixCaching else { return 0 }
    let limit = (tokens - 1) / plan.blockSize
    return (0..<limit).first { !cache.isResident(keys[$0]) } ?? limit
  }

  func isOff(at now: Instant) -> Bool {
    guard let after = plan.powerDown?.after.picoseconds, goneSince == nil, !isFailing,
      failedSince == nil, lostAt == nil, !isCutOff
    else { return false }
    return !wasBusy && wakeEnd == nil && waiting.isEmpty && parked.isEmpty && !isWaitedFor
      && now - idleSince >= Instant(after)
  }

  mutating func wake(at now: Instant) {
    recordOff(until: now)
    offTime = offTime(until: now)
    wakes += 1
    forgetService()
    forgetText()
    wakeEnd = now + Instant(plan.powerDown?.wake.picoseconds ?? 0)
  }

  /// Requests that it has, or is to have.
  var count: Int {
    running.count + waiting.count + inbox.count + expected + parked.count { $0.stage != .kept }
  }

  /// Whether it has nothing to do, and is on its way to nothing.
  var isIdle: Bool {
    !wasBusy && waiting.isEmpty && inbox.isEmpty && parked.isEmpty && expected == 0
  }

  mutating func leaveFleet(at now: Instant) {
    recordOff(until: now)
    wakeEnd = nil
    isMember = false
    goneSince = now
  }

  /// It is no longer down.
  mutating func endDownTime(at now: Instant) {
    recordDown(until: now)
    failedSince = nil
  }

  private mutating func recordDown(until now: Instant) {
    guard let since = failedSince else { return }
    down.append((since, now))
    failedSince = now
  }

  /// Writes down when it was down, in a run that ended at `end`: a repair may end after it.
  mutating func recordDownTimes(until end: Instant) {
    down = down.filter { $0.start <= end }.map { ($0.start, min($0.end, end)) }
    for (start, end) in down {
      recorder.stretches.append(
        ReferenceStretch(start: start, end: end, integral: \.offTime, amount: 1))
    }
  }

  /// Writes down the time that it has been off or down.
  mutating func recordOff(until now: Instant) {
    recordDown(until: now)
    if let goneSince {
      recorder.stretches.append(
        ReferenceStretch(start: goneSince, end: now, integral: \.offTime, amount: 1))
    }
    guard isOff(at: now), let after = plan.powerDown?.after.picoseconds else { return }
    recorder.stretches.append(
      ReferenceStretch(start: idleSince + Instant(after), end: now, integral: \.offTime, amount: 1))
  }

  /// All the time that it was off.
  func offTime(until now: Instant) -> Instant {
    guard isOff(at: now), let after = plan.powerDown?.after.picoseconds else { return offTime }
    return offTime + now - idleSince - Instant(after)
  }

  /// Plans a step; returns the requests admitted in it.
  mutating func begin(at now: Instant) -> [ReferenceRequest] {
    preemptedNow = []
    if running.isEmpty, waiting.isEmpty { takeInbox() }
    defer { takeInbox() }
    if wakeEnd != nil, waiting.isEmpty { idleSince = now }
    wakeEnd = nil
    if wasBusy, running.isEmpty, waiting.isEmpty { idleSince = now }
    let isReceived = parked.contains(where: \.isThere)
    wasBusy = !(running.isEmpty && (waiting.isEmpty && !isReceived || isCutOff))
    guard wasBusy else {
      newTokenRatio = (usualRatio, 0)
      return []
    }
    if steps == 0 { newTokenRatio = (usualRatio, 0) }
    var admitted: [ReferenceRequest] = []
    var isPlanned = false
    // A walk that ends with a preemption can leave nobody served: vLLM then schedules again.
    repeat {
      isPlanned = true
      for i in running.indices { running[i].scheduled = 0 }
      let preemptedBefore = preemptedNow.count
      let wasEmpty = running.isEmpty
      var budget = plan.maxNumBatchedTokens
      sortByPrefix()
      if let policy = plan.scheduler as? SGLangScheduling, !policy.mixesChunks {
        admitted += servePromptsOrAnswers(policy, at: now)
        isPlanned = preemptedNow.count == preemptedBefore
        continue
      }
      serveRunning(&budget, at: now)
      guard preemptedNow.count == preemptedBefore else {
        isFull = running.count == plan.maxNumSeqs
        isPlanned = false
        continue
      }
      admitted += takeUpReceived(&budget)
      switch plan.scheduler {
      case is StaticBatching where !wasEmpty: break
      case let policy as SGLangScheduling: admitted += admitUnlessFull(&budget, as: policy)
      case is GuaranteedNoEvict: admitted += admitWithoutEvictions(&budget)
      default: while let request = admit(&budget) { admitted.append(request) }
      }
    } while !isPlanned && running.allSatisfy { $0.scheduled == 0 }
    if running.allSatisfy({ $0.scheduled == 0 }) {
      // All wait for transfers.
      wasBusy = false
      if inbox.isEmpty { return admitted }
      takeInbox()
      let preempted = preemptedNow
      admitted += begin(at: now)
      preemptedNow = preempted + preemptedNow
      return admitted
    }
    let decodes = !isPromptsFirst || running.allSatisfy { $0.isDecoding && $0.scheduled > 0 }
    if decodes { newTokenRatio.steps += 1 }
    if !isPromptsFirst {
      if hasLost { isFull = false }
      hasLost = false
    }
    plannedStep(at: now)
    stepEnd = now + Instant(plan.stepTime.duration(of: step.work).picoseconds)
    return admitted
  }

  private mutating func takeInbox() {
    waiting += inbox
    inbox = []
  }

  private mutating func serveRunning(_ budget: inout Int, at now: Instant) {
    var i = 0
    walk: while i < running.count, budget > 0 {
      let due = running[i].known + running[i].drafts - running[i].computed
      let tokens = min(chunk(due), budget)
      while blocksToServe(running[i], tokens: tokens) - running[i].allocated > cache.free {
        let victim = victimIndex()
        let isItself = victim == i
        if victim < i {
          i -= 1
          budget += running[victim].scheduled
        }
        preempt(victim, at: now)
        if isItself { break walk }
      }
      serve(i, tokens: tokens, isRunning: true)
      budget -= tokens
      i += 1
    }
  }

  /// All blocks of a running request that computes `tokens` more tokens.
  private func blocksToServe(_ request: ReferenceRequest, tokens: Int) -> Int {
    let end = request.computed + tokens + (plan.speculation?.lookaheadTokens ?? 0)
    return max(request.allocated, blocks(min(end, plan.maxModelLength)))
  }

  /// Of so many tokens of one request, those that a step may compute at most.
  func chunk(_ tokens: Int) -> Int {
    guard let threshold = plan.longPrefillTokenThreshold, threshold < tokens else { return tokens }
    return threshold
  }

  var ranks: Bool {
    switch plan.scheduler {
    case is FirstComeFirstServed, is StaticBatching, is GuaranteedNoEvict: false
    case is VirtualTokenCounter: false
    case let policy as SGLangScheduling:
      policy.requestOrder == .longestOutputFirst || policy.requestOrder == .priority
    default: true
    }
  }

  func rank(_ request: ReferenceRequest) -> Instant {
    switch plan.scheduler {
    case is ShortestPromptFirst: Instant(request.promptTokens)
    case is EarliestDeadlineFirst: request.due
    case let policy as SGLangScheduling where policy.requestOrder == .longestOutputFirst:
      -Instant(request.statedLimit)
    default: Instant(request.priority)
    }
  }

  private func victimIndex() -> Int {
    guard ranks else { return running.count - 1 }
    // The first of the least urgent, as Python's max() finds it.
    return running.indices.max {
      let (a, b) = (running[$0], running[$1])
      return (rank(a), a.arrival, -$0) < (rank(b), b.arrival, -$1)
    } ?? 0
  }

  private mutating func preempt(_ i: Int, at now: Instant) {
    var request = running.remove(at: i)
    // The blocks of a prompt were named as they were given out, even if they are not computed.
    if !request.isDecoding { request.computed += request.scheduled }
    release(&request, ended: false)
    request.computed = 0
    request.scheduled = 0
    request.isDecoding = false
    request.drafts = 0
    preemptedNow.append(request.number)
    preemptions += 1
    waiting.insert(request, at: 0)
  }

  mutating func serve(_ i: Int, tokens: Int, isRunning: Bool = false) {
    let end = running[i].computed + tokens
    let needed = isRunning ? blocksToServe(running[i], tokens: tokens) : blocks(end)
    cache.take(needed - running[i].allocated)
    running[i].allocated = needed
    running[i].scheduled = tokens
    // Prompts are named as they are computed; answers when the request ends or is preempted.
    guard !running[i].isDecoding, !isPromptsFirst else { return }
    var request = running[i]
    name(&request, upTo: end / plan.blockSize)
    running[i] = request
  }

  mutating func name(_ request: inout ReferenceRequest, upTo end: Int) {
    guard plan.enablePrefixCaching else { return }
    let limit = min(end, request.keys.chainBlocks)
    while request.named < limit {
      if cache.name(request.keys[request.named]) { request.duplicates += 1 }
      request.named += 1
    }
  }

  mutating func release(_ request: inout ReferenceRequest, ended: Bool) {
    let full = request.computed / plan.blockSize
    guard plan.enablePrefixCaching else {
      cache.blank += request.allocated
      request.allocated = 0
      return
    }
    name(&request, upTo: full)
    cache.blank += request.allocated - full + request.duplicates
    for block in (request.named..<max(full, request.named)).reversed() {
      cache.queueOwn(request.keys[block], findable: !ended)
    }
    for block in (0..<request.named).reversed() { cache.release(request.keys[block]) }
    request.allocated = 0
    request.named = 0
    request.duplicates = 0
  }

  func nextIndex() -> Int? {
    if plan.scheduler is VirtualTokenCounter { return nextByService() }
    guard ranks else { return waiting.isEmpty ? nil : 0 }
    return waiting.indices.min {
      let (a, b) = (waiting[$0], waiting[$1])
      return (rank(a), a.arrival, a.number) < (rank(b), b.arrival, b.number)
    }
  }

  mutating func admit(_ budget: inout Int) -> ReferenceRequest? {
    guard let i = nextIndex(), running.count < plan.maxNumSeqs, budget > 0 else { return nil }
    var request = waiting[i]
    let matched = matched(request.keys, tokens: request.known)
    let found = plan.speculation?.recomputesLastBlock == true ? max(0, matched - 1) : matched
    let cached = found * plan.blockSize
    let chunk = chunk(request.known - cached)
    guard request.stage == .awaited || plan.enableChunkedPrefill || chunk <= budget else {
      return nil
    }
    let unheld = (0..<found).filter { !cache.isHeld(request.keys[$0]) }.count
    let watermark = running.isEmpty ? 0 : Int(plan.watermark * Double(plan.usableBlocks))
    guard blocks(request.known) - found + unheld + watermark <= cache.free else { return nil }
    waiting.remove(at: i)
    countAdmission(of: &request)
    if request.stage == .awaited { return reserve(request, found: found) }
    if let loading = load(request, found: found) { return loading }
    cache.hold((0..<found).map { request.keys[$0] }, shared: request.keys.chainBlocks)
    // Own text that was not reached is never found again.
    for block in found..<max(found, blocks(request.known)) { cache.forgetOwn(request.keys[block]) }
    request.named = min(found, request.keys.chainBlocks)
    request.allocated = found
    request.computed = cached
    request.cachedTokens = cached
    running.append(request)
    let tokens = min(chunk, budget)
    serve(running.count - 1, tokens: tokens)
    budget -= tokens
    return request
  }

  /// Sums up what the step that begins computes.
  private mutating func plannedStep(at now: Instant) {
    step = ReferenceStep(start: now)
    let window = plan.stepTime.attentionWindow
    for request in running where request.scheduled > 0 {
      let (n, context) = (request.scheduled, request.computed)
      if request.isDecoding {
        step.work.decodeSequences += 1
        step.work.decodeContext += context
        if let window { step.work.decodeWindowedContext += min(context, window) }
        for draft in 1..<n {
          step.work.draftTokens += 1
          step.work.draftPairs += context + draft + 1
          if let window { step.work.draftWindowedPairs += min(context + draft + 1, window) }
        }
      } else {
        step.work.prefillSequences += 1
        step.work.prefillTokens += n
        step.work.prefillContext += context
        if context + n == request.known { step.finishedPrompts += 1 }
        for token in 0..<n {
          step.work.prefillPairs += context + token + 1
          if let window { step.work.prefillWindowedPairs += min(context + token + 1, window) }
        }
      }
    }
    if !plan.stepTime.covers(step.work) { stepsOutside += 1 }
    step.running = running.count
    step.usedBlocks = plan.usableBlocks - cache.free
    peakUsedBlocks = max(peakUsedBlocks, step.usedBlocks)
    guard let traffic = plan.meter?.weightBytes else { return }
    let tokens = running.reduce(0) { $0 + $1.scheduled }
    step.weightBytes = Int((tokens < traffic.count ? traffic[tokens] : traffic.last ?? 0).rounded())
  }
}
