import ServingModel
import SimKernel

/// The life of a step: plan the batch and price it, run, apply what it did.
extension Replica {
  /// Plans the next step at `now`, and as many like it as are sure to follow; idles when there is
  /// nothing to do. Returns whether it has.
  @inline(__always)
  mutating func begin(at now: Int64) -> Bool {
    // Who is in the inbox arrived before the last step began: the step that begins now was scheduled
    // since. An engine with nobody else to serve starts at once.
    if !queue.inbox.isEmpty {
      queue.takeInbox(
        arrivedBy: lastStepStart, isIdle: batch.running.count == 0, in: live)
    }
    isBusy =
      batch.running.count > 0
      || (!isCutOff && (!queue.waiting.isEmpty || !parked.received.isEmpty))
    guard isBusy else {
      idleSince = epoch.instant(now)
      if let ratio = settings.newTokenRatio { newTokenRatio.set(ratio.initial, at: decoders.step) }
      return false
    }
    var preempted = planBatch(at: now)
    if preempted, isUnserved { preempted = planAnew(at: now) }
    guard !isUnserved else { return waitForTransfers(at: now) }
    spanBlocks.begin(used: kv.used)
    price(from: now, once: preempted)
    return true
  }

  /// All who were to be served were preempted: fills the batch until somebody is, or nobody can be.
  @inline(never)
  private mutating func planAnew(at now: Int64) -> Bool {
    var preempted = false
    repeat { preempted = planBatch(at: now) } while preempted && isUnserved
    return preempted
  }

  /// The batch that was planned serves nobody.
  @inline(__always)
  private var isUnserved: Bool { decoders.count == 0 && !batch.hasChunks }

  /// The current step is a span of its own. Who is in the inbox can join the next one.
  @inline(__always)
  private var isAlone: Bool {
    settings.stepByStep || horizon.needsCare || (!queue.inbox.isEmpty && !horizon.isClosed)
  }

  /// Sets the span: one step, or, unless `once`, decode steps up to the next change.
  @inline(__always)
  private mutating func price(from now: Int64, once: Bool) {
    span.start = now
    guard !batch.hasChunks, !settings.lines.isEmpty else { return priceOneStep() }
    let line = settings.lines[decoders.count]
    let perContext = line.perContext.picoseconds
    span.first = line.base.picoseconds + perContext * decoders.context
    span.growth = perContext * Int64(decoders.count)
    if settings.window > 0 {
      let perWindowed = line.perWindowedContext.picoseconds
      span.first += perWindowed * decoders.windowedContext
      span.growth += perWindowed * Int64(decoders.growing)
    }
    precondition(span.first > 0, "a step that takes no time")
    span.resize(
      to: once || isAlone
        ? 1 : affordable(min(horizon.stepsToPolicy, decoders.stepsToMilestone)))
  }

  /// How many of `steps` steps that only decode the free KV blocks last for.
  @inline(__always)
  private func affordable(_ steps: Int) -> Int {
    decoders.demand.isMet(for: steps, of: decoders.count, by: kv.free)
      ? steps : countAffordable(steps)
  }

  @inline(never)
  private func countAffordable(_ steps: Int) -> Int {
    decoders.demand.affordable(steps, free: kv.free)
  }

  @inline(__always)
  private mutating func priceOneStep() {
    addDecoders()
    let (duration, isCovered) = Self.price(batch.work, by: settings.stepTime)
    span.first = duration
    if !isCovered { recorder.stepsOutside += 1 }
    precondition(span.first > 0, "a step that takes no time")
    span.growth = 0
    span.resize(to: 1)
  }

  /// What those who decode without a drafter add to the work of the step that was planned.
  @inline(__always)
  mutating func addDecoders() {
    if settings.speculates { return }
    batch.work.decodeSequences = decoders.count
    batch.work.decodeContext = Int(decoders.context)
    batch.work.decodeWindowedContext = Int(decoders.windowedContext)
  }

  /// Both at once, since finding the model takes longer than asking it.
  @inline(__always)
  private static func price(
    _ work: StepWork, by model: some StepTimeModel
  ) -> (duration: Int64, isCovered: Bool) {
    (model.duration(of: work).picoseconds, model.covers(work))
  }

  /// Applies the span, which ends at `now`: tokens, ends, and who decodes from here on.
  @inline(__always)
  mutating func complete(at now: Int64) {
    allocate(through: span.steps)
    lastStepStart = span.lastStart
    record(until: now)
    recorder.spans &+= 1
    departures.clear()
    if settings.offloads { offloadChunks() }
    let first = settings.promptsFirst ? endPromptsOrAnswers() : endSteps()
    if first >= 0 { reachMilestones(from: first, at: now) }
    for i in 0..<batch.chunks.count { finishChunk(batch.chunks[i], at: now) }
    if !departures.ended.isEmpty { recorder.finished(departures.ended.count, at: now) }
    if horizon.needsCare { takeCare(at: now) }
    checkInvariants()
  }

  /// Everybody who decodes has got a token in each step of the span. Returns what `Decoders.advance`
  /// does.
  @inline(__always)
  private mutating func endSteps() -> Int32 {
    if missed.late.isEmpty {
      log.pointee.tokenGaps(span, of: decoders.count)
    } else {
      recordLateTokenGaps()
    }
    return decoders.advance(by: span.steps)
  }

  @inline(never)
  private mutating func takeCare(at now: Int64) {
    horizon.needsCare = false
    if !missed.stalled.isEmpty { releaseStalled() }
    if !departures.aborting.isEmpty { dropAborted(at: now) }
  }

  /// Goes through the requests, linked from `first` on, whose milestone is the step just done.
  @inline(__always)
  private mutating func reachMilestones(from first: Int32, at now: Int64) {
    // Mostly it is one request alone, and its last step.
    if live[first].milestoneNext < 0, !horizon.needsCare, decoders.isFinished(first, in: live) {
      finish(first, at: now)
    } else {
      reachSeveralMilestones(from: first, at: now)
    }
  }

  @inline(never)
  private mutating func reachSeveralMilestones(from first: Int32, at now: Int64) {
    if horizon.needsCare { return reachMilestonesAmongPrompts(from: first, at: now) }
    passMilestones(from: first)
    for i in 0..<departures.finishing.count { finish(departures.finishing[i], at: now) }
  }

  /// The same where prompts may end before: a request that ends with its prompt ends before those that
  /// were admitted after it.
  @inline(never)
  private mutating func reachMilestonesAmongPrompts(from first: Int32, at now: Int64) {
    passMilestones(from: first)
    for i in 0..<departures.finishing.count {
      let id = departures.finishing[i]
      endPrompts(admittedBefore: live[id].admission, at: now)
      finish(id, at: now)
    }
  }

  private mutating func endPrompts(admittedBefore admission: Int64, at now: Int64) {
    var place = 0
    while place < batch.chunks.count, live[batch.chunks[place].id].admission < admission {
      let chunk = batch.chunks[place]
      guard endsWithPrompt(chunk.id, tokens: Int(chunk.tokens)) else {
        place += 1
        continue
      }
      _ = batch.dropChunk(
        chunk.id, computed: Int(live[chunk.id].computedTokens),
        remaining: remainingPrefill(chunk.id), window: settings.window)
      finishChunk(chunk, at: now)
    }
  }

  /// Passes the milestones, and leaves those who end in `departures.finishing`, in the order they run
  /// in: it decides what is evicted first.
  @inline(__always)
  private mutating func passMilestones(from first: Int32) {
    var id = first
    departures.finishing.removeAll()
    while id >= 0 {
      let next = live[id].milestoneNext
      if decoders.isFinished(id, in: live) {
        departures.finishing.append(id)
      } else {
        decoders.passMilestone(id, in: live)
      }
      id = next
    }
    if departures.finishing.count > 1 { sortFinishing() }
  }

  /// Whether `tokens` more tokens of a prompt are its last, and its request's answer is the one token
  /// that they yield.
  func endsWithPrompt(_ id: Int32, tokens: Int) -> Bool {
    tokens == remainingPrefill(id) && live[id].generatedTokens &+ 1 == live[id].outputTokens
  }

  private mutating func sortFinishing() {
    let live = live.base
    departures.finishing.sort { live[Int($0)].admission < live[Int($1)].admission }
  }

  private mutating func finishChunk(_ chunk: PrefillChunk, at now: Int64) {
    let id = chunk.id
    if live[id].isVerifying { return endVerification(chunk, at: now) }
    live[id].computedTokens &+= chunk.tokens
    guard live[id].computedTokens == live[id].knownTokens else {
      return batch.leaveUnfinished(id, in: live)
    }
    if live[id].handover == .prompt { return handOver(id) }
    if live[id].lastToken == LiveRequest.noToken {
      log.pointee.firstToken(Int(live[id].number), at: now &+ settings.frontend)
    } else {
      log.pointee.tokenGaps(now - live[id].lastToken, of: 1)
    }
    live[id].lastToken = now
    live[id].knownTokens &+= 1
    if settings.countsService { countToken(of: id) }
    if live[id].generatedTokens == live[id].outputTokens {
      end(id, computed: Int(live[id].computedTokens), at: now)
    } else {
      startDecoding(id)
    }
  }

  @inline(never)
  private mutating func finish(_ id: Int32, at now: Int64) {
    countDecodingEnd(of: id)
    end(id, computed: Int(decoders.finish(id, in: live)), at: now)
  }

  @inline(__always)
  mutating func end(_ id: Int32, computed: Int, at now: Int64) {
    release(id, computed: computed)
    log.pointee.finished(Int(live[id].number), at: now &+ settings.frontend)
    departures.ended.append(live[id].number)
    live.remove(id)
  }

  /// Blocks that a running request has of which `computed` tokens have KV entries.
  @inline(__always)
  func allocatedBlocks(of id: Int32, computed: Int) -> Int {
    settings.blockSize.blocks(for: settings.speculates ? Int(live[id].reach) : computed)
  }

  /// A running request of which `computed` tokens have KV entries leaves the batch for good.
  @inline(__always)
  mutating func release(_ id: Int32, computed: Int) {
    kv.release(
      &live[id].content, allocated: allocatedBlocks(of: id, computed: computed),
      full: settings.blockSize.full(computed), ended: true)
    batch.running.remove(id, in: live)
  }
}
