import ServingModel
import SimKernel

/// What a request would take without the others.
extension Replica {
  /// Until the client has the first `outputTokens` tokens of an answer to a prompt of `promptTokens`, of
  /// which `cached` are there: the prompt's steps, then as many others as there are further tokens, each
  /// of which takes the mean of the first and the last.
  func timeAlone(promptTokens: Int, cached: Int, outputTokens: Int) -> SimDuration {
    var time = settings.frontend
    var computed = cached
    while computed < promptTokens {
      let tokens = min(promptTokens - computed, longestChunk)
      time += duration(of: prefill(tokens, after: computed))
      computed += tokens
    }
    let others = Int64(outputTokens - 1)
    guard others > 0 else { return SimDuration(picoseconds: time) }
    let first = duration(of: decode(after: promptTokens))
    let last = duration(of: decode(after: promptTokens + outputTokens - 2))
    return SimDuration(picoseconds: time + (first + last) / 2 * others)
  }

  /// Tokens of one prompt that a step computes at most.
  private var longestChunk: Int {
    min(plan.longPrefillTokenThreshold ?? .max, plan.maxNumBatchedTokens)
  }

  private func prefill(_ tokens: Int, after computed: Int) -> StepWork {
    var work = StepWork()
    work.prefillSequences = 1
    work.prefillTokens = tokens
    work.prefillContext = computed
    work.prefillPairs = tokens * computed + tokens * (tokens + 1) / 2
    if settings.window > 0 {
      work.prefillWindowedPairs = windowedPairs(
        tokens, after: computed, window: Int(settings.window))
    }
    return work
  }

  private func decode(after context: Int) -> StepWork {
    var work = StepWork()
    work.decodeSequences = 1
    work.decodeContext = context
    if settings.window > 0 { work.decodeWindowedContext = min(context, Int(settings.window)) }
    return work
  }

  private func duration(of work: StepWork) -> Int64 {
    settings.stepTime.duration(of: work).picoseconds
  }
}
