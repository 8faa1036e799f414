import Testing

@testable import TraceArchive

/// Two requests at 0 and 0.5 s with 100 and 200 prompt tokens: four tokens 50, 60, 80 and 110 ms after
/// the first was sent, and two 62.5 and 312.5 ms after the second. As each load generator says it.
private let results: [(format: TraceFormat, name: String, text: String)] = [
  (
    .vllmBench, "result.json",
    #"""
    {"backend": "vllm", "model_id": "m", "request_rate": 2.0, "max_concurrency": null,
    "total_input_tokens": 300, "total_output_tokens": 6, "input_lens": [100, 200],
    "output_lens": [4, 2], "ttfts": [0.05, 0.0625], "itls": [[0.01, 0.02, 0.03], [0.25]],
    "start_times": [70.25, 70.75], "errors": ["", ""]}
    """#
  ),
  (
    .sglangBench, "result.jsonl",
    #"""
    {"backend": "sglang", "dataset_name": "random", "request_rate": 2.0, "total_input_tokens": 300, "total_output_tokens": 6, "input_lens": [100, 200], "output_lens": [4, 2], "ttfts": [0.05, 0.0625], "itls": [[0.01, 0.02, 0.03], [0.25]], "start_times": [70.25, 70.75], "errors": ["", ""]}
    """#
  ),
  (
    .aiperf, "profile_export.jsonl",
    [
      ("1759813207000000000", 100, 4, "50", "110", "10, 20, 30"),
      ("1759813207500000000", 200, 2, "62.5", "312.5", "250"),
    ]
    .map { start, input, output, first, end, gaps in
      #"{"metadata": {"request_start_ns": \#(start), "benchmark_phase": "profiling"}, "metrics": {"input_sequence_length": {"value": \#(input)}, "output_sequence_length": {"value": \#(output)}, "time_to_first_token": {"value": \#(first), "unit": "ms"}, "request_latency": {"value": \#(end), "unit": "ms"}, "inter_chunk_latency": {"value": [\#(gaps)], "unit": "ms"}}, "error": null}"#
    }.joined(separator: "\n")
  ),
  (
    .guideLLM, "benchmarks.json",
    #"""
    {"benchmarks": [{"requests": {"successful": [
      {"request_start_time": 1700000000.0, "request_latency": 0.11, "prompt_tokens": 100,
       "output_tokens": 4, "time_to_first_token_ms": 50.0},
      {"request_start_time": 1700000000.5, "request_latency": 0.3125, "prompt_tokens": 200,
       "output_tokens": 2, "time_to_first_token_ms": 62.5}], "incomplete": [], "errored": []}}]}
    """#
  ),
  (
    .inferencePerf, "per_request_lifecycle_metrics.json",
    #"""
    [{"start_time": 100.0, "end_time": 100.11, "info": {"input_tokens": 100, "output_tokens": 4,
      "output_token_times": [100.05, 100.06, 100.08, 100.11]}, "error": null},
     {"start_time": 100.5, "end_time": 100.8125, "info": {"input_tokens": 200, "output_tokens": 2,
      "output_token_times": [100.5625, 100.8125]}, "error": null}]
    """#
  ),
  (
    .genAIPerf, "profile_export.json",
    #"""
    {"service_kind": "openai", "experiments": [{"experiment": {"mode": "request_rate", "value": 2},
    "requests": [
    """#
      + [
        (
          "1700000000000000000", 100,
          [
            "1700000000050000000", "1700000000060000000", "1700000000080000000",
            "1700000000110000000",
          ]
        ),
        ("1700000000500000000", 200, ["1700000000562500000", "1700000000812500000"]),
      ].map { start, input, times in
        let parts = times.map { _ in
          #"{"response": "data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}], \"usage\": {\"prompt_tokens\": \#(input), \"completion_tokens\": \#(times.count)}}"}"#
        }
        return
          #"{"timestamp": \#(start), "request_inputs": {}, "response_timestamps": [\#(times.joined(separator: ", "))], "response_outputs": [\#(parts.joined(separator: ", "))]}"#
      }.joined(separator: ", ") + "]}]}"
  ),
]

@Test(arguments: results.indices)
private func `each load generator's result says the same of the same run`(place: Int) throws {
  let (format, name, text) = results[place]
  let folder = try TemporaryFolder()
  let path = try folder.file(name, text)
  let runs = try Recordings.runs(ofFile: path, options: TraceReadOptions())
  let run = try #require(runs.first)
  #expect(runs.count == 1 && run.isTimed && run.concurrency == nil && run.failed == 0, "\(format)")
  let requests = run.requests.sorted { $0.request.arrival < $1.request.arrival }
  let start = try #require(requests.first).request.arrival
  #expect(requests.map { $0.request.arrival - start } == [0, 500_000_000], "\(format)")
  #expect(requests.map(\.request.promptTokens) == [100, 200], "\(format)")
  #expect(requests.map(\.request.completionTokens) == [4, 2], "\(format)")
  #expect(
    requests.map { $0.firstToken - $0.request.arrival } == [50_000_000, 62_500_000], "\(format)")
  #expect(requests.map { $0.end - $0.request.arrival } == [110_000_000, 312_500_000], "\(format)")
  // GuideLLM keeps no times of parts.
  #expect(format == .guideLLM || run.medianGap == 30, "\(format)")
}

@Test func `the closed loops in a file are runs of their own, with their clients`() throws {
  let line =
    #"{"backend": "sglang", "dataset_name": "random", "request_rate": Infinity, "max_concurrency": 4, "total_input_tokens": 1, "total_output_tokens": 1, "input_lens": [10, 20], "output_lens": [2, 3], "ttfts": [0.125, 0.5], "itls": [[0.25], [0.125, 0.125]], "errors": ["", ""]}"#
  let folder = try TemporaryFolder()
  let path = try folder.file("result.jsonl", line + "\n" + line + "\n")
  let runs = try Recordings.runs(ofFile: path, options: TraceReadOptions())
  #expect(runs.map(\.name) == [path, "\(path), run 1"])
  #expect(runs.allSatisfy { !$0.isTimed && $0.concurrency == 4 && $0.requests.count == 2 })
}
