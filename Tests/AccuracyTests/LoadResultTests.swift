import Accuracy
import Foundation
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing
import TextAndBytes
import TraceArchive

/// The runs that a file sums up, and what is wrong with it without the path.
private func read(
  _ text: String, _ name: String = "result.json"
) throws -> (runs: [LoadResult], problems: [String]) {
  let scratch = try Scratch()
  let path = try scratch.file(name, text)
  let results = try #require(try LoadResults(path: path))
  return (
    results.runs,
    results.problems.problems.map {
      $0.description.replacingOccurrences(of: scratch.path + "/", with: "")
    }
  )
}

extension LoadResult {
  fileprivate subscript(metric: String) -> Double? {
    figures.first { $0.metric == metric }?.value
  }
}

/// What `vllm bench serve --save-result` writes of 100 requests (vLLM 0.11.0), with changes.
private func vllm(_ changes: [String: String] = [:]) -> String {
  var fields: [(String, String)] = [
    ("date", #""20251120-101500""#), ("endpoint_type", #""vllm""#), ("backend", #""vllm""#),
    ("label", "null"), ("model_id", #""meta-llama/Llama-3.1-8B""#), ("tokenizer_id", #""t""#),
    ("num_prompts", "100"), ("request_rate", "4.0"), ("burstiness", "1.0"),
    ("max_concurrency", "null"), ("duration", "27.0"), ("completed", "100"), ("failed", "0"),
    ("total_input_tokens", "102400"), ("total_output_tokens", "12800"),
    ("request_throughput", "3.7"), ("request_goodput", "null"), ("output_throughput", "474.0"),
    ("total_token_throughput", "4266.0"), ("max_output_tokens_per_s", "900.0"),
    ("max_concurrent_requests", "12"), ("mean_ttft_ms", "33.5"), ("median_ttft_ms", "32.25"),
    ("std_ttft_ms", "4.0"), ("p99_ttft_ms", "60.5"), ("mean_tpot_ms", "7.5"),
    ("median_tpot_ms", "7.25"), ("std_tpot_ms", "0.5"), ("p99_tpot_ms", "9.5"),
    ("mean_itl_ms", "7.6"), ("median_itl_ms", "6.5"), ("std_itl_ms", "3.0"),
    ("p99_itl_ms", "38.5"), ("mean_e2el_ms", "986.0"), ("p99.9_e2el_ms", "1200.5"),
  ]
  for (key, value) in changes {
    if let place = fields.firstIndex(where: { $0.0 == key }) {
      fields[place].1 = value
    } else {
      fields.append((key, value))
    }
  }
  let shown = fields.filter { $0.1 != "" }.map { #""\#($0.0)": \#($0.1)"# }
  return "{" + shown.joined(separator: ", ") + "}\n"
}

struct LoadResultTests {
  @Test func `vllm bench serve's totals are figures by their definitions`() throws {
    let (runs, problems) = try read(vllm())
    let run = try #require(runs.first)
    #expect(problems == [] && runs.count == 1 && run.tool == .vllmBench)
    #expect(run.model == "meta-llama/Llama-3.1-8B" && run.finished == 100 && run.duration == 27)
    #expect(run.load == .rate(4, cv: 1) && run.requestsPath == nil)
    #expect(run.promptTokens == .mean(1024) && run.outputTokens == .mean(128))
    #expect(
      run.figures.map(\.metric) == [
        "ttft_mean", "ttft_p50", "ttft_p99", "tpot_mean", "tpot_p50", "tpot_p99",
        // Over all gaps together; and what was asked for with --metric-percentiles.
        "itl_pooled_mean", "itl_p50", "itl_p99", "e2e_mean", "e2e_p99.9", "output_tput_total",
      ])
    #expect(run["ttft_p99"] == 60.5 && run["itl_pooled_mean"] == 7.6)
    #expect(run["e2e_p99.9"] == 1200.5 && run["output_tput_total"] == 474)
    #expect(run.faults(isReplayed: false) == [])
    for figure in run.figures { _ = try Metric(named: figure.metric) }
  }

  @Test func `drawn requests get the lengths that are known, and ask for these`() throws {
    var result = LoadResult(tool: .vllmBench, name: "r")
    result.promptTokens = .each([7, 8, 9])
    result.outputTokens = .each([30, 40, 50])
    var workload = Workload(
      arrivals: [.start, .start], promptTokens: [1, 1], outputTokens: [2, 2], description: "drawn")
    workload.limitAnswersToTheirLengths()
    result.fit(&workload)
    #expect(workload.promptTokens == [7, 8] && workload.outputTokens == [30, 40])
    #expect(workload.traits[.maxTokens] == [30, 40])
  }

  @Test(arguments: ["ft_ms", "_ms", "ms", "__ms", "mean__ms", "p_ttft_ms", "ttft_ms"])
  func `a field that only ends like a figure is none`(name: String) throws {
    let (runs, problems) = try read(vllm().replacing("\"mean_ttft_ms\"", with: "\"\(name)\""))
    #expect(problems == [] && runs.first?["ttft_mean"] == nil)
    #expect(runs.first?["ttft_p50"] != nil)
  }

  @Test(arguments: [
    (#""inf""#, "null", "1.0", OfferedLoad.atOnce), (#""inf""#, "16", "1.0", .clients(16)),
    ("Infinity", "16.0", "1.0", .clients(16)), ("2", "null", "4.0", .rate(2, cv: 0.5)),
  ])
  func `how requests were sent is what the generator was asked for`(
    rate: String, clients: String, burstiness: String, load: OfferedLoad
  ) throws {
    let run = try #require(
      try read(
        vllm(["request_rate": rate, "max_concurrency": clients, "burstiness": burstiness])
      ).runs.first)
    #expect(run.load == load)
  }

  @Test func `appended results are runs of their own`() throws {
    let (runs, problems) = try read(
      vllm() + vllm(["request_rate": #""inf""#, "max_concurrency": "8"])
        + vllm(["completed": #""x""#]), "result.jsonl")
    #expect(runs.map(\.load) == [.rate(4, cv: 1), .clients(8)])
    #expect(
      runs.map { $0.name.split(separator: "/").last } == ["result.jsonl", "result.jsonl, run 1"])
    #expect(
      problems == [
        #"result.jsonl:3: run 2: completed: found "x"; allowed are whole numbers from 0 to 10000000"#
      ])
  }

  /// A line of `python -m sglang.bench_serving --output-file` (SGLang 0.5.3).
  @Test func `SGLang's lines have lengths by their data set`() throws {
    let line = #"""
      {"backend": "sglang", "dataset_name": "random", "request_rate": Infinity, "max_concurrency": 8, "sharegpt_output_len": null, "random_input_len": 1024, "random_output_len": 64, "random_range_ratio": 0.5, "duration": 12.5, "completed": 200, "total_input_tokens": 153600, "total_output_tokens": 12800, "total_output_tokens_retokenized": 12790, "request_throughput": 16.0, "input_throughput": 12288.0, "output_throughput": 1024.0, "mean_e2e_latency_ms": 480.5, "median_e2e_latency_ms": 470.5, "std_e2e_latency_ms": 30.0, "p99_e2e_latency_ms": 590.5, "mean_ttft_ms": 40.5, "median_ttft_ms": 39.5, "std_ttft_ms": 9.0, "p99_ttft_ms": 70.5, "mean_tpot_ms": 7.0, "median_tpot_ms": 6.9, "std_tpot_ms": 0.3, "p99_tpot_ms": 8.0, "mean_itl_ms": 6.95, "median_itl_ms": 6.5, "std_itl_ms": 2.0, "p95_itl_ms": 7.5, "p99_itl_ms": 21.5, "concurrency": 7.7, "accept_length": null}

      """#
    let (runs, problems) = try read(line, "result.jsonl")
    let run = try #require(runs.first)
    #expect(problems == [] && run.tool == .sglangBench && run.load == .clients(8))
    // 512 to 1024 tokens, all equally likely; answers were all as long as asked for.
    #expect(run.promptTokens == .quantiles([512, 1024]) && run.outputTokens == .mean(64))
    #expect(run["e2e_mean"] == 480.5 && run["e2e_p99"] == 590.5 && run["itl_p95"] == 7.5)
    #expect(run["itl_pooled_mean"] == 6.95 && run["output_tput_total"] == 1024)
  }

  @Test func `random times of sending are drawn for requests that are known`() throws {
    let details =
      #", "input_lens": [10, 20, 30], "output_lens": [4, 5, 0], "ttfts": [0.1, 0.2, 0], "itls": [[0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.1], []], "errors": ["", "", "gone"]"#
    let text = #"""
      {"backend": "sglang", "dataset_name": "sharegpt", "request_rate": 2.0, "max_concurrency": null, "duration": 1.5, "completed": 2, "total_input_tokens": 30, "total_output_tokens": 9, "mean_ttft_ms": 150.0\#(details)}
      """#
    let run = try #require(try read(text, "r.jsonl").runs.first)
    #expect(run.promptTokens == .each([10, 20]) && run.outputTokens == .each([4, 5]))
    #expect(run.requestsPath != nil && !run.requestsHaveTimes)
  }

  /// `profile_export_aiperf.json` of aiperf 0.3.0.
  @Test func `aiperf's inter-token latency is that of requests`() throws {
    func metric(_ unit: String, _ average: Double) -> String {
      let values = ["avg": 1.0, "p50": 0.75, "p90": 1.5, "p95": 2, "p99": 3, "min": 0.5, "max": 4]
        .map { #""\#($0.key)": \#($0.value * average)"# }
      return #"{"unit": "\#(unit)", \#(values.joined(separator: ", ")), "std": 1.0}"#
    }
    func file(_ streaming: String) -> String {
      """
      {"schema_version": "1.0", "aiperf_version": "0.3.0", "request_throughput": {"unit": \
      "requests/sec", "avg": 4.0}, "request_latency": \(metric("sec", 0.5)), "request_count": \
      {"unit": "requests", "avg": 40.0}, "error_request_count": {"unit": "requests", "avg": 2.0}, \
      "time_to_first_token": \(metric("ms", 40)), "inter_token_latency": \(metric("ms", 8)), \
      "output_token_throughput": {"unit": "tokens/sec", "avg": 240.0}, "output_sequence_length": \
      \(metric("tokens", 60)), "input_sequence_length": {"unit": "tokens", "avg": 550.0, "p50": \
      550.0, "min": 550.0, "max": 550.0}, "benchmark_duration": {"unit": "sec", "avg": 10.5}, \
      "input_config": {"endpoint": {"model_names": ["m"], "streaming": \(streaming)}, "loadgen": \
      {"concurrency": 4, "request_count": 40, "warmup_request_count": 8}, "cli_command": "aiperf"}, \
      "was_cancelled": false, "error_summary": []}
      """
    }
    let (runs, problems) = try read(file("true"), "profile_export_aiperf.json")
    let run = try #require(runs.first)
    #expect(problems == [] && run.tool == .aiperf && run.model == "m" && run.load == .clients(4))
    #expect(run.finished == 40 && run.failed == 2 && run.promptTokens == .mean(550))
    guard case .quantiles(let lengths) = run.outputTokens else { return #expect(Bool(false)) }
    #expect(lengths.first == 30 && lengths.last == 240 && lengths[100] == 45)
    #expect(run["tpot_mean"] == 8 && run["tpot_p99"] == 24 && run["itl_pooled_mean"] == nil)
    #expect(run["e2e_mean"] == 500 && run["ttft_p90"] == 60 && run["output_tput_total"] == 240)
    // Without streaming the first token comes with the last.
    let whole = try #require(try read(file("false"), "a.json").runs.first)
    #expect(whole["ttft_mean"] == nil && whole["tpot_mean"] == nil && whole["e2e_mean"] == 500)
    #expect(whole.assumptions.contains { $0.contains("not streamed") })
  }

  @Test(
    arguments: [
      // aiperf 0.3: loadgen; 0.8: phases; genai-perf 0.0.8 and 0.0.16.
      (#"{"loadgen": {"request_rate": 2.5, "request_rate_mode": "poisson"}}"#, .rate(2.5, cv: 1)),
      (#"{"loadgen": {"request_rate": 2.5, "request_rate_mode": "constant"}}"#, .rate(2.5, cv: 0)),
      (
        #"""
        {"models": ["m"], "phases": [{"name": "warmup", "type": "concurrency", "concurrency": 1},
          {"name": "profiling", "type": "concurrency", "requests": 100, "concurrency": 8}]}
        """#, .clients(8)
      ),
      (
        #"{"phases": [{"name": "profiling", "type": "poisson", "rate": 3.5, "concurrency": null}]}"#,
        .rate(3.5, cv: 1)
      ),
      (#"{"phases": [{"name": "profiling", "type": "fixed_schedule", "concurrency": 9}]}"#, nil),
      (#"{"input": {"fixed_schedule": true}, "loadgen": {"concurrency": 9}}"#, nil),
      (#"{"input": {"fixed_schedule": false}, "loadgen": {"concurrency": 9}}"#, .clients(9)),
      (#"{"concurrency": 10, "request_rate": null}"#, .clients(10)),
      (
        #"{"perf_analyzer": {"stimulus": {"concurrency": 10}, "warmup_request_count": 3}}"#,
        .clients(10)
      ),
      ("{}", nil),
    ] as [(String, OfferedLoad?)])
  func `a load is found where each version states it`(config: String, load: OfferedLoad?) throws {
    let run = try #require(
      try read(
        """
        {"aiperf_version": "x", "request_latency": {"unit": "ms", "avg": 5.0}, "request_count": \
        {"avg": 9.0}, "num_input_token": {"unit": "tokens", "avg": 20.0}, "input_config": \(config)}
        """
      ).runs.first)
    #expect(run.load == load && run.promptTokens == .mean(20))
    #expect((run.loadHint != nil) == (load == nil && config != "{}"))
  }

  /// `profile_export_genai_perf.json` of genai-perf 0.0.11, and the table beside it.
  @Test func `genai-perf's summary and its table say the same`() throws {
    let summary = try read(
      """
      {"request_throughput": {"unit": "requests/sec", "avg": 4.0}, "request_latency": {"unit": "ms", \
      "avg": 1250.5, "p25": 1100.0, "p50": 1200.0, "p75": 1300.0, "p90": 1400.0, "p95": 1450.0, \
      "p99": 1500.0, "min": 1000.0, "max": 1510.0, "std": 9.0}, "time_to_first_token": {"unit": \
      "ms", "avg": 40.5, "p50": 40.0, "p90": 50.0, "p95": 55.0, "p99": 60.0, "min": 30.0, "max": \
      61.0}, "inter_token_latency": {"unit": "ms", "avg": 8.5, "p50": 8.0, "p90": 9.0, "p95": 9.5, \
      "p99": 9.75, "min": 7.0, "max": 9.8}, "output_token_throughput": {"unit": "tokens/sec", "avg": \
      512.25}, "output_sequence_length": {"unit": "tokens", "avg": 128.0, "p50": 128.0, "min": 128.0, \
      "max": 128.0}, "input_sequence_length": {"unit": "tokens", "avg": 1083.0, "p50": 1083.0, "min": \
      1083.0, "max": 1083.0}, "input_config": {"subcommand": "profile", "model": ["ensemble"], \
      "streaming": true, "request_count": 0, "warmup_request_count": 0, "concurrency": null, \
      "request_rate": 4.0, "formatted_model_name": "ensemble"}}
      """, "profile_export_genai_perf.json")
    let table = try read(
      """
      Metric,avg,min,max,p99,p95,p90,p75,p50,p25
      Time To First Token (ms),40.50,30.00,61.00,60.00,55.00,50.00,45.00,40.00,35.00
      Inter Token Latency (ms),8.50,7.00,9.80,9.75,9.50,9.00,8.50,8.00,7.50
      Request Latency (ms),"1,250.50","1,000.00","1,510.00","1,500.00","1,450.00","1,400.00","1,300.00","1,200.00","1,100.00"
      Output Sequence Length,128.00,128.00,128.00,128.00,128.00,128.00,128.00,128.00,128.00
      Input Sequence Length,"1,083.00","1,083.00","1,083.00","1,083.00","1,083.00","1,083.00","1,083.00","1,083.00","1,083.00"

      Metric,Value
      Output Token Throughput (tokens/sec),512.25
      Request Throughput (requests/sec),4.00

      """, "profile_export_genai_perf.csv")
    let (run, row) = (try #require(summary.runs.first), try #require(table.runs.first))
    #expect(summary.problems == [] && table.problems == [])
    #expect(run.tool == .genAIPerf && row.tool == .genAIPerf && run.model == "ensemble")
    #expect(run.figures == row.figures && run["e2e_mean"] == 1250.5 && run["tpot_p50"] == 8)
    #expect(run.promptTokens == .mean(1083) && row.promptTokens == .mean(1083))
    // Perf Analyzer's requests are equally far apart; how many they were is not said.
    #expect(run.load == .rate(4, cv: 0) && run.finished == nil && run.draws == 1)
    #expect(
      row.faults(isReplayed: false) == [
        "does not say how requests were sent; state --concurrency CLIENTS, or --request-rate with "
          + "requests a second"
      ])
  }

  /// `benchmarks.json` of GuideLLM 0.4.0, without its requests.
  @Test func `GuideLLM's benchmarks are runs with their strategies`() throws {
    func distribution(_ mean: Double) -> String {
      """
      {"successful": {"mean": \(mean), "median": \(mean * 0.75), "mode": 1.0, "variance": 1.0, \
      "std_dev": 1.0, "min": \(mean * 0.5), "max": \(mean * 2), "count": 50, "total_sum": 1.0, \
      "percentiles": {"p001": \(mean * 0.5), "p01": \(mean * 0.5), "p05": \(mean * 0.5), "p10": \
      \(mean * 0.5), "p25": \(mean * 0.5), "p50": \(mean * 0.75), "p75": \(mean), "p90": \
      \(mean * 1.5), "p95": \(mean * 1.5), "p99": \(mean * 1.75), "p999": \(mean * 2)}}, \
      "incomplete": null, "errored": null, "total": null}
      """
    }
    func benchmark(_ strategy: String) -> String {
      """
      {"type_": "generative_benchmark", "config": {"strategy": \(strategy)}, "duration": 30.0, \
      "metrics": {"request_totals": {"successful": 50, "incomplete": 2, "errored": 1, "total": 53}, \
      "request_latency": \(distribution(0.5)), "prompt_token_count": \(distribution(512)), \
      "output_token_count": \(distribution(64)), "time_to_first_token_ms": \(distribution(40)), \
      "time_per_output_token_ms": \(distribution(9)), "inter_token_latency_ms": \(distribution(8)), \
      "output_tokens_per_second": \(distribution(100))}, "requests": {"successful": [], \
      "incomplete": [], "errored": []}}
      """
    }
    let strategies = [
      #"{"type_": "synchronous"}"#, #"{"type_": "concurrent", "streams": 8}"#,
      #"{"type_": "throughput", "max_concurrency": null}"#,
      #"{"type_": "constant", "rate": 2.5}"#, #"{"type_": "poisson", "rate": 2.5}"#,
    ]
    let (runs, problems) = try read(
      #"{"metadata": {"version": 1}, "args": {"model": "m"}, "benchmarks": ["#
        + strategies.map(benchmark).joined(separator: ", ") + "]}", "benchmarks.json")
    #expect(problems == [] && runs.allSatisfy { $0.tool == .guideLLM && $0.model == "m" })
    #expect(
      runs.map(\.load) == [
        .clients(1), .clients(8), .atOnce, .rate(2.5, cv: 0), .rate(2.5, cv: 1),
      ])
    let run = runs[1]
    #expect(run.name.hasSuffix("benchmarks.json, benchmark 1"))
    #expect(run.finished == 50 && run.failed == 3 && run.duration == 30)
    // Latencies are in seconds; means of gaps are weighted by tokens, quantiles are of requests.
    #expect(run["e2e_mean"] == 500 && run["e2e_p99"] == 875 && run["ttft_p50"] == 30)
    #expect(run["itl_pooled_mean"] == 8 && run["tpot_p50"] == 6 && run["tpot_mean"] == nil)
    #expect(run["output_tput_total"] == 100)
    guard case .quantiles(let prompts) = run.promptTokens else { return #expect(Bool(false)) }
    #expect(prompts.first == 256 && prompts.last == 1024)
  }

  @Test(arguments: [
    (["completed": "0", "failed": "7"], "no request has finished (7 failed)"),
    (
      ["request_rate": ""],
      "does not say how requests were sent; state --concurrency CLIENTS, or --request-rate with "
        + "requests a second"
    ),
    (
      ["ramp_up_strategy": #""linear""#],
      "its rate rises (ramp_up_strategy linear); state --concurrency CLIENTS, or --request-rate "
        + "with requests a second"
    ),
  ])
  func `what a run lacks is told`(changes: [String: String], fault: String) throws {
    let run = try #require(try read(vllm(changes)).runs.first)
    #expect(run.faults(isReplayed: false) == [fault])
  }

  @Test func `all that is wrong with a run is told at once`() throws {
    let (runs, problems) = try read(
      vllm([
        "completed": "1000000000000000000", "duration": "0", "request_rate": "1e300",
        "mean_ttft_ms": "-1", "p99_ttft_ms": #""abc""#, "median_ttft_ms": "1e999",
      ]))
    #expect(runs.isEmpty)
    let allowed = "allowed are numbers from 0 to 1000000000000"
    #expect(
      problems == [
        #"result.json:1: completed: found "1000000000000000000"; allowed are whole numbers from 0 to "#
          + "10000000",
        #"result.json:1: duration: found "0"; allowed are numbers from 0.000001 to 100000000"#,
        #"result.json:1: request_rate: found "1e300"; allowed are numbers from 0.000001 to 1000000"#,
        #"result.json:1: mean_ttft_ms: found "-1"; \#(allowed)"#,
        #"result.json:1: median_ttft_ms: found "1e999"; \#(allowed)"#,
        #"result.json:1: p99_ttft_ms: found "abc"; \#(allowed)"#,
      ])
  }

  @Test func `figures that were not measured are none`() throws {
    let (runs, problems) = try read(
      vllm(["mean_ttft_ms": "NaN", "p99_ttft_ms": "0.0", "mean_tpot_ms": "Infinity"]))
    let run = try #require(runs.first)
    #expect(problems == [] && run["ttft_mean"] == nil && run["ttft_p99"] == nil)
    #expect(run["tpot_mean"] == nil && run["ttft_p50"] == 32.25)
  }

  @Test func `of a directory the results are taken`() throws {
    let scratch = try Scratch()
    let table = try scratch.file("b.csv", "Metric,avg\nRequest Latency (ms),5.00\n")
    _ = try scratch.file("inputs.json", #"{"data": []}"#)
    #expect(try LoadResults.files(at: scratch.path) == [table])
    let (first, second) = (try scratch.file("a.json", vllm()), try scratch.file("c.jsonl", vllm()))
    #expect(try LoadResults.files(at: scratch.path) == [first, second])
    #expect(try LoadResults.files(at: table) == [table])
    let empty = try Scratch()
    #expect(try LoadResults.files(at: empty.path) == [empty.path])
  }

  @Test func `other files are none`() throws {
    let scratch = try Scratch()
    for (name, text) in [
      ("a.json", #"{"foo": 1}"#), ("b.csv", "a,b\n1,2\n"), ("c.txt", "hello\n"), ("d.json", "[1]"),
      ("e.jsonl", #"{"metadata": {}, "metrics": {"request_latency": {"value": 1}}}"#),
    ] {
      #expect(try LoadResults(path: try scratch.file(name, text)) == nil, "\(name)")
    }
  }
}
