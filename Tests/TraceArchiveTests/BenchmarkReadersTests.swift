import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

/// A file of `vllm bench serve --save-result --save-detailed`, of three requests.
private func vllm(
  rate: String = "2.0", concurrency: String = "null",
  starts: String = #""start_times":[5000.75,5000.25,5001.0],"#
) -> String {
  #"""
  {"date":"20251120-101500","endpoint_type":"vllm","backend":"vllm","label":null,
  "model_id":"meta-llama/Llama-3.1-8B","tokenizer_id":"t","num_prompts":3,"request_rate":\#(rate),
  "burstiness":1.0,"max_concurrency":\#(concurrency),"duration":3.5,"completed":2,"failed":1,
  "total_input_tokens":300,"total_output_tokens":7,"request_goodput":null,
  "input_lens":[100,200,50],"output_lens":[4,3,0],"ttfts":[0.05,0.0625,0.0],
  "itls":[[0.01,0.02,0.03],[0.25],[]],\#(starts)
  "generated_texts":["secret","b",""],"errors":["","","Traceback\nServerDisconnectedError: gone"],
  "mean_ttft_ms":56.25,"p99_itl_ms":NaN}
  """#
}

@Test func `vllm bench serve's lists are requests with their latencies`() throws {
  let trace = try collect(vllm(), name: "t.json")
  #expect(trace.reading.format == .vllmBench)
  #expect(trace.column(.arrival) == [500_000, 0, 750_000])
  #expect(trace.column(.inputTokens) == [100, 200, 50])
  #expect(trace.column(.outputTokens) == [4, 3, 0])
  #expect(trace.column(.ttft) == [50_000, 62_500, nil])
  #expect(trace.column(.endToEnd) == [110_000, 312_500, nil])
  #expect(trace.texts(.status) == ["ok", "ok", "failed"])
  #expect(trace.texts(.errorType)[2] == "ServerDisconnectedError: gone")
  #expect(trace.texts(.model)[0] == "meta-llama/Llama-3.1-8B")
  // Four parts of four tokens; two parts of three tokens say not which brought two.
  #expect(trace.records[0].chunks.map(\.at) == [50_000, 60_000, 80_000, 110_000])
  #expect(trace.records[0].chunks.map(\.tokens) == [1, 1, 1, 1])
  #expect(trace.records[1].chunks.map(\.tokens) == [nil, nil])
  #expect(trace.reading.header["collection", "load", "mode"]?.text == "open")
  #expect(trace.texts(.extra).allSatisfy { $0?.contains("secret") != true })
}

@Test func `a closed loop's clients are known, the times of random sending are not`() throws {
  let closed = try collect(vllm(rate: "\"inf\"", concurrency: "8", starts: ""), name: "t.json")
  #expect(closed.column(.arrival) == [nil, nil, nil])
  #expect(closed.reading.header["collection", "load", "concurrency"]?.integer == 8)
  let burst = try collect(vllm(rate: "\"inf\"", starts: ""), name: "t.json")
  #expect(burst.column(.arrival) == [0, 0, 0])
  let found = try complaints(vllm(starts: ""), name: "t.json")
  #expect(
    found == [
      """
      t.json:1: start_times: not in the file, and requests were sent at random, 2.0 a second: when \
      each was sent cannot be known. --lenient takes them without times, to be sent when a client is \
      free
      """
    ])
}

@Test func `totals without requests say how to get them`() throws {
  let totals = #"{"backend":"vllm","model_id":"m","total_input_tokens":3,"total_output_tokens":4}"#
  #expect(
    try complaints(totals, name: "t.json") == [
      """
      t.json:1: has totals and no list of requests (input_lens, output_lens); vllm bench serve \
      --save-result --save-detailed writes it
      """
    ])
  for text in [
    #"{"backend":"sglang","dataset_name":"random","total_input_tokens":3,"total_output_tokens":4}"#,
    #"{"input_config":{},"request_latency":{"unit":"ms","avg":5}}"#,
    #"{"successes":{"count":3},"failures":{"count":0},"load_summary":{}}"#,
  ] {
    let found = try complaints(text, name: "t.json")
    #expect(found.count == 1 && found[0].contains("has totals and no"), "\(found)")
  }
}

@Test func `sglang's lines have an infinite rate as Python writes it`() throws {
  let line = #"""
    {"backend": "sglang", "dataset_name": "random", "request_rate": Infinity, "max_concurrency": 4, "random_input_len": 1024, "duration": 1.5, "completed": 2, "total_input_tokens": 30, "total_output_tokens": 5, "accept_length": null, "input_lens": [10, 20], "output_lens": [2, 3], "ttfts": [0.125, 0.5], "itls": [[0.25], [0.125, 0.125]], "generated_texts": ["", ""], "errors": ["", ""]}
    """#
  let trace = try collect(line + "\n" + line + "\n", name: "t.jsonl")
  #expect(trace.reading.format == .sglangBench)
  #expect(trace.column(.inputTokens) == [10, 20, 10, 20])
  #expect(trace.column(.ttft) == [125_000, 500_000, 125_000, 500_000])
  #expect(trace.column(.endToEnd) == [375_000, 750_000, 375_000, 750_000])
  #expect(trace.texts(.app) == [nil, nil, "run 1", "run 1"])
  #expect(trace.reading.header["collection", "load", "concurrency"]?.integer == 4)
}

@Test func `aiperf's metrics count in their unit, and warm-ups and failures are told apart`() throws
{
  func record(_ phase: String, _ metrics: String, error: String = "null") -> String {
    #"{"metadata":{"session_num":0,"request_start_ns":1759813207532900363,"request_end_ns":1759813207838764604,"benchmark_phase":"\#(phase)","was_cancelled":false},"metrics":{\#(metrics)},"error":\#(error)}"#
      + "\n"
  }
  let good = #"""
    "input_sequence_length":{"value":550,"unit":"tokens"},"output_sequence_length":{"value":3,"unit":"tokens"},"time_to_first_token":{"value":0.25588,"unit":"s"},"request_latency":{"value":297.5,"unit":"ms"},"inter_chunk_latency":{"value":[20.5,21.0],"unit":"ms"}
    """#
  let trace = try collect(
    record("warmup", good) + record("profiling", good)
      + record(
        "profiling", #""error_isl":{"value":40,"unit":"tokens"}"#,
        error: #"{"code":499,"type":"RequestCancellationError","message":"x"}"#),
    name: "profile_export.jsonl")
  #expect(trace.reading.format == .aiperf)
  #expect(trace.column(.inputTokens) == [550, 40] && trace.column(.outputTokens) == [3, 0])
  #expect(trace.column(.ttft) == [255_880, nil] && trace.column(.endToEnd) == [297_500, nil])
  #expect(trace.records[0].chunks.map(\.at) == [255_880, 276_380, 297_380])
  #expect(trace.texts(.errorType) == [nil, "RequestCancellationError"])
  #expect(trace.reading.dropped == ["requests of the warm-up": 1] && trace.reading.lost == 0)
  #expect(trace.reading.header["time", "origin"]?.text == "2025-10-07T05:00:07.5329Z")
}

@Test func `GuideLLM's requests have the names of each version, and samples are told`() throws {
  let text = #"""
    {"metadata":{"version":2},"config":{},"benchmarks":[{"type_":"generative_benchmark",
    "metrics":{"request_totals":{"successful":3,"incomplete":1,"errored":0,"total":4}},
    "requests":{"successful":[{"type_":"generative_request_stats","request_id":"r","output":"secret",
    "info":{"conversation_id":"c","turn_index":1,"timings":{}},"request_start_time":1700000000.5,
    "request_latency":1.25,"prompt_tokens":128,"cached_tokens":64,"output_tokens":16,
    "time_to_first_token_ms":35.5,"inter_token_latency_ms":80.0}],
    "incomplete":[{"start_time":1700000000.25,"prompt_tokens":9,"output_tokens":2}],"errored":[],"total":null}}]}
    """#
  let trace = try collect(text, name: "benchmarks.json")
  #expect(trace.reading.format == .guideLLM)
  #expect(trace.column(.arrival) == [0, -250_000] && trace.column(.turn) == [1, nil])
  #expect(trace.column(.ttft) == [35_500, nil] && trace.column(.endToEnd) == [1_250_000, nil])
  #expect(trace.column(.cachedInputTokens) == [64, nil])
  #expect(trace.texts(.status) == ["ok", "cancelled"])
  #expect(trace.texts(.extra)[0]?.contains("secret") == false)
  #expect(trace.reading.notes.contains("benchmark 0: 2 of its 4 requests are in the report"))
}

@Test func `genai-perf's texts count by the usage that the server sent`() throws {
  func event(_ text: String) -> String {
    #"{"response":"data: {\"choices\":[{\"delta\":{\"content\":\"\#(text)\"}}]}\n\n"}"#
  }
  let usage =
    #"{"response":"data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":2}}\n\n"}"#
  func file(_ last: String) -> String {
    """
    {"service_kind":"openai","endpoint":"v1/chat/completions","experiments":[{"experiment":{"mode":\
    "concurrency","value":3},"requests":[{"timestamp":1700000000000000000,"request_inputs":{"payload":\
    "{\\"model\\":\\"m\\",\\"max_tokens\\":64}","session_id":"s"},"response_timestamps":\
    [1700000000010000000,1700000000040000000,1700000000065000000,1700000000066000000],\
    "response_outputs":[\(event("")),\(event("a")),\(event("b")),\(last)]}],"window_boundaries":[]}],\
    "version":"2.59"}
    """
  }
  let trace = try collect(file(usage), name: "profile_export.json")
  #expect(trace.reading.format == .genAIPerf)
  #expect(trace.column(.inputTokens) == [12] && trace.column(.outputTokens) == [2])
  // The first event has a role and no text.
  #expect(trace.column(.ttft) == [40_000] && trace.column(.endToEnd) == [65_000])
  #expect(trace.column(.maxOutputTokens) == [64] && trace.texts(.sessionID) == ["s"])
  #expect(trace.reading.header["collection", "load", "concurrency"]?.integer == 3)
  #expect(
    try complaints(file(event("")), name: "t.json") == [
      "t.json: none of 1 rows is a request that can be read: 1 requests without counts of tokens"
    ])
}

@Test func `inference-perf's list has its own clock, and the server's counts where it sent them`()
  throws
{
  let text = #"""
    [{"start_time": 100.5, "end_time": 102.0, "request": "{\"prompt\": \"secret\"}", "response": "x",
      "info": {"request_metrics": {"text": {"input_tokens": 10}}, "lora_adapter": "l", "input_tokens": 10,
      "response_metrics": {"output_tokens": 3, "server_usage": {"prompt_tokens": 12, "completion_tokens": 3,
      "prompt_tokens_details": {"cached_tokens": 8}}, "output_token_times": [101.0, 101.25, 101.75]}}, "error": null},
     {"start_time": 100.0, "end_time": 100.25, "request": "", "response": null,
      "info": {"input_tokens": 5, "output_tokens": 2, "output_token_times": [100.125, 100.25]}, "error": null},
     {"start_time": 101.0, "end_time": 101.5, "request": "", "response": null,
      "info": {"input_tokens": 7}, "error": {"error_type": "ClientError", "error_msg": "m"}}]
    """#
  let trace = try collect(text, name: "per_request_lifecycle_metrics.json")
  #expect(trace.reading.format == .inferencePerf)
  #expect(trace.column(.arrival) == [100_500_000, 100_000_000, 101_000_000])
  #expect(trace.column(.inputTokens) == [12, 5, 7] && trace.column(.outputTokens) == [3, 2, 0])
  #expect(trace.column(.ttft) == [500_000, 125_000, nil])
  #expect(trace.column(.endToEnd) == [1_250_000, 250_000, nil])
  #expect(trace.column(.cachedInputTokens) == [8, nil, nil])
  #expect(trace.texts(.status) == ["ok", "ok", "failed"])
  #expect(trace.texts(.errorType)[2] == "ClientError")
}

@Test func `LLMPerf's responses are a closed loop of as many clients as the summary says`() throws {
  let responses = """
    [
        {
            "error_code": null, "error_msg": "", "inter_token_latency_s": 0.0125, "ttft_s": 0.25,
            "end_to_end_latency_s": 1.5, "request_output_throughput_token_per_s": 66.6,
            "number_total_tokens": 650, "number_output_tokens": 100, "number_input_tokens": 550
        },
        {
            "error_code": 429, "error_msg": "slow down", "inter_token_latency_s": 0, "ttft_s": 0,
            "end_to_end_latency_s": 0, "number_total_tokens": 60, "number_output_tokens": 0,
            "number_input_tokens": 60
        }
    ]
    """
  let trace = try withFiles([
    "m_550_150_individual_responses.json": Array(responses.utf8),
    "m_550_150_summary.json": Array(#"{"model": "m", "num_concurrent_requests": 10}"#.utf8),
  ]) { try Collected(path: "\($0)/m_550_150_individual_responses.json") }
  #expect(trace.reading.format == .llmPerf)
  #expect(trace.column(.inputTokens) == [550, 60] && trace.column(.outputTokens) == [100, 0])
  #expect(trace.column(.arrival) == [nil, nil])
  #expect(trace.column(.ttft) == [250_000, nil] && trace.column(.endToEnd) == [1_500_000, nil])
  #expect(trace.texts(.status) == ["ok", "failed"])
  #expect(trace.reading.header["collection", "load", "concurrency"]?.integer == 10)
}

@Test func `an imported result is a recording that predictions are held against`() throws {
  let folder = try TemporaryFolder()
  let source = try folder.file("result.json", vllm())
  _ = try TraceImport.run(path: source, options: TraceReadOptions(), to: folder.path + "/run")
  let runs = try ServedRuns.read(path: folder.path + "/run", withSteps: false)
  let run = try #require(runs.first)
  #expect(runs.count == 1 && run.name == "run" && run.model == "meta-llama/Llama-3.1-8B")
  #expect(run.concurrency == nil && run.failed == 1 && run.requests.count == 2)
  #expect(run.requests.map { ($0.firstToken - $0.request.arrival) } == [50_000_000, 62_500_000])
  #expect(run.requests.map { ($0.end - $0.request.arrival) } == [110_000_000, 312_500_000])
  #expect(run.medianGap == 20)
}
