import Foundation
import ServingTestSupport
import Testing

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct ValidateTests {
  private let example = SharedData.repository + "/Examples/measured-cases"
  private let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value"
  private let row = "a,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,4,100,11,e2e_batch,90"

  @Test func `the example is predicted, row by row`() throws {
    let scratch = try Scratch()
    let result = try Program.run(["validate", example, "--out", scratch.path + "/out"])
    #expect(result.code == 0 && result.problems == "")
    #expect(result.out.hasPrefix("all rows"))
    let csv = try String(contentsOfFile: scratch.path + "/out/predictions.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n")
    #expect(rows[0].hasPrefix("case_id,metric,measured,predicted,ape,status,reason,family,gpu,"))
    #expect(
      rows.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: " ") } == [
        "flood output_tput_total", "chat ttft_mean", "chat itl_mean", "chat output_tput_total",
        "batch e2e_batch",
      ])
    #expect(rows.dropFirst().allSatisfy { $0.contains(",ok,") })
    let json = try Data(contentsOf: URL(filePath: scratch.path + "/out/predictions.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect((object["predictions"] as? [Any])?.count == 5)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out").count == 2)
  }

  @Test func `summaries are JSON on demand`() throws {
    let result = try Program.run(["validate", example, "--format", "json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    let tables = try #require(object["summaries"] as? [[String: Any]])
    #expect(
      tables.map { $0["by"] as? [String] } == [
        [], ["family", "metric", "engine"], ["gpu"], ["tier"],
      ])
  }

  @Test func `what is wrong in a file is 65, and the rest is predicted`() throws {
    let scratch = try Scratch()
    let file = try scratch.file("c.csv", "\(header)\n\(row)\nb\(row.dropFirst(1)),1\n\(row)\n")
    let result = try Program.run(["validate", file])
    #expect(result.code == 65)
    #expect(
      result.problems == "\(file):3: found 14 or more fields, the header names 13\n")
    #expect(result.out.contains("static_batch e2e_batch vllm     2"))
  }

  @Test func `rows that are skipped for a reason are counted, and fail where that is asked for`()
    throws
  {
    let scratch = try Scratch()
    let skipped = row.replacing("e2e_batch", with: "system_wall_power")
    let file = try scratch.file(
      "c.csv", "\(header),ep\n\(row),0\n\(skipped),0.0\n\(skipped),0\n")
    let result = try Program.run(["validate", file])
    #expect(result.code == 0 && result.problems == "")
    #expect(
      result.out.contains(
        """
        rows not predicted, and why
        2  what servers draw beside their accelerators is not modelled

        """))
    let words = result.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("in the stated interval of rows 50 % 90 % all rows 1 "))
    #expect(try Program.run(["validate", file, "--strict"]).code == 1)
    #expect(try Program.run(["validate", example, "--strict"]).code == 0)

    let broken = try scratch.file("b.csv", "\(header)\n\(row)\n\(skipped),1\n")
    #expect(try Program.run(["validate", broken, "--strict"]).code == 65)
  }

  @Test func `a load generator's result stands beside what a scenario predicts`() throws {
    let scratch = try Scratch()
    let result = SharedData.repository + "/Examples/results/vllm-bench.json"
    let scenario = SharedData.repository + "/Examples/19-serve.yaml"
    let run = try Program.run(
      ["validate", result, "--scenario", scenario, "--out", scratch.path + "/out"])
    #expect(run.code == 0 && run.problems.contains("read as vllm-bench; 24 requests over"))
    // The result is one of kavier serve with that scenario: steps take what they are simulated to.
    let csv = try String(contentsOfFile: scratch.path + "/out/predictions.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let tpot = try #require(rows.first { $0[1] == "tpot_p50" })
    #expect(try abs(#require(Double(tpot[3])) / #require(Double(tpot[2])) - 1) < 0.02)
    #expect(rows.count == 12 && run.out.contains("TPOT p50 (ms)"))
    let slower = try Program.run(
      ["validate", result, "--scenario", scenario, "--set", "fleet.accelerator=a100-sxm-40"])
    #expect(slower.code == 0 && slower.out != run.out)
  }

  /// TensorRT-LLM lets in who can end: five of these at once where each says what it asks for, one
  /// alone where none does.
  @Test func `requests of a result ask for the answers that they got`() throws {
    let scratch = try Scratch()
    let run = try Program.run([
      "validate", SharedData.repository + "/Examples/results/vllm-bench.json", "--scenario",
      SharedData.repository + "/Examples/19-serve.yaml", "--out", scratch.path + "/out", "--set",
      "fleet.engine.name=tensorrt-llm", "--set", "fleet.engine.num_gpu_blocks=200", "--set",
      "fleet.engine.enable_chunked_prefill=true",
    ])
    #expect(run.code == 0)
    let csv = try String(contentsOfFile: scratch.path + "/out/predictions.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let ttft = try #require(rows.first { $0[1] == "ttft_mean" })
    // 42 ms; 65 ms alone.
    #expect(try #require(Double(ttft[3])) < 50, "\(ttft)")
  }

  @Test func `totals are played as the file describes them`() throws {
    let scratch = try Scratch()
    let result = SharedData.repository + "/Examples/results/vllm-bench-totals.json"
    let scenario = SharedData.repository + "/Examples/19-serve.yaml"
    let run = try Program.run(
      ["validate", result, "--scenario", scenario, "--out", scratch.path + "/out"])
    #expect(run.code == 0 && run.problems.contains("read as vllm-bench: the totals of 24 requests"))
    let words = run.out.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("assumed: 4 requests a second over 6.896 s, at times drawn 5 times"))
    #expect(run.out.contains("in the stated interval of"))
    let csv = try String(contentsOfFile: scratch.path + "/out/predictions.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    // Of kavier serve with that scenario, timed by an earlier profile: what does not hang on lengths
    // comes out alike.
    for (metric, most) in [
      ("ttft_mean", 15.0), ("tpot_mean", 3), ("itl_pooled_mean", 3), ("e2e_mean", 5),
      ("output_tput_total", 6),
    ] {
      let row = try #require(rows.first { $0[1] == metric })
      #expect(try #require(Double(row[4])) < most, "\(row)")
    }
    // As many clients do not come at random.
    let clients = try Program.run(
      ["validate", result, "--scenario", scenario, "--concurrency", "3", "--format", "json"])
    #expect(clients.code == 0 && clients.out.contains(#""load": "concurrency""#))
    #expect(clients.out.contains(#""coverage""#))
    let astray = try Program.run(["validate", result, "--concurrency", "3"])
    #expect(astray.code == 64)
    let folder = try Program.run(
      ["validate", SharedData.repository + "/Examples/results", "--scenario", scenario])
    #expect(folder.code == 0 && folder.out.contains("/vllm-bench.json\n"))
    #expect(folder.out.contains("/vllm-bench-totals.json\n"))
  }

  @Test func `a load that a file does not state is asked for, and the other runs are predicted`()
    throws
  {
    let scratch = try Scratch()
    let scenario = SharedData.repository + "/Examples/19-serve.yaml"
    let table = try scratch.file(
      "profile_export_genai_perf.csv",
      """
      Metric,avg,min,max,p99,p95,p90,p75,p50,p25
      Time To First Token (ms),33.50,20.00,60.00,59.00,55.00,50.00,40.00,32.00,25.00
      Request Latency (ms),237.00,100.00,500.00,440.00,400.00,380.00,300.00,216.00,150.00
      Output Sequence Length,31.00,8.00,57.00,56.00,52.00,47.00,44.00,27.00,19.00
      Input Sequence Length,"1,083.00",238.00,"1,995.00",1990.00,1813.00,1761.00,1366.00,1112.00,632.00

      Metric,Value
      Output Token Throughput (tokens/sec),105.10

      """)
    let asked = try Program.run(["validate", table, "--scenario", scenario])
    #expect(asked.code == 65 && asked.out == "")
    #expect(asked.problems.contains("state --concurrency CLIENTS, or --request-rate"))
    let stated = try Program.run(
      ["validate", table, "--scenario", scenario, "--request-rate", "3.5"])
    #expect(stated.code == 0 && stated.out.contains("Output (tokens/s)"))
    let totals = try String(
      contentsOfFile: SharedData.repository + "/Examples/results/vllm-bench-totals.json",
      encoding: .utf8
    ).replacing("\n", with: " ")
    let two = try scratch.file(
      "two.jsonl", totals.replacing(#""completed": 24"#, with: #""completed": 0"#) + "\n" + totals)
    let partly = try Program.run(["validate", two, "--scenario", scenario])
    #expect(partly.code == 65 && partly.out.contains("two.jsonl, run 1"))
    #expect(partly.problems.contains("two.jsonl: no request has finished"))
    let foreign = try scratch.file("x.json", #"{"foo": 1, "bar": {"x": 2}}"#)
    let refused = try Program.run(["validate", foreign, "--scenario", scenario])
    #expect(refused.code == 65 && refused.problems.contains("nor is it a result that is known"))
    #expect(!refused.problems.contains("--map"))
  }

  /// A report of GuideLLM 0.4.0 with all requests, and one of vLLM 0.11.0 with appended runs.
  @Test func `requests that are known are replayed by the load that each run states`() throws {
    let scratch = try Scratch()
    let scenario = SharedData.repository + "/Examples/19-serve.yaml"
    func requests(_ start: Double) -> String {
      (0..<6).map { index in
        """
        {"request_start_time": \(start + Double(index / 2)), "request_latency": 0.25, \
        "prompt_tokens": 500, "output_tokens": 30, "time_to_first_token_ms": 25.0}
        """
      }.joined(separator: ", ")
    }
    func benchmark(_ strategy: String, _ start: Double) -> String {
      """
      {"config": {"strategy": \(strategy)}, "metrics": {"request_totals": {"successful": 6, \
      "incomplete": 0, "errored": 0, "total": 6}}, "requests": {"successful": [\(requests(start))], \
      "incomplete": [], "errored": []}}
      """
    }
    let report = try scratch.file(
      "benchmarks.json",
      """
      {"metadata": {"version": 1}, "benchmarks": [\
      \(benchmark(#"{"type_": "constant", "rate": 2.0}"#, 1_700_000_000)), \
      \(benchmark(#"{"type_": "concurrent", "streams": 2}"#, 1_700_000_100))]}
      """)
    func line(_ clients: Int) -> String {
      """
      {"backend": "vllm", "model_id": "m", "request_rate": "inf", "burstiness": 1.0, \
      "max_concurrency": \(clients), "duration": 1.0, "completed": 3, "total_input_tokens": 30, \
      "total_output_tokens": 9, "mean_ttft_ms": 12.5, "input_lens": [10, 10, 10], "output_lens": \
      [3, 3, 3], "ttfts": [0.0125, 0.0125, 0.0125], "itls": [[0.01, 0.01], [0.01, 0.01], [0.01, \
      0.01]], "errors": ["", "", ""]}
      """
    }
    let appended = try scratch.file("vllm.json", line(1) + "\n" + line(2) + "\n")
    let result = try Program.run(
      ["validate", report, appended, "--scenario", scenario, "--out", scratch.path + "/out"])
    #expect(result.code == 0, "\(result.problems)")
    let csv = try String(contentsOfFile: scratch.path + "/out/predictions.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let (load, clients) = (
      try #require(rows[0].firstIndex(of: "load")),
      try #require(rows[0].firstIndex(of: "concurrency"))
    )
    // The names of runs have a comma.
    let loads = rows.dropFirst().filter { $0.contains("ttft_mean") }.map {
      [$0[load + ($0.count - rows[0].count)], $0[clients + ($0.count - rows[0].count)]]
    }
    #expect(
      loads == [
        ["recorded", ""], ["concurrency", "2"], ["concurrency", "1"], ["concurrency", "2"],
      ])
  }

  @Test func `times in doubt are described, and only then replayed`() throws {
    let scratch = try Scratch()
    let lines = (0..<40).map {
      #"{"timestamp": \#($0 / 2), "input_length": 9, "output_length": 3}"#
    }
    let trace = try scratch.file("m.jsonl", lines.joined(separator: "\n"))
    let stats = try Program.run(["trace", "stats", trace])
    #expect(stats.code == 0 && stats.out.hasPrefix("Requests  40"))
    #expect(stats.problems.contains("is in doubt: as milliseconds"))
    let simulated = try Program.run(["simulate", "--set", "workload={trace: {path: '\(trace)'}}"])
    #expect(simulated.code == 65 && simulated.problems.contains("is in doubt"))
  }

  @Test func `what a result needs beside it is told`() throws {
    let scratch = try Scratch()
    let result = SharedData.repository + "/Examples/results/vllm-bench.json"
    let scenario = SharedData.repository + "/Examples/19-serve.yaml"
    let alone = try Program.run(["validate", result])
    #expect(alone.code == 64 && alone.problems.contains("state --scenario FILE"))
    let log = try scratch.file("log.csv", "timestamp,prompt_tokens,output_tokens\n1,2,3\n2,2,3\n")
    let unmeasured = try Program.run(["validate", log, "--scenario", scenario])
    #expect(unmeasured.code == 65)
    #expect(unmeasured.problems.contains("none has both a time to first token and a latency"))
    let both = try Program.run(
      ["validate", result, "--scenario", scenario, "--calibration", "none"])
    #expect(both.code == 64 && both.problems.contains("--set fleet.calibration=none"))
    let astray = try Program.run(["validate", result, "--set", "a=b"])
    #expect(astray.code == 64 && astray.problems.contains("there is no --scenario"))
    #expect(try Program.run(["validate", "/none.json", "--scenario", scenario]).code == 66)
  }

  @Test func `a file that is missing is 66`() throws {
    let result = try Program.run(["validate", "/nowhere.csv"])
    #expect(result.code == 66 && result.out == "")
    #expect(result.problems == "/nowhere.csv: cannot be read: no such file or directory\n")
  }

  @Test func `without a file it is wrong usage`() throws {
    #expect(try Program.run(["validate"]).code == 64)
  }
}
