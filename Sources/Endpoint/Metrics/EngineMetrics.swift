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
  private(set) var promptLengths: PrometheusHistogram
  private(set) var outputLengths: PrometheusHistogram
  private(set) var promptTokens = 0
  private(set) var generatedTokens = 0
  private(set) var ended: [FinishedReason: Int] = [:]

  init(maxModelLength: Int) {
    let bounds = HistogramBounds.tokens(upTo: maxModelLength)
    promptLengths = PrometheusHistogram(bounds)
    outputLengths = PrometheusHistogram(bounds)
  }

  mutating func firstToken(promptTokens: Int, after wait: SimDuration) {
    self.promptTokens += promptTokens
    generatedTokens += 1
    timeToFirstToken.observe(wait.seconds)
  }

  mutating func token(after gap: SimDuration) {
    generatedTokens += 1
    interToken.observe(gap.seconds)
  }

  mutating func finished(_ outcome: Outcome, promptTokens: Int, reason: FinishedReason) {
    ended[reason, default: 0] += 1
    guard outcome.status == .finished else { return }
    let total = outcome.finish - outcome.arrival
    endToEnd.observe(total.seconds)
    queueing.observe((outcome.firstScheduled - outcome.arrival).seconds)
    promptLengths.observe(Double(promptTokens))
    outputLengths.observe(Double(outcome.outputTokens))
    guard outcome.outputTokens > 1 else { return }
    let decoding = outcome.finish - outcome.firstToken
    timePerOutputToken.observe(decoding.seconds / Double(outcome.outputTokens - 1))
  }
}
