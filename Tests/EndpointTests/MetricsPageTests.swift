import ServingSim
import SimKernel
import Testing

@testable import Endpoint

@Suite struct MetricsPageTests {
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
    let gauge = LiveGauge(
      running: 3, waiting: 2, usedBlocks: 10, usableBlocks: 40, steps: 5, preemptions: 1,
      lookedUpTokens: 100, cachedTokens: 30)
    var metrics = EngineMetrics(maxModelLength: 100)
    metrics.firstToken(promptTokens: 7, after: .millisecond * 30)
    metrics.token(after: .millisecond * 20)
    let text = MetricsPage.render([(metrics, gauge), (metrics, gauge)], modelName: "a\"b")
    for line in [
      "# TYPE vllm:num_requests_running gauge",
      #"vllm:num_requests_running{engine="1",model_name="a\"b"} 3.0"#,
      #"vllm:kv_cache_usage_perc{engine="0",model_name="a\"b"} 0.25"#,
      #"vllm:prefix_cache_hits_total{engine="0",model_name="a\"b"} 30.0"#,
      #"vllm:generation_tokens_total{engine="0",model_name="a\"b"} 2.0"#,
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
}
