import ServingModel
import SimKernel

/// One engine: its queue, its batch, its KV memory, and where it is in its current steps.
///
/// Each part has a file that says what it holds and what is always true of it. Steps between two
/// changes of the batch are one span.
struct Replica: ~Copyable {
  let plan: ReplicaPlan
  private(set) var settings: EngineSettings

  /// The requests that are here.
  var live = Slab<LiveRequest>()
  var queue: RequestQueue
  var batch = Batch()
  var decoders: Decoders
  var missed = MissedSteps()
  var pause = DecodePause()
  var newTokenRatio: NewTokenRatioState
  var departures = Departures()
  var parked = ParkedRequests()
  /// What the queue's lines have had, if it has any.
  var service: ServiceCounters
  var kv: KVCache
  var tiers: Tiers

  /// The current steps.
  var span = StepSpan()
  var spanBlocks = SpanBlocks()
  var horizon = Horizon()
  /// When the last completed step began; below 0: there was none.
  var lastStepStart: Int64 = -1
  var isBusy = false
  /// Nobody reaches it: it serves nobody who waits.
  var isCutOff = false
  /// When it last had nothing more to do.
  var idleSince: Instant = 0

  var recorder: ReplicaRecorder
  /// Where outcomes are written, for all replicas.
  let log: UnsafeMutablePointer<RunLog>

  init(
    plan: ReplicaPlan, windowLimit: Int, paths: ContentPaths?, listing: ChainListing?,
    stores: [TierStore], log: UnsafeMutablePointer<RunLog>, stepByStep: Bool
  ) {
    self.plan = plan
    self.log = log
    settings = EngineSettings(plan, stepByStep: stepByStep)
    queue = RequestQueue(order: plan.scheduler.order)
    newTokenRatio = NewTokenRatioState(settings.newTokenRatio)
    decoders = Decoders(blockSize: settings.blockSize, window: settings.window)
    service = ServiceCounters(plan.scheduler)
    kv = KVCache(
      blockSize: settings.blockSize, capacity: plan.usableBlocks,
      findsPrefixes: plan.enablePrefixCaching, paths: paths, eviction: plan.eviction,
      listing: listing)
    tiers = Tiers(plan, shared: stores, paths)
    recorder = ReplicaRecorder(windowLimit: windowLimit, epoch: log.pointee.epoch)
  }

  /// The same replica in the same state, over copies of the chains, of who holds them, of the stores that
  /// replicas share and of the log.
  func copy(
    _ paths: ContentPaths?, listing: ChainListing?, stores: [TierStore],
    log: UnsafeMutablePointer<RunLog>
  ) -> Replica {
    Replica(copying: self, paths, listing, stores, log: log)
  }

  private init(
    copying other: borrowing Replica, _ paths: ContentPaths?, _ listing: ChainListing?,
    _ stores: [TierStore], log: UnsafeMutablePointer<RunLog>
  ) {
    plan = other.plan
    settings = other.settings
    live = other.live.copy()
    queue = other.queue.copy()
    batch = other.batch.copy()
    decoders = other.decoders.copy()
    missed = other.missed.copy()
    pause = other.pause
    newTokenRatio = other.newTokenRatio
    departures = other.departures.copy()
    parked = other.parked.copy()
    service = other.service
    kv = other.kv.copy(paths, listing: listing)
    tiers = other.tiers.copy(shared: stores, paths)
    span = other.span
    spanBlocks = other.spanBlocks
    horizon = other.horizon
    lastStepStart = other.lastStepStart
    isBusy = other.isBusy
    isCutOff = other.isCutOff
    idleSince = other.idleSince
    recorder = other.recorder.copy()
    self.log = log
  }

  /// Puts an arrived request, with `content` looked up at admission, at the end of the queue. Returns its
  /// id.
  @inline(__always)
  mutating func enqueue(_ request: LiveRequest, at now: Int64) -> Int32 {
    recorder.waitingChanged(at: now, was: queue.count)
    recorder.arrived(at: now)
    let id = live.insert(request)
    if settings.countsService { countArrival(of: id, at: now) }
    queue.append(id, isScheduled: settings.asyncScheduling && isBusy, in: live)
    return id
  }

  /// The fleet's epoch has moved on.
  mutating func epochMoved(by picoseconds: Int64) {
    for id in 0..<live.reach { live[id].epochMoves(by: picoseconds) }
    queue.waiting.epochMoves(by: picoseconds)
    span.epochMoves(by: picoseconds)
    pause.epochMoves(by: picoseconds)
    lastStepStart.epochMoves(by: picoseconds)
    recorder.epochMoved(to: epoch, by: picoseconds)
  }

  /// Where its times count from.
  @inline(__always)
  var epoch: Epoch { log.pointee.epoch }

  /// Steps that begin from now on take `factor` times as long as planned.
  mutating func setPace(_ factor: Double) {
    settings = EngineSettings(
      factor == 1 ? plan : plan.slowed(by: factor), stepByStep: settings.stepByStep)
  }

  /// It begins anew: nobody is here, and nothing is known of those who were.
  mutating func restart() {
    forgetText()
    horizon = Horizon()
    pause = DecodePause()
    departures.clear()
  }

  /// What its KV memory and its own tiers held is gone, and who was served; nobody waits or runs.
  mutating func forgetText() {
    service = ServiceCounters(plan.scheduler)
    kv = kv.emptied()
    tiers.clear()
  }

  /// Ends the current span at the first step that ends at `now` or later, if somebody who arrives
  /// now can join there. Returns whether the end moved.
  @inline(__always)
  mutating func cutSpan(at now: Int64) -> Bool {
    horizon.isClosed ? false : interrupt(at: now)
  }

  /// Ends the current span at the first step that ends at `now` or later. Returns whether the end
  /// moved.
  @inline(__always)
  mutating func interrupt(at now: Int64) -> Bool {
    guard isBusy, span.steps > 1 else { return false }
    let steps = span.firstBoundary(notBefore: now)
    guard steps < span.steps else { return false }
    span.resize(to: steps)
    return true
  }
}
