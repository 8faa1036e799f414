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
  private var timeToFirstToken = PrometheusHistogram(HistogramBounds.timeToFirstToken)
  private var interToken = PrometheusHistogram(HistogramBounds.interToken)
  private var timePerOutputToken = PrometheusHistogram(HistogramBounds.interToken)
  private var endToEnd = PrometheusHistogram(HistogramBounds.requestLatency)
  private var queueing = PrometheusHistogram(HistogramBounds.requestLatency)
  private var promptLengths: PrometheusHistogram
  private var outputLengths: PrometheusHistogram
  private var promptTokens = 0
  private var generatedTokens = 0
  private var ended: [FinishedReason: Int] = [:]

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

  mutating func aborted(_ reason: FinishedReason) { ended[reason, default: 0] += 1 }

  /// All engines' metrics, family by family.
  static func render(
    _ engines: [(metrics: EngineMetrics, gauge: LiveGauge)], modelName: String
  ) -> String {
    var text = PrometheusText()
    let model = "model_name=\"\(PrometheusText.escape(modelName))\""
    func each(_ body: (EngineMetrics, LiveGauge, String) -> Void) {
      for (index, engine) in engines.enumerated() {
        body(engine.metrics, engine.gauge, "engine=\"\(index)\",\(model)")
      }
    }
    func figures(
      _ name: String, _ kind: PrometheusText.Kind, _ help: String,
      _ value: (EngineMetrics, LiveGauge) -> Double
    ) {
      text.family(name, kind, help)
      each { text.sample(name, labels: $2, value($0, $1)) }
    }
    func histogram(
      _ name: String, _ help: String, _ histogram: (EngineMetrics) -> PrometheusHistogram
    ) {
      text.family(name, .histogram, help)
      each { metrics, _, labels in histogram(metrics).write(to: &text, name, labels: labels) }
    }
    figures("vllm:num_requests_running", .gauge, "Requests in the batch.") {
      Double($1.running)
    }
    figures("vllm:num_requests_waiting", .gauge, "Requests in the queue.") {
      Double($1.waiting)
    }
    figures("vllm:kv_cache_usage_perc", .gauge, "Used share of the KV blocks; 1: all.") {
      Double($1.usedBlocks) / Double(max(1, $1.usableBlocks))
    }
    figures(
      "vllm:prefix_cache_queries_total", .counter, "Prompt tokens looked up in the prefix cache."
    ) { Double($1.lookedUpTokens) }
    figures(
      "vllm:prefix_cache_hits_total", .counter, "Prompt tokens found in the prefix cache."
    ) { Double($1.cachedTokens) }
    figures("vllm:num_preemptions_total", .counter, "Preemptions.") {
      Double($1.preemptions)
    }
    figures("vllm:prompt_tokens_total", .counter, "Prompt tokens processed.") { metrics, _ in
      Double(metrics.promptTokens)
    }
    figures("vllm:generation_tokens_total", .counter, "Tokens generated.") { metrics, _ in
      Double(metrics.generatedTokens)
    }
    text.family("vllm:request_success_total", .counter, "Requests that ended, by reason.")
    each { metrics, _, labels in
      for reason in FinishedReason.allCases {
        text.sample(
          "vllm:request_success_total", labels: "\(labels),finished_reason=\"\(reason.rawValue)\"",
          Double(metrics.ended[reason] ?? 0))
      }
    }
    histogram("vllm:request_prompt_tokens", "Prompt tokens of a request.") { $0.promptLengths }
    histogram("vllm:request_generation_tokens", "Tokens of an answer.") { $0.outputLengths }
    histogram("vllm:time_to_first_token_seconds", "From arrival to first token, simulated.") {
      $0.timeToFirstToken
    }
    histogram("vllm:inter_token_latency_seconds", "Gaps between tokens, simulated.") {
      $0.interToken
    }
    histogram(
      "vllm:request_time_per_output_token_seconds", "Mean gap of a request's tokens, simulated."
    ) { $0.timePerOutputToken }
    histogram("vllm:e2e_request_latency_seconds", "From arrival to last token, simulated.") {
      $0.endToEnd
    }
    histogram("vllm:request_queue_time_seconds", "From arrival to first step, simulated.") {
      $0.queueing
    }
    return text.text
  }
}
