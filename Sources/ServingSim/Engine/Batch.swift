import ServingModel

/// The running requests, and what the current step computes of their prompts.
///
/// Invariant: `running` is in order of admission; whoever in it does not decode is `partial`, has a
/// chunk in this step or misses it; the prompts' part of `work` is the sum over the chunks.
struct Batch: ~Copyable {
  var running = RunningList()
  /// The running request whose prompt is not finished, the last one admitted; -1: none.
  var partial: Int32 = -1
  /// Requests admitted so far.
  private(set) var admissions: Int64 = 0
  /// Prompt chunks of the current step, in order of admission.
  private(set) var chunks = Stack<PrefillChunk>()
  /// What the chunks cost; what decodes is set when a step with chunks is priced.
  var work = StepWork()

  init() {}

  private init(copying other: borrowing Batch) {
    running = other.running
    partial = other.partial
    admissions = other.admissions
    chunks = other.chunks.copy()
    work = other.work
  }

  func copy() -> Batch { Batch(copying: self) }

  /// Whether the current step computes prompts.
  @inline(__always)
  var isPrefilling: Bool { !chunks.isEmpty }

  /// Whether the last prompt of the current step goes on in the next.
  @inline(__always)
  var isCut: Bool { chunks[chunks.count &- 1].id == partial }

  @inline(__always)
  mutating func admit(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    admissions &+= 1
    live[id].admission = admissions
    running.append(id, in: live)
  }

  @inline(__always)
  mutating func clearChunks() {
    chunks.removeAll()
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
    chunks.append(PrefillChunk(id: id, tokens: Int32(tokens)))
    partial = tokens < remaining ? id : -1
    work.prefillSequences &+= 1
    work.prefillTokens &+= tokens
    work.prefillContext &+= computed
    work.prefillPairs &+= tokens &* computed &+ (tokens &* (tokens &+ 1)) &>> 1
    if window > 0 {
      work.prefillWindowedPairs &+= windowedPairs(tokens, after: computed, window: Int(window))
    }
  }
}

/// Tokens of a prompt that one step computes.
struct PrefillChunk: BitwiseCopyable {
  var id: Int32
  var tokens: Int32
}

/// Query-key pairs of `tokens` new tokens after `computed` ones when each sees `window` at most.
func windowedPairs(_ tokens: Int, after computed: Int, window: Int) -> Int {
  let growing = max(0, min(tokens, window - computed))
  return growing * computed + growing * (growing + 1) / 2 + (tokens - growing) * window
}
