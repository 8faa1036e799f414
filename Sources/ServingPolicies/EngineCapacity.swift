import ServingModel
package import ServingSim
import SimKernel

/// What load a replica bears within limits of its latencies, told from its step times: what a planner knows
/// of an engine that was profiled beforehand.
package struct EngineCapacity: Sendable {
  private let stepTime: any StepTimeModel
  private let maxNumSeqs: Int
  private let maxNumBatchedTokens: Int
  private let kvTokens: Int
  /// Engines of a replica.
  package let ranks: Int

  package init(_ replica: ReplicaPlan) {
    stepTime = replica.stepTime
    maxNumSeqs = replica.maxNumSeqs
    maxNumBatchedTokens = replica.maxNumBatchedTokens
    kvTokens = replica.usableBlocks * replica.blockSize
    ranks = replica.dataParallelSize
  }

  /// Requests a second, each with a prompt of `input` and an answer of `output` tokens, that a replica
  /// serves with the largest batch that keeps to both limits, or with a batch of one where none does.
  package func requestRate(
    input: Double, output: Double, ttft: Double, itl: Double
  ) -> Double {
    let context = input + output / 2
    // As many prompts are computed as answers end.
    let balanced = output * Double(maxNumBatchedTokens) / (input + output)
    let limit = min(Double(kvTokens) / max(1, context), balanced)
    let most = max(1, min(maxNumSeqs, Int(min(limit, 1e9))))
    let meets = { (batch: Int) in
      stepSeconds(batch: batch, input: input, output: output) <= itl
        && timeToFirstToken(batch: batch, input: input, output: output) <= ttft
    }
    // Latencies grow with the batch.
    var (low, high) = (1, most)
    while low < high {
      let middle = (low + high + 1) / 2
      if meets(middle) { low = middle } else { high = middle - 1 }
    }
    let seconds = stepSeconds(batch: low, input: input, output: output)
    return Double(ranks * low) / (max(1, output) * max(seconds, 1e-12))
  }

  /// From one token to the next in a batch of `batch`, beside the prompts that come meanwhile.
  package func stepSeconds(batch: Int, input: Double, output: Double) -> Double {
    seconds(
      batch: batch, context: input + output / 2,
      prefill: min(Double(batch) * input / max(1, output), Double(maxNumBatchedTokens - batch)),
      of: input)
  }

  /// Of a prompt that comes beside the others.
  private func timeToFirstToken(batch: Int, input: Double, output: Double) -> Double {
    let chunk = Double(max(1, maxNumBatchedTokens - batch))
    let beside = min(Double(batch) * input / max(1, output), chunk)
    let (context, tokens) = (input + output / 2, input + beside)
    let whole = (tokens / chunk).rounded(.down)
    let rest = tokens - whole * chunk
    func time(_ prefill: Double) -> Double {
      prefill > 0 ? seconds(batch: batch, context: context, prefill: prefill, of: input) : 0
    }
    return whole * (whole > 0 ? time(chunk) : 0) + time(rest)
  }

  private func seconds(
    batch: Int, context: Double, prefill: Double, of input: Double
  ) -> Double {
    var work = StepWork()
    work.decodeSequences = batch
    work.decodeContext = Int(Double(batch) * context)
    let tokens = max(0, prefill.rounded(.up))
    if tokens > 0 {
      work.prefillTokens = Int(tokens)
      work.prefillSequences = max(1, Int((tokens / max(1, input)).rounded(.up)))
      work.prefillPairs = Int(tokens * min(tokens, input) / 2 + tokens)
    }
    if let window = stepTime.attentionWindow {
      work.decodeWindowedContext = Int(Double(batch) * min(context, Double(window)))
      work.prefillWindowedPairs = min(work.prefillPairs, work.prefillTokens * window)
    }
    return stepTime.duration(of: work).seconds
  }
}
