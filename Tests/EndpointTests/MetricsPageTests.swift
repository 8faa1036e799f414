import ServingSim
import SimKernel
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(30)), .serialized) struct MetricsPageTests {
  @Test func `a histogram counts up to its bounds`() {
    var histogram = PrometheusHistogram([0.5, 1])
    for value in [0.5, 0.6, 1, 7] { histogram.observe(value) }
    var text = PrometheusText()
    histogram.write(to: &text, "h", labels: "a=\"b\"")
    #expect(
      text.text == """
        h_bucket{a="b",le="0.5"} 1.0
        h_bucket{a="b",le="1.0"} 3.0
        h_bucket{a="b",le="+Inf"} 4.0
        h_count{a="b"} 4.0
        h_sum{a="b"} 9.1

        """)
  }

  @Test func `every family says its kind before its samples`() {
    var gauge = LiveGauge(
      running: 3, waiting: 2, usedBlocks: 10, usableBlocks: 40, steps: 5, preemptions: 1,
      lookedUpTokens: 100, cachedTokens: 30)
    gauge.verifiedDrafts = 4
    gauge.draftTokens = 12
    gauge.acceptedTokens = 5
    var metrics = EngineMetrics(EngineConfiguration(maxModelLength: 100), longest: 100)
    metrics.firstToken(
      promptTokens: 7, cachedTokens: 0, after: .millisecond * 30, at: .start + .millisecond * 30)
    metrics.token(after: .millisecond * 20, at: .start + .millisecond * 50)
    metrics.token(after: .zero, at: .start + .millisecond * 50)
    let text = MetricsPage.render([(metrics, gauge), (metrics, gauge)], modelName: "a\"b")
    for line in [
      "# TYPE vllm:num_requests_running gauge",
      #"vllm:num_requests_running{engine="1",model_name="a\"b"} 3.0"#,
      #"vllm:kv_cache_usage_perc{engine="0",model_name="a\"b"} 0.25"#,
      #"vllm:prefix_cache_hits_total{engine="0",model_name="a\"b"} 30.0"#,
      #"vllm:generation_tokens_total{engine="0",model_name="a\"b"} 3.0"#,
      #"vllm:inter_token_latency_seconds_count{engine="0",model_name="a\"b"} 1.0"#,
      #"vllm:spec_decode_num_drafts_total{engine="0",model_name="a\"b"} 4.0"#,
      #"vllm:spec_decode_num_draft_tokens_total{engine="0",model_name="a\"b"} 12.0"#,
      #"vllm:spec_decode_num_accepted_tokens_total{engine="0",model_name="a\"b"} 5.0"#,
      #"vllm:time_to_first_token_seconds_bucket{engine="0",model_name="a\"b",le="0.04"} 1.0"#,
      "# TYPE vllm:inter_token_latency_seconds histogram",
    ] {
      #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
    var known: Set<Substring> = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        known.insert(line.split(separator: " ")[2])
      } else if !line.hasPrefix("#") {
        let name = line.prefix { $0 != "{" }
        let family = ["_bucket", "_count", "_sum"].reduce(name) { name, end in
          known.contains(name) || !name.hasSuffix(end) ? name : name.dropLast(end.count)
        }
        #expect(known.contains(family), "\(line)")
      }
    }
  }

  /// What vLLM's example dashboards, and the scrapers of llm-d and the Gateway API's inference
  /// extension, ask for (vLLM 0.11 to 0.2x, examples/observability).
  private static let asked = """
    vllm:e2e_request_latency_seconds vllm:prompt_tokens_total vllm:generation_tokens_total
    vllm:inter_token_latency_seconds vllm:num_requests_running vllm:num_requests_waiting
    vllm:time_to_first_token_seconds vllm:kv_cache_usage_perc vllm:request_prompt_tokens
    vllm:request_generation_tokens vllm:request_success_total vllm:request_queue_time_seconds
    vllm:request_prefill_time_seconds vllm:request_decode_time_seconds
    vllm:request_max_num_generation_tokens vllm:request_inference_time_seconds
    vllm:request_params_n vllm:request_params_max_tokens vllm:cache_config_info
    vllm:lora_requests_info vllm:prefix_cache_hits_total vllm:prefix_cache_queries_total
    vllm:num_preemptions_total vllm:num_requests_waiting_by_reason
    vllm:request_time_per_output_token_seconds vllm:iteration_tokens_total
    vllm:prompt_tokens_by_source_total vllm:prompt_tokens_cached_by_source_total
    vllm:prompt_tokens_cached_total vllm:request_prefill_kv_computed_tokens
    vllm:engine_sleep_state http_requests_total http_request_duration_seconds
    process_start_time_seconds process_cpu_seconds_total process_resident_memory_bytes
    process_open_fds process_max_fds
    """.split(whereSeparator: \.isWhitespace)

  private static let ofDynamo = """
    requests_total inflight_requests queued_requests disconnected_clients output_tokens_total
    time_to_first_token_seconds inter_token_latency_seconds request_duration_seconds
    input_sequence_tokens output_sequence_tokens cached_tokens model_context_length
    model_kv_cache_block_size model_total_kv_blocks
    """.split(whereSeparator: \.isWhitespace)

  private func value(_ line: String, of page: String) -> Double? {
    page.split(separator: "\n").first { $0.hasPrefix(line + " ") }
      .flatMap { Double($0.dropFirst(line.count + 1)) }
  }

  @Test func `figures add up to what was served`() async throws {
    let endpoint = try await TestEndpoint {
      $0.keepsOutcomes = true
      $0.tellsDynamoMetrics = true
    }
    for length in 1...6 {
      let ids = (0..<10 * length).map(String.init).joined(separator: ",")
      _ = try endpoint.post(
        "/v1/completions",
        #"{"prompt":[\#(ids)],"n":2,"max_tokens":\#(3 * length),"ignore_eos":true}"#)
    }
    let page = try endpoint.get("/metrics")
    let served = try await endpoint.server.stop()
    let outcomes = served.recording.outcomes
    #expect(outcomes.count == 12)
    for name in Self.asked { #expect(page.contains("# TYPE \(name) "), "\(name)") }
    for name in Self.ofDynamo {
      #expect(page.contains("# TYPE dynamo_frontend_\(name) "), "\(name)")
    }
    let labels = #"{engine="0",model_name="test"}"#
    func sum(_ name: String, _ expected: (Outcome) -> Double) {
      let total = outcomes.map(expected).reduce(0, +)
      let told = value("vllm:\(name)_sum\(labels)", of: page) ?? -1
      #expect(abs(told - total) <= 1e-9 * max(1, total), "\(name): \(told), not \(total)")
      #expect(value("vllm:\(name)_count\(labels)", of: page) == 12)
    }
    // Each prompt counts in the step that yields its first token, each token in its own.
    let promptTokens = Double(served.plan.workload.promptTokens.reduce(0) { $0 + Int($1) })
    let outputTokens = Double(outcomes.reduce(0) { $0 + Int($1.outputTokens) })
    #expect(
      value("vllm:iteration_tokens_total_sum\(labels)", of: page) == promptTokens + outputTokens)
    let sources = ["local_compute", "local_cache_hit"].compactMap { source in
      value(
        #"vllm:prompt_tokens_by_source_total{engine="0",model_name="test",source="\#(source)"}"#,
        of: page)
    }
    #expect(sources.count == 2 && sources.reduce(0, +) == promptTokens)
    let answered = #"{handler="/v1/completions",method="POST",status="2xx"}"#
    #expect(value("http_requests_total" + answered, of: page) == 6)
    #expect(try #require(value("process_resident_memory_bytes", of: page)) > 1e6)
    sum("request_queue_time_seconds") { $0.firstScheduled.since($0.arrival).seconds }
    sum("request_prefill_time_seconds") { $0.firstToken.since($0.firstScheduled).seconds }
    sum("request_decode_time_seconds") { $0.finish.since($0.firstToken).seconds }
    sum("request_inference_time_seconds") { $0.finish.since($0.firstScheduled).seconds }
    sum("e2e_request_latency_seconds") { $0.finish.since($0.arrival).seconds }
    sum("time_to_first_token_seconds") { $0.firstToken.since($0.arrival).seconds }
    sum("request_generation_tokens") { Double($0.outputTokens) }
    sum("request_params_max_tokens") { Double($0.outputTokens) }
    let prompts = zip(served.plan.workload.promptTokens, outcomes)
    let computed = prompts.map { Double($0) - Double($1.cachedTokens) }.reduce(0, +)
    #expect(
      value("vllm:request_prefill_kv_computed_tokens_sum\(labels)", of: page) == computed)
    let generated = Double(outcomes.reduce(0) { $0 + Int($1.outputTokens) })
    #expect(value("vllm:generation_tokens_total\(labels)", of: page) == generated)
    // One for each prompt, not for each answer.
    #expect(value("vllm:request_max_num_generation_tokens_sum\(labels)", of: page) == 63)
    #expect(value("vllm:request_params_n_count\(labels)", of: page) == 6)
    #expect(value("vllm:request_params_n_sum\(labels)", of: page) == 12)
    #expect(value(#"dynamo_frontend_output_tokens_total{model="test"}"#, of: page) == generated)
    #expect(
      value(
        #"dynamo_frontend_requests_total{model="test",endpoint="completions",request_type="unary",status="success"}"#,
        of: page) == 6)
  }
}
