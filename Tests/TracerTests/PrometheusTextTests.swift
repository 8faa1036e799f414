import Testing

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct PrometheusTextTests {
  @Test func `names, labels and values of samples`() {
    let page = """
      # HELP vllm:num_requests_running Number of requests
      # TYPE vllm:num_requests_running gauge
      vllm:num_requests_running{engine="0",model_name="a \\"b\\", c"} 3.0
      llamacpp:prompt_tokens_total 12 1700000000
      x{a="1",} +Inf
      broken{a="1 2
      y NaN
      """
    let samples = PrometheusText.samples(Array(page.utf8))
    #expect(
      samples.map(\.name) == ["vllm:num_requests_running", "llamacpp:prompt_tokens_total", "x"])
    #expect(samples.map(\.value) == [3, 12, .infinity])
    #expect(samples[0].label("model_name") == #"a "b", c"#)
    #expect(samples[2].label("a") == "1")
  }

  @Test func `only what is wanted is read`() {
    let page = Array("vllm:a_bucket{le=\"1\"} 1\nvllm:a_sum 2\npython_info 3\n".utf8)
    let samples = PrometheusText.samples(page) { SeriesRecorder.isWanted($0, of: .vLLM) }
    #expect(samples.map(\.name) == ["vllm:a_sum"])
  }
}
