import ServingModel
import SimKernel

/// One engine: its queue, its batch, its KV memory, and where it is in its current steps.
///
/// What decoding requests need a step is kept in sums (how many, their contexts, how many need a
/// block at which step), so a step costs the same with 1 or 1000 of them, and steps between two
/// changes of the batch are one span.
struct Replica: ~Copyable {
  let plan: ReplicaPlan
  /// Figures of the plan that every step asks for.
  let maxNumSeqs: Int
  let maxNumBatchedTokens: Int
  let blockSize: BlockSize
  let maxModelLength: Int
  let policy: any BatchPolicy
  /// Whether the queue's order is all that the policy decides, so that it need not be asked.
  let isOrdered: Bool
  let stepTime: any StepTimeModel
  /// The plan's tables, whose parts are at hand while it is held.
  private let tables: StepTables
  let lines: UnsafeBufferPointer<DecodeLine>
  let weightBytes: UnsafeBufferPointer<Int64>
  let window: Int64
  let watermarkBlocks: Int
  let asyncScheduling: Bool
  let frontend: Int64

  var live = Slab<LiveRequest>()
  var waiting: WaitingQueue
  /// Requests that arrived while the next step was being scheduled (async scheduling), in order.
  var inbox = Stack<Int32>()
  var running = RunningList()
  /// The running request whose prompt is not finished, the last one admitted; -1: none.
  var partial: Int32 = -1
  var admissions: Int64 = 0
  var kv: KVCache
  var recorder: ReplicaRecorder

  /// Number of the current step, and that modulo the block size.
  var step: Int64 = 0
  var blockPhase: Int32 = 0
  /// Decoding requests, the sum of their contexts before the current step, that of
  /// min(context, window), and how many contexts are below the window.
  var decoding = 0
  var context: Int64 = 0
  var windowedContext: Int64 = 0
  var growing = 0
  /// How many decoding requests need a block when `blockPhase` has the index.
  var blockDemand: Table<Int32>
  var milestones = MilestoneRing()

  /// Prompt chunks of the current step, in order of admission, and what they cost.
  var prefilling = Stack<PrefillChunk>()
  var work = StepWork()
  var span = StepSpan()
  /// When the last completed step began.
  var lastStepStart: Int64 = 0
  var isBusy = false
  /// When it last had nothing more to do.
  var idleSince: Int64 = 0
  /// Steps of the span whose KV blocks have been taken, and what was taken after its first one.
  var allocatedSteps = 0
  var grown = BlockGrowth()
  var usedBlocksAtStart = 0
  /// Nobody who arrives now can join at the next step's end, only when a request ends. Steps need
  /// not be told apart then; a false `false` costs time, no more.
  var closedToNewcomers = false
  /// The most steps that the policy lets pass before it is asked again.
  var stepsToPolicy = Int.max
  /// Running requests that the current step leaves out, and requests whose next token follows such
  /// a step: only priorities under memory pressure make any.
  var stalled = Stack<Int32>()
  var late = Stack<Int32>()
  /// Requests that ended in the last completed step, in order of admission.
  var ended = Stack<Int32>()
  /// Scratch for requests that end with a step.
  var finishing = Stack<Int32>()
  /// Numbers of requests to be dropped when the current step ends: their clients have gone.
  var aborting = Stack<Int32>()
  /// Every span is one step: a live run has to tell each token when it comes.
  let stepByStep: Bool
  /// The current step is a span of its own, and more is to be seen to at its end than tokens.
  var needsCare: Bool
  /// Where outcomes are written, for all replicas.
  let log: UnsafeMutablePointer<RunLog>

  init(
    plan: ReplicaPlan, windowLimit: Int, paths: ContentPaths?,
    log: UnsafeMutablePointer<RunLog>, stepByStep: Bool
  ) {
    self.plan = plan
    self.log = log
    self.stepByStep = stepByStep
    needsCare = stepByStep
    recorder = ReplicaRecorder(windowLimit: windowLimit)
    maxNumSeqs = plan.maxNumSeqs
    maxNumBatchedTokens = plan.maxNumBatchedTokens
    blockSize = BlockSize(plan.blockSize)
    maxModelLength = plan.maxModelLength
    policy = plan.scheduler
    isOrdered = plan.scheduler is any OrderedPolicy
    stepTime = plan.stepTime
    waiting = WaitingQueue(order: plan.scheduler.order)
    tables = plan.tables
    lines = tables.lines
    weightBytes = tables.weightBytes
    window = Int64(plan.stepTime.attentionWindow ?? 0)
    watermarkBlocks = Int(plan.watermark * Double(plan.usableBlocks))
    asyncScheduling = plan.asyncScheduling
    frontend = plan.frontendLatency.picoseconds
    kv = KVCache(
      blockSize: blockSize, capacity: plan.usableBlocks,
      findsPrefixes: plan.enablePrefixCaching, paths: paths, eviction: plan.eviction)
    blockDemand = Table([Int32](repeating: 0, count: plan.blockSize))
  }

  /// Puts an arrived request, with `content` looked up at admission, at the end of the queue.
  @inline(__always)
  mutating func enqueue(_ request: LiveRequest, at now: Int64) {
    recorder.waitingChanged(at: now, was: queued)
    recorder.arrived(at: now)
    let id = live.insert(request)
    if asyncScheduling, isBusy { inbox.append(id) } else { waiting.append(id, in: live) }
  }

  /// What its KV memory held is gone; nobody runs.
  mutating func forgetText() {
    kv = KVCache(
      blockSize: blockSize, capacity: kv.capacity, findsPrefixes: kv.findsPrefixes,
      paths: kv.paths, eviction: kv.eviction)
  }

  /// Requests that wait to be admitted.
  @inline(__always)
  var queued: Int { waiting.count &+ inbox.count }

  /// Ends the current span at the first step that ends at `now` or later, if somebody who arrives
  /// now can join there. Returns whether the end moved.
  @inline(__always)
  mutating func cutSpan(at now: Int64) -> Bool {
    closedToNewcomers ? false : interrupt(at: now)
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

/// Tokens of a prompt that one step computes.
struct PrefillChunk: BitwiseCopyable {
  var id: Int32
  var tokens: Int32
}
