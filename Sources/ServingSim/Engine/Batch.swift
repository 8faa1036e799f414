import ServingModel

/// The running requests, and what the current step computes of their prompts.
///
/// Invariant: `running` is in order of admission; between two steps, whoever in it does not decode is
/// in `unfinished`; the prompts' part of `work` is the sum over the chunks.
struct Batch: ~Copyable {
  var running = RunningList()
  /// Running requests whose prompts are not finished, or whose drafts are to be verified, in order of
  /// admission. Those with a chunk in the current step are not among them until it ends. Without a limit
  /// of its own for a chunk, and without drafts, it is one at most, the last admitted: only the budget
  /// cuts prompts.
  private(set) var unfinished = Stack<Int32>()
  /// Requests admitted so far.
  private(set) var admissions: Int64 = 0
  /// What the current step computes of prompts, and of answers with drafts, in order of admission.
  private(set) var chunks = Stack<PrefillChunk>()
  /// Chunks that do not finish their prompts.
  private(set) var cut = 0
  /// What the chunks cost; what decodes is set when a step with chunks is priced.
  var work = StepWork()

  init() {}

  private init(copying other: borrowing Batch) {
    running = other.running
    unfinished = other.unfinished.copy()
    admissions = other.admissions
    chunks = other.chunks.copy()
    cut = other.cut
    work = other.work
  }

  func copy() -> Batch { Batch(copying: self) }

  /// Whether the current step computes prompts, or answers with drafts.
  @inline(__always)
  var hasChunks: Bool { !chunks.isEmpty }

  /// Whether the current step computes prompts.
  @inline(__always)
  var isPrefilling: Bool { work.prefillSequences > 0 }

  /// Prompts that the current step finishes.
  @inline(__always)
  var finishedPrompts: Int { work.prefillSequences &- cut }

  @inline(__always)
  mutating func admit(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    admissions &+= 1
    live[id].admission = admissions
    running.append(id, in: live)
  }

  @inline(__always)
  mutating func clearChunks() {
    chunks.removeAll()
    cut = 0
    work.prefillSequences = 0
    work.prefillTokens = 0
    work.prefillPairs = 0
    work.prefillWindowedPairs = 0
    work.prefillContext = 0
  }

  /// The current step computes `tokens` more tokens of a prompt of which `computed` are there and
  /// `remaining` are not.
  @inline(__always)
  mutating func addChunk(
    _ id: Int32, tokens: Int, computed: Int, remaining: Int, window: Int64
  ) {
    chunks.append(PrefillChunk(id: id, tokens: Int32(truncatingIfNeeded: tokens)))
    cut &+= tokens < remaining ? 1 : 0
    work.prefillSequences &+= 1
    work.prefillTokens &+= tokens
    work.prefillContext &+= computed
    work.prefillPairs &+= tokens &* computed &+ (tokens &* (tokens &+ 1)) &>> 1
    if window > 0 {
      work.prefillWindowedPairs &+= windowedPairs(tokens, after: computed, window: Int(window))
    }
  }
}

/// Prompts that are not finished.
extension Batch {
  /// The prompts of `unfinished` go on in the current step, those that it leaves out excepted.
  mutating func takeUnfinished() { unfinished.removeAll() }

  /// The current step computes nothing of a request that could go on: its budget is spent.
  mutating func skip(_ id: Int32) { chunks.append(PrefillChunk(id: id, tokens: 0)) }

  /// A prompt goes on in the next step.
  @inline(never)
  mutating func leaveUnfinished(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    unfinished.append(id)
    guard unfinished.count > 1 else { return }
    let live = live.base
    let (last, before) = (unfinished[unfinished.count - 1], unfinished[unfinished.count - 2])
    guard live[Int(last)].admission < live[Int(before)].admission else { return }
    unfinished.sort { live[Int($0)].admission < live[Int($1)].admission }
  }

  /// A request is no longer there whose prompt is not finished.
  mutating func dropUnfinished(_ id: Int32) { unfinished.removeAll { $0 == id } }

  /// Tokens of its prompt that the current step computes.
  func chunk(of id: Int32) -> Int {
    chunks.elements.first { $0.id == id }.map { Int($0.tokens) } ?? 0
  }

  /// The current step does not compute the chunk of a request of which `computed` tokens are there and
  /// `remaining` are not. Returns the chunk's tokens; 0: it has none.
  mutating func dropChunk(_ id: Int32, computed: Int, remaining: Int, window: Int64) -> Int {
    let tokens = chunk(of: id)
    guard tokens > 0 else { return 0 }
    chunks.removeAll { $0.id == id }
    cut -= tokens < remaining ? 1 : 0
    work.prefillSequences -= 1
    work.prefillTokens -= tokens
    work.prefillContext -= computed
    work.prefillPairs -= tokens * computed + tokens * (tokens + 1) / 2
    if window > 0 {
      work.prefillWindowedPairs -= windowedPairs(tokens, after: computed, window: Int(window))
    }
    return tokens
  }
}

/// Answers whose drafts are verified.
extension Batch {
  /// Requests that the current step serves.
  var served: Int { work.sequences }

  /// The current step computes the last token of an answer whose context is `computed`, and verifies the
  /// other ones of `tokens`.
  mutating func addVerification(_ id: Int32, tokens: Int, computed: Int, window: Int) {
    chunks.append(PrefillChunk(id: id, tokens: Int32(truncatingIfNeeded: tokens)))
    work.add(Verification(tokens: tokens, computed: computed, window: window), times: 1)
  }

  /// The current step does not compute these. Returns how many they were.
  mutating func dropVerification(_ id: Int32, computed: Int, window: Int) -> Int {
    let tokens = chunk(of: id)
    chunks.removeAll { $0.id == id }
    guard tokens > 0 else { return 0 }
    work.add(Verification(tokens: tokens, computed: computed, window: window), times: -1)
    return tokens
  }
}

/// Tokens that one step computes of a prompt, or of an answer with a drafter's.
struct PrefillChunk: BitwiseCopyable {
  var id: Int32
  var tokens: Int32
}

/// Query-key pairs of `tokens` new tokens after `computed` ones when each sees `window` at most.
func windowedPairs(_ tokens: Int, after computed: Int, window: Int) -> Int {
  let growing = max(0, min(tokens, window - computed))
  return growing * computed + growing * (growing + 1) / 2 + (tokens - growing) * window
}
