import Foundation
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

  @Test func `refused requests are said on standard error too`() throws {
    let result = try Program.run(
      ["simulate", "--format", "json", "--set", "fleet.engine.max_model_len=1000"] + Self.few)
    #expect(result.code == 0)
    #expect(result.problems.contains(" of 50 requests were refused: prompt_too_long\n"))
  }
}
