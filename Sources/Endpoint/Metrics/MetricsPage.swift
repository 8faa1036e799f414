import ServingSim

/// The text of /metrics: all engines' figures, family by family, under vLLM's names.
struct MetricsPage {
  private let engines: [(metrics: EngineMetrics, gauge: LiveGauge)]
  private let model: String
  private var page = PrometheusText()

  /// `server`: what its program tells of itself; nil: nothing. `frontend`: what Dynamo's frontend
  /// tells beside them; nil: nothing. `time` is in seconds since 1970.
  static func render(
    _ engines: [(metrics: EngineMetrics, gauge: LiveGauge)], modelName: String,
    frontend: FrontendMetrics? = nil, server: ServerFigures? = nil, time: Int = 0
  ) -> String {
    var page = MetricsPage(engines, modelName: modelName)
    page.addGauges()
    page.addInfos(time: time)
    page.addCounters()
    page.addEnds()
    page.addHistograms()
    server?.write(to: &page.page)
    frontend?.write(to: &page.page, engines, modelName: modelName)
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
    // The second name is the one before vLLM 0.11.
    for name in ["vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"] {
      figures(name, .gauge, "Used share of the KV blocks; 1: all.") {
        Double($1.usedBlocks) / Double(max(1, $1.usableBlocks))
      }
    }
    parts(
      "vllm:num_requests_waiting_by_reason", .gauge,
      "Requests in the queue, by what they wait for.", "reason"
    ) { [("capacity", $1.waiting), ("deferred", 0)] }
    parts("vllm:engine_sleep_state", .gauge, "1: what the engine is.", "sleep_state") { _, _ in
      [("awake", 1), ("weights_offloaded", 0), ("discard_all", 0)]
    }
  }

  /// Figures whose labels say something, as scrapers of llm-d and the Gateway API's inference
  /// extension read them.
  private mutating func addInfos(time: Int) {
    page.family("vllm:cache_config_info", .gauge, "The KV cache's configuration.")
    for (number, engine) in engines.enumerated() {
      let configuration = engine.metrics.configuration
      let flag = configuration.cachesPrefixes ? "True" : "False"
      // One block is vLLM's own.
      let blocks = configuration.usableBlocks + 1
      page.sample(
        "vllm:cache_config_info",
        labels: "\(labels(number)),block_size=\"\(configuration.blockSize)\","
          + "num_gpu_blocks=\"\(blocks)\",enable_prefix_caching=\"\(flag)\"", 1)
    }
    page.family("vllm:lora_requests_info", .gauge, "Adapters in use: none is simulated.")
    page.sample(
      "vllm:lora_requests_info",
      labels: #"max_lora="0",running_lora_adapters="",waiting_lora_adapters="""#, Double(time))
  }

  private mutating func addCounters() {
    for prefix in ["", "gpu_"] {
      figures(
        "vllm:\(prefix)prefix_cache_queries_total", .counter,
        "Prompt tokens looked up in the prefix cache."
      ) { Double($1.lookedUpTokens) }
      figures(
        "vllm:\(prefix)prefix_cache_hits_total", .counter,
        "Prompt tokens found in the prefix cache."
      ) { Double($1.cachedTokens) }
    }
    figures(
      "vllm:prompt_tokens_cached_total", .counter, "Prompt tokens of them found in the cache."
    ) { metrics, _ in Double(metrics.cachedTokens) }
    parts(
      "vllm:prompt_tokens_by_source_total", .counter, "Prompt tokens, by where they came from.",
      "source"
    ) { metrics, _ in
      [
        ("local_compute", metrics.promptTokens - metrics.cachedTokens),
        ("local_cache_hit", metrics.cachedTokens), ("external_kv_transfer", 0),
      ]
    }
    parts(
      "vllm:prompt_tokens_cached_by_source_total", .counter,
      "Prompt tokens found in a cache, by where it was.", "source"
    ) { metrics, _ in [("device", metrics.cachedTokens)] }
    figures("vllm:num_preemptions_total", .counter, "Preemptions.") { Double($1.preemptions) }
    figures("vllm:prompt_tokens_total", .counter, "Prompt tokens processed.") { metrics, _ in
      Double(metrics.promptTokens)
    }
    figures("vllm:generation_tokens_total", .counter, "Tokens generated.") { metrics, _ in
      Double(metrics.generatedTokens)
    }
    figures("vllm:spec_decode_num_drafts_total", .counter, "Drafts that were verified.") {
      Double($1.verifiedDrafts)
    }
    figures("vllm:spec_decode_num_draft_tokens_total", .counter, "Tokens of drafts.") {
      Double($1.draftTokens)
    }
    figures(
      "vllm:spec_decode_num_accepted_tokens_total", .counter, "Tokens of drafts that were accepted."
    ) { Double($1.acceptedTokens) }
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
    histogram(
      "vllm:iteration_tokens_total",
      "Tokens of a step that yields any, with the prompts that end in it."
    ) { $0.stepTokens }
    histogram("vllm:request_prompt_tokens", "Prompt tokens of a request.") { $0.promptLengths }
    histogram("vllm:request_generation_tokens", "Tokens of an answer.") { $0.outputLengths }
    histogram("vllm:time_to_first_token_seconds", "From arrival to first token, simulated.") {
      $0.timeToFirstToken
    }
    // The second name is the one before vLLM 0.11.
    for name in ["vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds"] {
      histogram(name, "Gaps between tokens, simulated.") { $0.interToken }
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
    histogram("vllm:request_prefill_time_seconds", "From first step to first token, simulated.") {
      $0.prefill
    }
    histogram("vllm:request_decode_time_seconds", "From first token to last, simulated.") {
      $0.decode
    }
    histogram("vllm:request_inference_time_seconds", "From first step to last token, simulated.") {
      $0.inference
    }
    histogram(
      "vllm:request_max_num_generation_tokens", "Tokens of the longest of a prompt's answers."
    ) { $0.longestOutputs }
    histogram("vllm:request_params_n", "Answers asked for to a prompt.") { $0.answersPerPrompt }
    histogram("vllm:request_params_max_tokens", "Tokens an answer may have.") { $0.limits }
    histogram(
      "vllm:request_prefill_kv_computed_tokens", "Prompt tokens computed of a request."
    ) { $0.computedLengths }
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

  /// Figures of each engine by another label.
  private mutating func parts(
    _ name: String, _ kind: PrometheusText.Kind, _ help: String, _ label: String,
    _ values: (EngineMetrics, LiveGauge) -> [(String, Int)]
  ) {
    page.family(name, kind, help)
    for (number, engine) in engines.enumerated() {
      for (part, value) in values(engine.metrics, engine.gauge) {
        page.sample(name, labels: "\(labels(number)),\(label)=\"\(part)\"", Double(value))
      }
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
