import Foundation
import ServingTestSupport
import Testing

/// `kavier perf`, `eff`, `reproduce` and `architecture` as a user runs them.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct OriginalCommandsTests {
  private static let trace = "num_input_tokens,num_output_tokens\n64,11\n128,25\n"

  private static func scenario(replicas: Int) -> String {
    """
    workload:
      synthetic:
        requests: 20
        arrivals: {process: poisson, rate: 1 /s}
        prompt_tokens: 100
        output_tokens: 10
    fleet: {model: llama-3.1-8b, accelerator: h100-sxm, replicas: \(replicas)}

    """
  }

  /// Runs a small trace; gives what was printed and the folder that was made.
  private func perf(
    _ arguments: [String] = [], in scratch: Scratch
  ) throws -> (result: Program.Result, folder: String) {
    let trace = try scratch.file("trace.csv", Self.trace)
    let result = try Program.run(
      ["perf", "--trace", trace, "--output_folder", scratch.path + "/out"] + arguments)
    let folders = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")
    return (result, scratch.path + "/out/" + (folders.sorted().last ?? ""))
  }

  @Test func `a run prints its summary and leaves three files`() throws {
    let scratch = try Scratch()
    let (result, folder) = try perf(in: scratch)
    #expect(result.code == 0)
    #expect(result.out.contains("Decode time                 │       1.6s (  0.00 h)"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
        "_sim_results.txt", "fragments.parquet", "tasks.parquet",
      ])
    #expect(try String(contentsOfFile: folder + "/_sim_results.txt", encoding: .utf8) == result.out)
    #expect(result.problems == "written to \(folder)\n")
  }

  @Test func `runs of one second do not overwrite each other`() throws {
    let scratch = try Scratch()
    for _ in 0..<3 { _ = try perf(in: scratch) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out").count == 3)
  }

  @Test func `a set time gives the same bytes`() throws {
    let scratch = try Scratch()
    let files = try (0..<2).map { _ in
      let folder = try perf(["--submission_time", "0"], in: scratch).folder
      return try Data(contentsOf: URL(filePath: folder + "/tasks.parquet"))
    }
    #expect(files[0] == files[1])
  }

  @Test func `corrections are listed`() throws {
    let scratch = try Scratch()
    let out = try perf(["--fix", "durations", "--fix", "names"], in: scratch).result.out
    #expect(out.contains("Corrected in 0.1.0:\n  durations: "))
    #expect(out.contains("\n  names: "))
    #expect(!out.contains("fragments: "))
    #expect(
      try perf(["--as", "0.5.3"], in: scratch).result.out.contains(
        "GPU                         | A10"))
  }

  @Test func `a trace that is wrong leaves no files`() throws {
    let scratch = try Scratch()
    let trace = try scratch.file("trace.csv", "num_input_tokens,num_output_tokens\n1,x\n")
    let result = try Program.run(
      ["perf", "--trace", trace, "--output_folder", scratch.path + "/out"])
    #expect(result.code == 65)
    #expect(result.problems.contains("trace.csv:2: num_output_tokens: found \"x\""))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out") == [])
  }

  @Test func `names that are unknown are 65`() throws {
    let result = try Program.run(["perf", "--gpu", "H200 SXM", "--llm", "GPT-5"])
    #expect(result.code == 65)
    #expect(result.problems.contains("--gpu: found \"H200 SXM\"; allowed are A10"))
    #expect(result.problems.contains("--llm: found \"GPT-5\"; allowed are MPT-7B"))
  }

  @Test func `efficiency needs two files`() throws {
    #expect(try Program.run(["eff"]).code == 64)
    let result = try Program.run(["eff", "--kavier", "no.parquet", "--opendc", "no.parquet"])
    #expect(result.code == 65)
    #expect(result.problems.hasPrefix("no.parquet: "))
  }

  @Test(.enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
  func `efficiency is that of a power file as OpenDC writes it`() throws {
    let scratch = try Scratch()
    let folder = try perf(in: scratch).folder
    let power = scratch.path + "/powerSource.parquet"
    // All columns of OpenDC's, compressed, in several row groups.
    let expected = try Python.run(
      """
      import pyarrow as pa, pyarrow.parquet as p, random, sys
      n = 10_000
      joules = [random.Random(i).uniform(100, 900) for i in range(n)]
      p.write_table(pa.table({
        "timestamp": pa.array(range(n), pa.int64()), "timestamp_absolute": pa.array(range(n)),
        "source_name": ["PowerSource"] * n, "cluster_name": ["C01"] * n,
        "power_draw": pa.array([500.0] * n, pa.float32()),
        "energy_usage": pa.array(joules, pa.float32()),
        "carbon_intensity": pa.array([268.0] * n, pa.float32()),
        "carbon_emission": pa.array([j / 3.6e6 * 268 for j in joules], pa.float32()),
      }), sys.argv[1], compression="zstd", row_group_size=3000)
      tokens = sum(p.read_table(sys.argv[2] + "/tasks.parquet")["total_tokens"].to_pylist())
      print(sum(joules) / 3600 / tokens * 1e6)
      """, [power, folder])
    let result = try Program.run([
      "eff", "--kavier", folder + "/tasks.parquet", "--opendc", power, "--fix", "units",
      "--out", scratch.path + "/eff.json",
    ])
    #expect(result.code == 0, "\(result.problems)")
    let json = try Data(contentsOf: URL(filePath: scratch.path + "/eff.json"))
    let figures = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    let energy = try #require(figures["energy_efficiency (Wh/Mtoken)"] as? Double)
    let wanted = try #require(Double(expected.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(abs(energy / wanted - 1) < 1e-5)
  }

  @Test func `the architecture marks what a scenario exercises`() throws {
    let scratch = try Scratch()
    let file = try scratch.file("two.yaml", Self.scenario(replicas: 2))
    let plain = try Program.run(["architecture"])
    #expect(plain.code == 0)
    #expect(plain.out.contains("\n+ router") && plain.out.contains("\n- adapters"))
    let marked = try Program.run(["architecture", "--scenario", file])
    #expect(marked.out.contains("\n* router"))
    #expect(try Program.run(["architecture", "--format", "markdown"]).out.contains("### llm-d"))
  }

  @Test func `a reproduction writes a report and its manifest, the same twice`() throws {
    let scratch = try Scratch()
    let out = scratch.path + "/capsule"
    let results = try (0..<2).map { _ in
      try Program.run(["reproduce", "efficiency", "1.2", "--requests", "200", "--out", out])
    }
    #expect(results[0].code == 0)
    #expect(results[0].out == results[1].out)
    // In the order of the publications, whatever the order asked for.
    #expect(results[0].out.hasPrefix("1.2  Accuracy of the decode"))
    let manifest = try String(contentsOfFile: out + "/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"report.html\"") && manifest.contains("\"sha256\""))
    #expect(try Program.run(["reproduce", "--requests", "0"]).code == 64)
    #expect(try Program.run(["reproduce", "7"]).code == 64)
  }

  @Test func `a scenario of one's own gets its files and a manifest`() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "small.yaml", Self.scenario(replicas: 1))
    let arguments = ["reproduce", "--scenario", file, "--out", scratch.path + "/runs"]
    let first = try Program.run(arguments)
    #expect(first.code == 0, "\(first.problems)")
    let path = scratch.path + "/runs/small/manifest.json"
    let manifest = try String(contentsOfFile: path, encoding: .utf8)
    #expect(manifest.contains("\"report.json\"") && manifest.contains("small.yaml"))
    _ = try Program.run(arguments)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == manifest)
    #expect(try Program.run(["reproduce", "--scenario", file]).code == 64)
  }
}
