import ServingSim

/// The text of /metrics: all engines' figures, family by family, under vLLM's names.
struct MetricsPage {
  private let engines: [(metrics: EngineMetrics, gauge: LiveGauge)]
  private let model: String
  private var page = PrometheusText()

  static func render(
    _ engines: [(metrics: EngineMetrics, gauge: LiveGauge)], modelName: String
  ) -> String {
    var page = MetricsPage(engines, modelName: modelName)
    page.addGauges()
    page.addCounters()
    page.addEnds()
    page.addHistograms()
    return page.page.text
  }

  private init(_ engines: [(metrics: EngineMetrics, gauge: LiveGauge)], modelName: String) {
    self.engines = engines
    model = "model_name=\"\(PrometheusText.escape(modelName))\""
  }

  private func labels(_ engine: Int) -> String { "engine=\"\(engine)\",\(model)" }

  private mutating func addGauges() {
    figures("vllm:num_requests_running", .gauge, "Requests in the batch.") {
      Double($1.running)
    }
    figures("vllm:num_requests_waiting", .gauge, "Requests in the queue.") {
      Double($1.waiting)
    }
    figures("vllm:kv_cache_usage_perc", .gauge, "Used share of the KV blocks; 1: all.") {
      Double($1.usedBlocks) / Double(max(1, $1.usableBlocks))
    }
  }

  private mutating func addCounters() {
    figures(
      "vllm:prefix_cache_queries_total", .counter, "Prompt tokens looked up in the prefix cache."
    ) { Double($1.lookedUpTokens) }
    figures(
      "vllm:prefix_cache_hits_total", .counter, "Prompt tokens found in the prefix cache."
    ) { Double($1.cachedTokens) }
    figures("vllm:num_preemptions_total", .counter, "Preemptions.") { Double($1.preemptions) }
    figures("vllm:prompt_tokens_total", .counter, "Prompt tokens processed.") { metrics, _ in
      Double(metrics.promptTokens)
    }
    figures("vllm:generation_tokens_total", .counter, "Tokens generated.") { metrics, _ in
      Double(metrics.generatedTokens)
    }
  }

  private mutating func addEnds() {
    let name = "vllm:request_success_total"
    page.family(name, .counter, "Requests that ended, by reason.")
    for (number, engine) in engines.enumerated() {
      for reason in FinishedReason.allCases {
        page.sample(
          name, labels: "\(labels(number)),finished_reason=\"\(reason.rawValue)\"",
          Double(engine.metrics.ended[reason] ?? 0))
      }
    }
  }

  private mutating func addHistograms() {
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
  }

  private mutating func figures(
    _ name: String, _ kind: PrometheusText.Kind, _ help: String,
    _ value: (EngineMetrics, LiveGauge) -> Double
  ) {
    page.family(name, kind, help)
    for (number, engine) in engines.enumerated() {
      page.sample(name, labels: labels(number), value(engine.metrics, engine.gauge))
    }
  }

  private mutating func histogram(
    _ name: String, _ help: String, _ histogram: (EngineMetrics) -> PrometheusHistogram
  ) {
    page.family(name, .histogram, help)
    for (number, engine) in engines.enumerated() {
      histogram(engine.metrics).write(to: &page, name, labels: labels(number))
    }
  }
}
