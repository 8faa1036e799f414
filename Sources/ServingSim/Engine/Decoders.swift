/// The running requests that decode: each gets a token in every step.
///
/// What they need a step is kept in sums, so that a step costs the same with 1 or 1000 of them.
///
/// Invariant: the sums are those over the decoding requests, one by one, and each of these stands in
/// the milestone ring under a step that is not later than its last.
struct Decoders: ~Copyable {
  /// The attention window in tokens; 0: none.
  let window: Int64
  /// Number of the current step.
  private(set) var step: Int64 = 0
  /// How many there are, the sum of their contexts before the current step, that of
  /// min(context, window), and how many contexts are below the window.
  private(set) var count = 0
  private(set) var context: Int64 = 0
  private(set) var windowedContext: Int64 = 0
  private(set) var growing = 0
  private(set) var demand: BlockDemand
  private(set) var milestones = MilestoneRing()

  init(blockSize: BlockSize, window: Int64) {
    self.window = window
    demand = BlockDemand(blockSize: blockSize)
  }

  private init(copying other: borrowing Decoders) {
    window = other.window
    step = other.step
    count = other.count
    context = other.context
    windowedContext = other.windowedContext
    growing = other.growing
    demand = other.demand.copy()
    milestones = other.milestones.copy()
  }

  func copy() -> Decoders { Decoders(copying: self) }

  /// What is kept of all of them together.
  struct Sums: BitwiseCopyable {
    fileprivate var count: Int
    fileprivate var context: Int64
    fileprivate var windowedContext: Int64
    fileprivate var growing: Int
  }

  /// None of them is served in the current step, a single one, in place of `advance`: the sums are 0
  /// until `resume`.
  mutating func rest() -> Sums {
    defer { (count, context, windowedContext, growing) = (0, 0, 0, 0) }
    return Sums(
      count: count, context: context, windowedContext: windowedContext, growing: growing)
  }

  /// The step in which they rested is over.
  mutating func resume(_ sums: Sums) {
    (count, context) = (sums.count, sums.context)
    (windowedContext, growing) = (sums.windowedContext, sums.growing)
  }

  /// Steps from the current one to the next at which something about one of them changes, that one
  /// included; there are some.
  @inline(__always)
  var stepsToMilestone: Int { milestones.stepsToNext(from: step) }

  @inline(__always)
  func context(of id: Int32, in live: borrowing Slab<LiveRequest>) -> Int64 {
    live[id].decodeOrigin &+ step
  }

  /// A request has its prompt computed and one token more known: from the current step on it
  /// decodes.
  @inline(__always)
  mutating func insert(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let computed = Int64(live[id].computedTokens)
    live[id].isDecoding = true
    live[id].decodeOrigin = computed &- step
    let left = live[id].outputTokens &- live[id].generatedTokens
    live[id].finishStep = step &+ Int64(left) &- 1
    live[id].blockPhase = demand.insert(context: Int(computed))
    count &+= 1
    context &+= computed
    if window > 0 {
      windowedContext &+= min(computed, window)
      if computed < window { growing &+= 1 }
    }
    fileMilestone(id, in: live)
  }

  /// Takes out a request amid its answer. Returns its context.
  mutating func remove(_ id: Int32, in live: borrowing Slab<LiveRequest>) -> Int64 {
    milestones.remove(id, in: live)
    return leave(id, in: live)
  }

  /// Takes out a request whose last token came with the step just done, and whose milestone that
  /// was. Returns its context.
  @inline(__always)
  mutating func finish(_ id: Int32, in live: borrowing Slab<LiveRequest>) -> Int64 {
    // At the window exactly, the context stopped growing with the step that ends here.
    if window > 0, context(of: id, in: live) == window { growing -= 1 }
    return leave(id, in: live)
  }

  @inline(__always)
  private mutating func leave(_ id: Int32, in live: borrowing Slab<LiveRequest>) -> Int64 {
    let context = context(of: id, in: live)
    count &-= 1
    self.context &-= context
    demand.remove(phase: live[id].blockPhase)
    if window > 0 {
      windowedContext &-= min(context, window)
      if context < window { growing &-= 1 }
    }
    return context
  }

  /// Each of them has got `steps` tokens more. Returns the first of the requests, linked through
  /// `milestoneNext`, whose milestone was the last of these steps; -1: none.
  @inline(__always)
  mutating func advance(by steps: Int) -> Int32 {
    let k = Int64(steps)
    context &+= Int64(count) &* k
    windowedContext &+= Int64(growing) &* k
    step &+= k
    demand.advance(by: steps)
    return milestones.takeAll(at: step &- 1)
  }

  /// Whether the step just done yielded its last token.
  @inline(__always)
  func isFinished(_ id: Int32, in live: borrowing Slab<LiveRequest>) -> Bool {
    live[id].finishStep == step &- 1
  }

  /// A request has reached a milestone with the step just done and goes on.
  mutating func passMilestone(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    if context(of: id, in: live) == window { growing -= 1 }
    fileMilestone(id, in: live)
  }

  /// Files a request under the step after which its context fills the attention window, or under its
  /// last one.
  @inline(__always)
  private mutating func fileMilestone(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let context = context(of: id, in: live)
    var milestone = live[id].finishStep
    if context < window { milestone = min(milestone, step + window - context - 1) }
    milestones.insert(id, at: milestone, now: step, in: live)
  }
}
