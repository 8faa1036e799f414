import ServingModel
package import ServingSim

/// SGLang's scheduler (`python/sglang/srt/managers/schedule_policy.py`, `PrefillAdder`, 0.5): prompts
/// first and by themselves, as long as what running requests are expected to generate leaves room.
package struct SGLangScheduling: BatchPolicy {
  /// `schedule_policy`.
  package enum Order: String, CaseIterable, Sendable {
    case firstComeFirstServed = "fcfs"
    case longestPrefixMatch = "lpm"
    case longestOutputFirst = "lof"
    case priority
  }

  package var requestOrder: Order
  /// `enable_mixed_chunk`: answers go on beside prompts.
  package var mixesChunks: Bool
  /// `max_prefill_tokens`: of the prompts of one step, but for a first one that is longer.
  package var maxPrefillTokens: Int
  /// `schedule_conservativeness`.
  package var conservativeness: Double

  package init(
    order: Order = .firstComeFirstServed, mixesChunks: Bool = false,
    maxPrefillTokens: Int = Self.usualPrefillTokens, conservativeness: Double = 1
  ) {
    requestOrder = order
    self.mixesChunks = mixesChunks
    self.maxPrefillTokens = maxPrefillTokens
    self.conservativeness = conservativeness
  }

  package static let usualPrefillTokens = 16_384
  /// `SGLANG_CLIP_MAX_NEW_TOKENS_ESTIMATION`: nobody is expected to generate more.
  package static let mostExpected = 4096

  /// With lpm, requests that come are at the end until the queue is sorted anew.
  package var order: QueueOrder {
    switch requestOrder {
    case .firstComeFirstServed, .longestPrefixMatch: .arrival
    case .longestOutputFirst, .priority: .rank
    }
  }

  package var reorders: Bool { requestOrder == .longestPrefixMatch }

  package var steps: StepContents { mixesChunks ? .promptsAndAnswers : .promptsFirst }

  /// `SGLANG_INIT_NEW_TOKEN_RATIO`, `SGLANG_MIN_NEW_TOKEN_RATIO_FACTOR`,
  /// `SGLANG_NEW_TOKEN_RATIO_DECAY_STEPS` and `SGLANG_RETRACT_DECODE_STEPS`.
  package var newTokenRatio: NewTokenRatio? {
    let initial = min(0.7 * conservativeness, 1)
    return NewTokenRatio(
      initial: initial, least: min(0.14 * initial, 1), decaySteps: 600, reserve: 20)
  }

  package func rank(of request: RequestView) -> Int64 {
    switch requestOrder {
    case .firstComeFirstServed, .longestPrefixMatch: 0
    case .longestOutputFirst: -(request.traits[.maxTokens] ?? Int64(Int32.max))
    case .priority: Int64(request.priority)
    }
  }

  package func plan(_ queue: inout QueueView) -> Stability {
    let ratio = queue.newTokenRatio
    let expected = queue.sumOverRunning { Self.expected($0.maxTokens - $0.generatedTokens) }
    var reserved = ratio * Double(expected)
    var prompts = 0
    while let request = queue.next {
      let found = queue.lookUp()
      let extend = request.promptTokens + request.generatedTokens - found.tokens
      let answer = Self.expected(request.maxTokens - request.generatedTokens)
      let free = Double((queue.freeBlocks - found.freeBlocks) * queue.blockSize) - reserved
      let fits = Double(extend + answer + queue.blockSize) < free
      guard fits || queue.running == 0 else { return .untilEnd }
      if prompts > 0, prompts + extend >= maxPrefillTokens { return .untilArrival }
      let budget = queue.budget
      switch queue.admit() {
      case .admitted: break
      case .noSeat, .noMemory: return .untilEnd
      case .noneWaits: return .untilArrival
      // Another one can be first in the next step, and fit.
      case .noBudget: return reorders ? .steps(1) : .untilArrival
      }
      prompts += budget - queue.budget
      if extend <= budget { reserved += Double(answer) }
    }
    return .untilArrival
  }

  private static func expected(_ tokens: Int) -> Int { min(tokens, mostExpected) }
}
