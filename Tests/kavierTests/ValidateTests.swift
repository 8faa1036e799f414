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
    #expect(result.out.contains("in the stated interval of  rows  50 %"))
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
