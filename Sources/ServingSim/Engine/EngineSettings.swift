import ServingModel
import SimKernel

/// What a replica's plan says, at hand for every step.
struct EngineSettings {
  let maxNumSeqs: Int
  let maxNumBatchedTokens: Int
  let maxModelLength: Int32
  /// Longer ones are refused: there is room for a token of the answer.
  let longestPrompt: Int32
  /// Whether the policy wants to know of a request that joins where it stands, or how long its answer
  /// may be.
  let asksOfRequests: Bool
  /// More than these do not wait.
  let maxQueuedRequests: Int
  let blockSize: BlockSize
  let watermarkBlocks: Int
  let chunkedPrefill: Bool
  /// The most tokens of one prompt in a step, beside what the step's budget leaves.
  let longestChunk: Int
  let asyncScheduling: Bool
  /// Picoseconds from a step's end to when its tokens are with their clients.
  let frontend: Int64
  let policy: any BatchPolicy
  /// Whether the queue's order is all that the policy decides, so that it need not be asked.
  let isOrdered: Bool
  let promptsFirst: Bool
  let reordersQueue: Bool
  /// Whether a prompt's blocks have their names when they are given out, and not only when they are computed.
  let namesAtOnce: Bool
  let newTokenRatio: NewTokenRatio?
  /// Whether KV entries are kept outside of the accelerators' memory.
  let offloads: Bool
  /// Whether sequences that decode compute a drafter's tokens, too, and how.
  let speculates: Bool
  let speculation: SpeculationPlan
  /// Whether it is counted what service the queue's lines have had.
  let countsService: Bool
  let stepTime: any StepTimeModel
  /// The model's attention window in tokens; 0: none.
  let window: Int64
  /// Every span is one step: a live run has to tell each token when it comes, and ranks that step
  /// together wait for each other.
  let stepByStep: Bool
  /// The plan's tables, whose parts are at hand while it is held.
  private let tables: StepTables
  let lines: UnsafeBufferPointer<DecodeLine>
  private let weightBytes: UnsafeBufferPointer<Int64>

  init(_ plan: ReplicaPlan, stepByStep: Bool) {
    maxNumSeqs = plan.maxNumSeqs
    maxNumBatchedTokens = plan.maxNumBatchedTokens
    maxModelLength = Int32(plan.maxModelLength)
    longestPrompt = Int32(min(plan.longestPrompt, plan.maxModelLength - 1))
    asksOfRequests = plan.scheduler.order != .arrival || !(plan.scheduler is any OrderedPolicy)
    maxQueuedRequests = plan.maxQueuedRequests ?? .max
    precondition(maxQueuedRequests > 0, "a queue in which nobody may wait")
    blockSize = BlockSize(plan.blockSize)
    watermarkBlocks = Int(plan.watermark * Double(plan.usableBlocks))
    chunkedPrefill = plan.enableChunkedPrefill
    longestChunk = plan.longPrefillTokenThreshold ?? .max
    precondition(longestChunk > 0, "prompts that get no tokens")
    precondition(
      plan.longPrefillTokenThreshold == nil || plan.scheduler.steps == .promptsAndAnswers,
      "an engine that computes prompts by themselves has one unfinished prompt at most")
    asyncScheduling = plan.asyncScheduling
    frontend = plan.frontendLatency.picoseconds
    policy = plan.scheduler
    isOrdered = plan.scheduler is any OrderedPolicy
    promptsFirst = plan.scheduler.steps == .promptsFirst
    reordersQueue = plan.scheduler.reorders
    precondition(
      !reordersQueue || plan.scheduler.order == .arrival, "a queue by rank has no other order")
    namesAtOnce = plan.enablePrefixCaching && !promptsFirst
    newTokenRatio = plan.scheduler.newTokenRatio
    offloads = plan.offloading != nil
    precondition(
      !offloads || plan.enablePrefixCaching && plan.enableChunkedPrefill && !promptsFirst,
      "only vLLM's engine loads KV entries, and only where prompts can be split and found")
    speculates = plan.speculation != nil
    speculation = plan.speculation ?? .none
    precondition(
      !speculates || plan.enableChunkedPrefill && !promptsFirst && plan.scheduler.service == nil,
      "only vLLM's engine verifies drafts, and only where prompts can be split and service is not counted"
    )
    countsService = plan.scheduler.service != nil
    precondition(
      countsService == (plan.scheduler.order == .lines), "lines have service, and nobody else")
    stepTime = plan.stepTime
    window = Int64(plan.stepTime.attentionWindow ?? 0)
    self.stepByStep = stepByStep || plan.stepsTogether
    tables = plan.tables
    lines = tables.lines
    weightBytes = tables.weightBytes
  }

  /// The weight traffic of one step with so many tokens; 0 where it is not metered.
  @inline(__always)
  func weightBytes(_ tokens: Int) -> Int64 {
    weightBytes[min(tokens, weightBytes.count &- 1)]
  }
}
