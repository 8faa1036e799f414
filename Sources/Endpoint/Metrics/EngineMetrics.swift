import ServingSim
import SimKernel

/// Why a request ended, as vLLM's metrics name it.
enum FinishedReason: String, CaseIterable {
  case stop
  case length
  case abort
  case error
}

/// What vLLM's /metrics says of one engine. Times are simulated.
struct EngineMetrics {
  private(set) var timeToFirstToken = PrometheusHistogram(HistogramBounds.timeToFirstToken)
  private(set) var interToken = PrometheusHistogram(HistogramBounds.interToken)
  private(set) var timePerOutputToken = PrometheusHistogram(HistogramBounds.interToken)
  private(set) var endToEnd = PrometheusHistogram(HistogramBounds.requestLatency)
  private(set) var queueing = PrometheusHistogram(HistogramBounds.requestLatency)
  /// From the first step to the first token, from there to the last one, and both.
  private(set) var prefill = PrometheusHistogram(HistogramBounds.requestLatency)
  private(set) var decode = PrometheusHistogram(HistogramBounds.requestLatency)
  private(set) var inference = PrometheusHistogram(HistogramBounds.requestLatency)
  private(set) var promptLengths: PrometheusHistogram
  private(set) var outputLengths: PrometheusHistogram
  private(set) var cachedLengths: PrometheusHistogram
  /// Prompt tokens that were computed, not found in the prefix cache.
  private(set) var computedLengths: PrometheusHistogram
  /// Of all answers to one prompt the longest.
  private(set) var longestOutputs: PrometheusHistogram
  private(set) var answersPerPrompt = PrometheusHistogram([1, 2, 5, 10, 20])
  private(set) var limits: PrometheusHistogram
  private(set) var promptTokens = 0
  private(set) var cachedTokens = 0
  private(set) var generatedTokens = 0
  private(set) var ended: [FinishedReason: Int] = [:]
  /// Of each step that yielded a token: its tokens, and the prompts of those whose first ones they are.
  private(set) var stepTokens = PrometheusHistogram(HistogramBounds.stepTokens)
  private var openStep: (time: SimTime, tokens: Int)?
  let configuration: EngineConfiguration

  /// `longest`: the most tokens that a request may have in any engine, so that all engines'
  /// histograms have the same bounds.
  init(_ configuration: EngineConfiguration, longest: Int) {
    self.configuration = configuration
    let lengths = PrometheusHistogram(HistogramBounds.tokens(upTo: longest))
    promptLengths = lengths
    outputLengths = lengths
    cachedLengths = lengths
    computedLengths = lengths
    longestOutputs = lengths
    limits = lengths
  }

  /// A step's tokens are all seen at one `time`.
  mutating func firstToken(
    promptTokens: Int, cachedTokens: Int, after wait: SimDuration, at time: SimTime
  ) {
    add(promptTokens + 1, toStepAt: time)
    self.promptTokens += promptTokens
    self.cachedTokens += cachedTokens
    generatedTokens += 1
    timeToFirstToken.observe(wait.seconds)
  }

  mutating func token(after gap: SimDuration, at time: SimTime) {
    add(1, toStepAt: time)
    generatedTokens += 1
    // Tokens that come together, a drafter's, have one gap, as with vLLM.
    if gap > .zero { interToken.observe(gap.seconds) }
  }

  private mutating func add(_ tokens: Int, toStepAt time: SimTime) {
    if let step = openStep, step.time == time {
      openStep?.tokens += tokens
    } else {
      closeStep()
      openStep = (time, tokens)
    }
  }

  /// All tokens of the last step have been seen.
  mutating func closeStep() {
    if let step = openStep { stepTokens.observe(Double(step.tokens)) }
    openStep = nil
  }

  /// `limit`: the tokens it might have had.
  mutating func finished(
    _ outcome: Outcome, promptTokens: Int, limit: Int, reason: FinishedReason
  ) {
    ended[reason, default: 0] += 1
    guard outcome.status == .finished else { return }
    let total = outcome.finish.since(outcome.arrival)
    endToEnd.observe(total.seconds)
    queueing.observe(outcome.firstScheduled.since(outcome.arrival).seconds)
    prefill.observe(outcome.firstToken.since(outcome.firstScheduled).seconds)
    let decoding = outcome.finish.since(outcome.firstToken)
    decode.observe(decoding.seconds)
    inference.observe(outcome.finish.since(outcome.firstScheduled).seconds)
    promptLengths.observe(Double(promptTokens))
    outputLengths.observe(Double(outcome.outputTokens))
    cachedLengths.observe(Double(outcome.cachedTokens))
    computedLengths.observe(Double(promptTokens) - Double(outcome.cachedTokens))
    limits.observe(Double(limit))
    guard outcome.outputTokens > 1 else { return }
    timePerOutputToken.observe(decoding.seconds / Double(outcome.outputTokens - 1))
  }

  /// All answers to one prompt have ended.
  mutating func finished(answers: Int, longest: Int) {
    longestOutputs.observe(Double(longest))
    answersPerPrompt.observe(Double(answers))
  }
}

/// What an engine is, for the metrics that say so.
struct EngineConfiguration {
  var maxModelLength: Int
  var blockSize = 16
  var usableBlocks = 0
  var cachesPrefixes = false
  var maxNumSeqs = 0
  var maxNumBatchedTokens = 0

  init(maxModelLength: Int) { self.maxModelLength = maxModelLength }

  init(_ replica: ReplicaPlan) {
    maxModelLength = replica.maxModelLength
    blockSize = replica.blockSize
    usableBlocks = replica.usableBlocks
    cachesPrefixes = replica.enablePrefixCaching
    maxNumSeqs = replica.maxNumSeqs
    maxNumBatchedTokens = replica.maxNumBatchedTokens
  }
}

/// The answers to one prompt, which are requests of their own in an engine.
final class AnswerGroup {
  let count: Int
  private var left: Int
  private(set) var longest = 0

  init(count: Int) {
    self.count = count
    left = count
  }

  /// One has ended with so many tokens; true: it was the last one.
  func end(tokens: Int) -> Bool {
    longest = max(longest, tokens)
    left -= 1
    return left == 0
  }
}
