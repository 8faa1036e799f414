import ServingModel
import SimKernel

/// The life of a step: plan the batch and price it, run, apply what it did.
extension Replica {
  /// Plans the next step at `now`, and as many like it as are sure to follow; idles when there is
  /// nothing to do. Returns whether it has.
  mutating func begin(at now: Int64) -> Bool {
    if !inbox.isEmpty { takeInbox() }
    isBusy = running.count > 0 || !waiting.isEmpty
    guard isBusy else {
      idleSince = now
      return false
    }
    var preempted = false
    repeat { preempted = planBatch(at: now) } while decoding == 0 && prefilling.isEmpty
    usedBlocksAtStart = kv.used
    allocatedSteps = 1
    grown.clear()
    // Who is in the inbox can join the next step.
    let once = preempted || needsCare || (!inbox.isEmpty && !closedToNewcomers)
    price(from: now, atMost: once ? 1 : stepsToPolicy)
    return true
  }

  /// Lets in whoever arrived before the last step began: the step that begins now was scheduled
  /// since. An engine with nobody else to serve starts at once.
  private mutating func takeInbox() {
    let isIdle = running.count == 0 && waiting.isEmpty
    var taken = 0
    while taken < inbox.count, live[inbox[taken]].arrival <= lastStepStart { taken += 1 }
    if taken == 0, isIdle { taken = inbox.count }
    for i in 0..<taken { waiting.append(inbox[i], in: live) }
    inbox.removeFirst(taken)
  }

  /// Fills the batch. Returns whether a request was preempted; then the batch can even be empty,
  /// and is planned anew.
  @inline(__always)
  private mutating func planBatch(at now: Int64) -> Bool {
    if !prefilling.isEmpty { clearPrefill() }
    if !stalled.isEmpty { resumeStalled() }
    var budget = maxNumBatchedTokens
    let preempted = scheduleRunning(&budget, at: now)
    stepsToPolicy = .max
    if !preempted, !waiting.isEmpty {
      admitWaiting(budget, at: now)
    } else {
      closedToNewcomers = running.count == maxNumSeqs
    }
    return preempted
  }

  /// What decodes is set when the step is priced.
  @inline(__always)
  private mutating func clearPrefill() {
    prefilling.removeAll()
    work.prefillSequences = 0
    work.prefillTokens = 0
    work.prefillPairs = 0
    work.prefillWindowedPairs = 0
    work.prefillContext = 0
  }

  @inline(__always)
  private mutating func admitWaiting(_ budget: Int, at now: Int64) {
    var budget = budget
    let stability = isOrdered ? admitInOrder(&budget, at: now) : askPolicy(budget, at: now)
    precondition(running.count > 0, "a batch policy that gives an idle engine nobody to run")
    switch stability {
    case .untilEnd: closedToNewcomers = true
    case .untilArrival: closedToNewcomers = false
    case .steps(let steps):
      precondition(steps > 0, "a batch policy that is to be asked again at once")
      closedToNewcomers = false
      stepsToPolicy = steps
    }
  }

  @inline(never)
  private mutating func askPolicy(_ budget: Int, at now: Int64) -> Stability {
    defer { waiting.endWalk() }
    let policy = policy
    return withUnsafeMutablePointer(to: &self) { replica in
      var queue = QueueView(replica: replica, budget: budget, now: now)
      return policy.plan(&queue)
    }
  }

  /// Gives each running request its next token or prompt chunk. Returns whether one was preempted.
  @inline(__always)
  private mutating func scheduleRunning(_ budget: inout Int, at now: Int64) -> Bool {
    let demand = Int(blockDemand[Int(blockPhase)])
    guard partial < 0, demand <= kv.free else {
      return scheduleUnfinishedPrompt(&budget, demand: demand, at: now)
    }
    kv.take(demand)
    budget &-= decoding
    return false
  }

  /// The same when a prompt is to be continued or KV blocks are short.
  @inline(never)
  private mutating func scheduleUnfinishedPrompt(
    _ budget: inout Int, demand: Int, at now: Int64
  ) -> Bool {
    guard partial >= 0 else { return scheduleUnderPressure(&budget, at: now) }
    let chunk = min(remainingPrefill(partial), budget - decoding)
    let blocks = blocksForPrefill(partial, tokens: chunk)
    guard demand + blocks <= kv.free else { return scheduleUnderPressure(&budget, at: now) }
    kv.take(demand)
    budget -= decoding
    prefill(partial, tokens: chunk, newBlocks: blocks, &budget)
    return false
  }

  @inline(__always)
  func remainingPrefill(_ id: Int32) -> Int { Int(live[id].knownTokens - live[id].computedTokens) }

  /// KV blocks that `tokens` more tokens of a prefilling request need.
  @inline(__always)
  func blocksForPrefill(_ id: Int32, tokens: Int) -> Int {
    let computed = Int(live[id].computedTokens)
    return blockSize.blocks(for: computed + tokens) - blockSize.blocks(for: computed)
  }

  /// Gives a request whose prefix is held `tokens` tokens of prefill in this step.
  @inline(__always)
  mutating func prefill(_ id: Int32, tokens: Int, newBlocks: Int, _ budget: inout Int) {
    let computed = Int(live[id].computedTokens)
    kv.take(newBlocks)
    kv.name(&live[id].content, upTo: blockSize.full(computed + tokens))
    prefilling.append(PrefillChunk(id: id, tokens: Int32(tokens)))
    partial = tokens < remainingPrefill(id) ? id : -1
    budget -= tokens
    work.prefillSequences += 1
    work.prefillTokens += tokens
    work.prefillContext += computed
    work.prefillPairs += tokens * computed + tokens * (tokens + 1) / 2
    if window > 0 {
      work.prefillWindowedPairs += windowedPairs(tokens, after: computed, window: Int(window))
    }
  }

  /// Sets the span: one step, or decode steps up to the next change.
  @inline(__always)
  private mutating func price(from now: Int64, atMost limit: Int) {
    span.start = now
    guard prefilling.isEmpty, !lines.isEmpty else { return priceOneStep() }
    let line = lines[decoding]
    let perContext = line.perContext.picoseconds
    let perWindowed = line.perWindowedContext.picoseconds
    span.first = line.base.picoseconds + perContext * context + perWindowed * windowedContext
    precondition(span.first > 0, "a step that takes no time")
    span.growth = perContext * Int64(decoding) + perWindowed * Int64(growing)
    span.resize(
      to: limit == 1 ? 1 : affordable(min(limit, milestones.stepsToNext(from: step))))
  }

  private mutating func priceOneStep() {
    work.decodeSequences = decoding
    work.decodeContext = Int(context)
    work.decodeWindowedContext = Int(windowedContext)
    let (duration, isCovered) = Self.price(work, by: stepTime)
    span.first = duration
    if !isCovered { recorder.stepsOutside += 1 }
    precondition(span.first > 0, "a step that takes no time")
    span.growth = 0
    span.resize(to: 1)
  }

  /// Both at once, since finding the model takes longer than asking it.
  private static func price(
    _ work: StepWork, by model: some StepTimeModel
  ) -> (duration: Int64, isCovered: Bool) {
    (model.duration(of: work).picoseconds, model.covers(work))
  }

  /// How many of `steps` decode steps the free KV blocks last for; at least the first, whose
  /// blocks are taken.
  @inline(__always)
  private func affordable(_ steps: Int) -> Int {
    let free = kv.free
    if decoding &* (blockSize.full(steps &- 1) &+ 1) <= free { return steps }
    return countAffordable(steps, free: free)
  }

  @inline(never)
  private func countAffordable(_ steps: Int, free: Int) -> Int {
    var needed = 0
    var phase = Int(blockPhase)
    for ahead in 1..<max(steps, 1) {
      phase = nextPhase(phase)
      needed += Int(blockDemand[phase])
      if needed > free { return ahead }
    }
    return steps
  }

  @inline(__always)
  func nextPhase(_ phase: Int) -> Int { phase &+ 1 == blockSize.tokens ? 0 : phase &+ 1 }

  /// Applies the span, which ends at `now`: tokens, ends, and who decodes from here on.
  mutating func complete(at now: Int64) {
    allocate(through: span.steps)
    lastStepStart = span.start &+ span.duration(of: span.steps &- 1)
    record(until: now)
    if late.isEmpty { log.pointee.tokenGaps(span, of: decoding) } else { recordLateTokenGaps() }
    let steps = Int64(span.steps)
    context &+= Int64(decoding) &* steps
    windowedContext &+= Int64(growing) &* steps
    step &+= steps
    blockPhase = Int32(truncatingIfNeeded: blockSize.remainder(Int(blockPhase) &+ span.steps))
    recorder.spans &+= 1
    ended.removeAll()
    let first = milestones.takeAll(at: step - 1)
    if first >= 0 { reachMilestones(from: first, at: now) }
    for i in 0..<prefilling.count { finishChunk(prefilling[i], at: now) }
    if !ended.isEmpty { recorder.finished(ended.count, at: now) }
    if needsCare { takeCare(at: now) }
    checkInvariants()
  }

  @inline(never)
  private mutating func takeCare(at now: Int64) {
    needsCare = stepByStep
    if !stalled.isEmpty { releaseStalled() }
    if !aborting.isEmpty { dropAborted(at: now) }
  }

  /// Goes through the requests, linked from `first` on, whose milestone is the step just done.
  private mutating func reachMilestones(from first: Int32, at now: Int64) {
    // Mostly it is one request alone, and its last step.
    if live[first].milestoneNext < 0, live[first].finishStep == step - 1 {
      return finish(first, at: now)
    }
    var id = first
    finishing.removeAll()
    while id >= 0 {
      let next = live[id].milestoneNext
      if live[id].finishStep == step - 1 {
        finishing.append(id)
      } else {
        if contextNow(id) == window { growing -= 1 }
        fileMilestone(id)
      }
      id = next
    }
    // Requests end in the order they run in: it decides what is evicted first.
    if finishing.count > 1 { sortFinishing() }
    for i in 0..<finishing.count { finish(finishing[i], at: now) }
  }

  private mutating func sortFinishing() {
    let live = live.base
    finishing.sort { live[Int($0)].admission < live[Int($1)].admission }
  }

  @inline(__always)
  func contextNow(_ id: Int32) -> Int64 { live[id].decodeOrigin + step }

  /// Files a decoding request under the step after which its context fills the attention window, or
  /// under its last one.
  @inline(__always)
  private mutating func fileMilestone(_ id: Int32) {
    let context = contextNow(id)
    var milestone = live[id].finishStep
    if context < window { milestone = min(milestone, step + window - context - 1) }
    milestones.insert(id, at: milestone, now: step, in: live)
  }

  private mutating func finishChunk(_ chunk: PrefillChunk, at now: Int64) {
    let id = chunk.id
    live[id].computedTokens += chunk.tokens
    guard live[id].computedTokens == live[id].knownTokens else { return }
    if live[id].lastToken == Int64.min {
      log.pointee.firstToken(Int(live[id].number), at: now &+ frontend)
    } else {
      log.pointee.tokenGap(now - live[id].lastToken)
    }
    live[id].knownTokens += 1
    if live[id].generatedTokens == live[id].outputTokens {
      finishPrefilled(id, at: now)
    } else {
      beginDecoding(id)
    }
  }

  /// `id` has its prompt computed and one token more known: from the next step on it decodes.
  mutating func beginDecoding(_ id: Int32) {
    let computed = Int64(live[id].computedTokens)
    live[id].isDecoding = true
    live[id].decodeOrigin = computed - step
    let left = live[id].outputTokens - live[id].generatedTokens
    live[id].finishStep = step + Int64(left) - 1
    let ahead = blockSize.tokens &- blockSize.remainder(Int(computed))
    let phase = blockSize.remainder(Int(blockPhase) &+ ahead)
    live[id].blockPhase = Int32(truncatingIfNeeded: phase)
    blockDemand[phase] &+= 1
    decoding += 1
    context += computed
    if window > 0 {
      windowedContext += min(computed, window)
      if computed < window { growing += 1 }
    }
    fileMilestone(id)
  }

  /// Takes a decoding request out of the sums; it is no longer in the milestone ring.
  mutating func stopDecoding(_ id: Int32) {
    let context = contextNow(id)
    decoding -= 1
    self.context -= context
    blockDemand[Int(live[id].blockPhase)] -= 1
    guard window > 0 else { return }
    windowedContext -= min(context, window)
    if context < window { growing -= 1 }
  }

  private mutating func finish(_ id: Int32, at now: Int64) {
    let computed = Int(contextNow(id))
    // At the window exactly, the context stopped growing with the step that ends here.
    if window > 0, Int64(computed) == window { growing -= 1 }
    stopDecoding(id)
    end(id, computed: computed, at: now)
  }

  private mutating func finishPrefilled(_ id: Int32, at now: Int64) {
    end(id, computed: Int(live[id].computedTokens), at: now)
  }

  private mutating func end(_ id: Int32, computed: Int, at now: Int64) {
    kv.release(
      &live[id].content, allocated: blockSize.blocks(for: computed), full: blockSize.full(computed),
      ended: true)
    running.remove(id, in: live)
    log.pointee.finished(Int(live[id].number), at: now &+ frontend)
    ended.append(live[id].number)
    live.remove(id)
  }
}

/// Query-key pairs of `tokens` new tokens after `computed` ones when each sees `window` at most.
func windowedPairs(_ tokens: Int, after computed: Int, window: Int) -> Int {
  let growing = max(0, min(tokens, window - computed))
  return growing * computed + growing * (growing + 1) / 2 + (tokens - growing) * window
}
