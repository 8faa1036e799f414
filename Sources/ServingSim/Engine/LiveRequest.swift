/// A request between its arrival at a replica and its end, as the replica keeps it: in 128 bytes, so that
/// its place in a table is a shift away.
struct LiveRequest: BitwiseCopyable {
  /// Its number in the workload.
  var number: Int32
  var promptTokens: Int32
  /// Tokens it will generate, cut to `max_model_len`.
  var outputTokens: Int32
  /// Prompt and tokens generated so far: what a prefill has to compute. Not kept while decoding.
  var knownTokens: Int32
  /// Tokens with KV entries before the current step; while these are loaded, those that it has then. Not
  /// kept while decoding.
  var computedTokens: Int32 = 0
  /// When this residue of the step number comes round, it needs another KV block. Where there is a drafter,
  /// this is `reach`.
  var blockPhase: Int32 = 0
  /// While decoding: its context before step d is `decodeOrigin + d`.
  var decodeOrigin: Int64 = 0
  /// The step that yields its last token.
  var finishStep: Int64 = 0
  /// Order of admission; running requests are served in it.
  var admission: Int64 = 0
  /// Neighbours in the running list; `next` also links the waiting queue.
  var previous: Int32 = -1
  var next: Int32 = -1
  /// Neighbours in its slot of the milestone ring.
  var milestonePrevious: Int32 = -1
  var milestoneNext: Int32 = -1
  var milestoneSlot: Int32 = -1
  var content: ContentHold
  /// The most tokens that it may generate, where the policy asks for it; else 0.
  var maxTokens: Int32
  var isDecoding = false
  /// It has its prompt computed and yields tokens with a drafter's help: in place of `isDecoding`.
  var isVerifying = false
  /// Tokens that the drafter has proposed for its next step.
  var drafts: UInt8 = 0
  /// KV entries come for it from a tier, or have come, and it does not run yet.
  var isLoading = false
  var handover = HandoverStage.none
  /// It has been admitted here before.
  var hasJoined = false
  /// It missed a step, so its next token comes later than its neighbours'.
  var isLate = false
  /// When it last had its prompt computed; when it yielded its last token if it was preempted, or is
  /// late.
  var lastToken = Self.noToken
  /// At its replica.
  private(set) var arrival: Int64
  /// What the batch policy said it is, where its queue goes by rank.
  var rank: Int64

  @inline(__always)
  init(
    number: Int32, promptTokens: Int32, outputTokens: Int32, maxTokens: Int32, rank: Int64,
    arrival: Int64, content: ContentHold
  ) {
    self.number = number
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.maxTokens = maxTokens
    self.rank = rank
    self.arrival = arrival
    self.content = content
    knownTokens = promptTokens
  }

  /// Another replica computes its prompt, or answers it: then the prompt's end is all that there is to it.
  mutating func takesPart(in handover: HandoverStage) {
    self.handover = handover
    guard handover == .prompt else { return }
    outputTokens = 1
    maxTokens = min(maxTokens, 1)
  }

  /// It has yielded none.
  static let noToken = Int64.min

  mutating func epochMoves(by picoseconds: Int64) {
    arrival.epochMoves(by: picoseconds)
    if lastToken != Self.noToken { lastToken.epochMoves(by: picoseconds) }
  }

  var generatedTokens: Int32 { knownTokens &- promptTokens }

  /// Where there is a drafter: the tokens that it has KV blocks for while it runs.
  var reach: Int32 {
    get { blockPhase }
    set { blockPhase = newValue }
  }

  /// It comes from another replica with `tokens` of its answer, the last of which it got at `lastToken`.
  mutating func goOn(with tokens: Int32, since lastToken: Int64) {
    knownTokens = promptTokens + tokens
    self.lastToken = lastToken
  }
}

extension ContentHold: BitwiseCopyable {}
extension Strand: BitwiseCopyable {}
extension StrandHolders: BitwiseCopyable {}

/// Running requests in order of admission.
struct RunningList {
  var first: Int32 = -1
  var last: Int32 = -1
  var count = 0

  @inline(__always)
  mutating func append(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    live[id].previous = last
    live[id].next = -1
    if last >= 0 { live[last].next = id } else { first = id }
    last = id
    count &+= 1
  }

  @inline(__always)
  mutating func remove(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let previous = live[id].previous
    let next = live[id].next
    if previous >= 0 { live[previous].next = next } else { first = next }
    if next >= 0 { live[next].previous = previous } else { last = previous }
    count &-= 1
  }

  /// All of them, in order.
  func ids(in live: borrowing Slab<LiveRequest>) -> [Int32] {
    var ids: [Int32] = []
    var id = first
    while id >= 0 {
      ids.append(id)
      id = live[id].next
    }
    return ids
  }
}
