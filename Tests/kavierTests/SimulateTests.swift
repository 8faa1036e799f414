import Foundation
import ServingTestSupport
import Testing

/// `kavier simulate` from a file to its results.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct SimulateTests {
  static let few = ["--set", "workload.synthetic.requests=50"]

  @Test func `the built-in scenario runs`() throws {
    let result = try Program.run(["simulate"] + Self.few)
    #expect(result.code == 0)
    #expect(result.out.hasPrefix("first run\n"))
    #expect(result.problems == "")
  }

  @Test func `the same seed gives the same bytes, another seed others`() throws {
    let one = try Program.run(["simulate", "--format", "json"] + Self.few)
    let same = try Program.run(["simulate", "--format", "json"] + Self.few)
    let other = try Program.run(["simulate", "--format", "json", "--set", "seed=2"] + Self.few)
    #expect(one.out == same.out)
    #expect(one.out != other.out)
  }

  @Test func `a JSON scenario and its --out`() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "s.json",
      """
      {
      \t"workload": {"synthetic": {
      \t\t"requests": 5, "concurrency": 2, "prompt_tokens": 10, "output_tokens": 3}},
      \t"fleet": {"engine": {"num_gpu_blocks": 100}, "step_time": {"model": "linear", "base": "1 ms"}}
      }
      """)
    let result = try Program.run(["simulate", file, "--out", scratch.path + "/deep/down"])
    #expect(result.code == 0, "\(result.problems)")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/deep/down")
    #expect(
      names.sorted() == [
        "engines.parquet", "plan.yaml", "report.json", "report.txt", "requests.csv",
        "requests.parquet", "run.json", "timeline.csv", "windows.parquet",
      ])
    let requests = try String(
      contentsOfFile: scratch.path + "/deep/down/requests.csv", encoding: .utf8)
    #expect(requests.split(separator: "\n").count == 6)
  }

  @Test func `several seeds: each run is that of its seed`() throws {
    let example = "\(SharedData.repository)/Examples/24-objectives.yaml"
    let settings = Self.few + ["--set", "seed=7"]
    let several = try Program.run(
      ["simulate", example, "--seeds", "3", "--format", "json"] + settings)
    #expect(several.code == 0, "\(several.problems)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(several.out.utf8)) as? [String: Any])
    #expect(report["seeds"] as? [Int] == [7, 8, 9])
    let hashes = try #require(report["hashes"] as? [String])
    let figures = try #require(report["figures"] as? [String: [String: Any]])
    let values = try #require(figures["ttft_p95_s"]?["values"] as? [Double])
    for (place, seed) in [7, 8, 9].enumerated() {
      let run = try Program.run(
        ["simulate", example, "--format", "json", "--set", "seed=\(seed)"] + Self.few)
      let single = try #require(
        try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
      let latency = try #require(single["latency"] as? [String: [String: Any]])
      #expect(single["hash"] as? String == hashes[place])
      #expect(latency["ttft"]?["p95"] as? Double == values[place])
    }
    let alone = try Program.run(
      ["simulate", example, "--seeds", "3", "-j", "1", "--format", "json"] + settings)
    #expect(alone.out == several.out)
    let text = try Program.run(["simulate", example, "--seeds", "3"] + settings)
    #expect(text.out.contains("3 seeds: 7 to 9."))
    #expect(text.out.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text.out)")
  }

  @Test func `what one run leaves does not go with several seeds`() throws {
    for (arguments, words) in [
      (["--seeds", "2", "--out", "x"], "--out writes what one run leaves"),
      (["--seeds", "2", "--report", "x.html"], "--report writes what one run leaves"),
      (["--seeds", "0"], "expected a whole number from 1 to 1000"),
      (["-j", "2"], "--jobs is for the runs of --seeds"),
    ] {
      let result = try Program.run(["simulate"] + arguments + Self.few)
      #expect(result.code == 64 && result.problems.contains(words), "\(result.problems)")
    }
    let scratch = try Scratch()
    let stated = try Program.run(
      ["simulate", "--seeds", "2", "--set", "output.directory=\(scratch.path)/x"] + Self.few)
    #expect(stated.code == 0 && stated.problems.contains("no files of a run are written"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/x"))
    let missed = try Program.run(
      ["simulate", "--seeds", "2", "--check", "--set", "slo={e2e: {p95: 1 ms}}"] + Self.few)
    #expect(missed.code == 1 && missed.out.contains("Objective missed."))
    let large = try Program.run(
      ["simulate", "--seeds", "2", "--set", "seed=9223372036854775807"] + Self.few)
    #expect(large.code == 65 && large.problems.contains("seed: found \"9223372036854775808\""))
  }

  @Test func `refused requests are said on standard error too`() throws {
    let result = try Program.run(
      ["simulate", "--format", "json", "--set", "fleet.engine.max_model_len=1000"] + Self.few)
    #expect(result.code == 0)
    #expect(result.problems.contains(" of 50 requests were refused: prompt_too_long\n"))
  }
}
