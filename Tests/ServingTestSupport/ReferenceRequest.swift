import SimKernel

/// A request as the reference keeps it.
struct ReferenceRequest {
  var number: Int
  var arrival: Instant
  var priority: Int32
  /// Greatest: never.
  var due: Instant
  var promptTokens: Int
  var outputTokens: Int
  /// The most it may generate.
  var maxTokens: Int
  /// Prompt and tokens generated so far.
  var known: Int
  var computed = 0
  var scheduled = 0
  var cachedTokens = 0
  var lastToken: Instant?
  var isDecoding = false
  /// What a drafter has proposed for its next step.
  var drafts = 0
  /// It has been admitted before.
  var hasJoined = false
  var allocated = 0
  var named = 0
  var duplicates = 0
  var keys: BlockKeys
  /// The client's limit of the answer; 2^31 - 1: it states none.
  var statedLimit: Int
  /// -1: it states none.
  var tenant: Int
  var stage = ReferenceStage.whole
  /// Tokens that it has KV entries for when those have come that tiers send; 0: they send none.
  var loaded = 0
  var hasCome = false

  /// Whether it waits for nothing but a step.
  var isThere: Bool { stage == .received || hasCome }

  /// Tokens that it may still generate.
  var left: Int { maxTokens - (known - promptTokens) }
}

/// What a replica has to do of a request.
enum ReferenceStage {
  case whole
  /// Its prompt, for another replica; that is computed; the other one has the request.
  case prompt
  case computed
  case kept
  /// What follows on its prompt, which waits for blocks, then for KV entries, and then for a step.
  case awaited
  case receiving
  case received
}

/// Why a replica drops a request.
enum ReferenceFate {
  case left
  case lost
  /// It goes on elsewhere.
  case moved
  /// Nobody needs its KV entries here any more.
  case sent
}

/// What a request on its way to another replica has.
struct ReferenceCarried {
  var computed: Int
  var tokens: Int
  var lastToken: Instant?
}

/// A request that its replica has dropped.
struct ReferenceDrop {
  var number: Int
  var fate: ReferenceFate
  var lastToken: Instant?
  /// Tokens of its prompt with KV entries, and of its answer.
  var computed: Int
  var tokens: Int

  init(_ request: ReferenceRequest, _ fate: ReferenceFate, computed: Int) {
    number = request.number
    self.fate = fate
    lastToken = request.lastToken
    self.computed = computed
    tokens = request.known - request.promptTokens
  }
}

/// A token that a step yielded.
struct ReferenceToken {
  var number: Int
  var previous: Instant?
  var isLast: Bool
}
