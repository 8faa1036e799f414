import Foundation
import ServingTestSupport
import Testing

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct RecordedEngineTests {
  private let example = SharedData.repository + "/Examples/recorded-engine"

  @Test func `the example's calibration is what the program makes of it`() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/engine.yaml"
    let result = try Program.run(
      ["calibrate", "--from", "Examples/recorded-engine", "--out", file],
      in: SharedData.repository)
    #expect(result.code == 0 && result.problems == "")
    #expect(
      try String(contentsOfFile: file, encoding: .utf8)
        == String(contentsOfFile: example + "/calibration.yaml", encoding: .utf8))
    let json = try Program.run(
      ["calibrate", "--from", example, "--out", file, "--format", "json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    let models = try #require(object["models"] as? [[String: Any]])
    #expect(models.map { $0["servers"] as? [String] } == [["cpu"]])
  }

  @Test func `an engine that keeps to its step times is predicted exactly`() throws {
    let engine = try SteadyEngine()
    let file = engine.scratch.path + "/engine.yaml"
    let out = engine.scratch.path + "/out"
    let fit = try Program.run(["calibrate", "--from", engine.scratch.path, "--out", file])
    #expect(fit.code == 0, "\(fit.problems)")
    let result = try Program.run(
      ["validate", engine.scratch.path, "--calibration", file, "--out", out])
    #expect(result.code == 0, "\(result.problems)")
    let errors = try Self.errors(in: out)
    for metric in ["e2e_p50", "tpot_p50", "ttft_p50", "output_tput_total"] {
      let error = try #require(errors["s.load"]?[metric], "\(metric)")
      #expect(error < 0.2, "\(metric)")
    }
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `half of the recorded load runs are predicted within the noise`() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/engine.yaml"
    let folder = SharedData.path("engine")
    let fit = try Program.run(["calibrate", "--from", folder, "--out", file])
    #expect(fit.code == 0 && fit.out.contains("not calibrated"))
    let result = try Program.run(
      ["validate", folder, "--calibration", file, "--out", scratch.path + "/out"])
    #expect(result.code == 0)
    let errors = try Self.errors(in: scratch.path + "/out")
    #expect(errors.count == 20)
    for (metric, median) in [("e2e_p50", 8.0), ("itl_p50", 8), ("output_tput_total", 2)] {
      let all = errors.values.compactMap { $0[metric] }.sorted()
      #expect(all.count == 20 && all[10] < median, "\(metric): \(all)")
    }
  }

  @Test func `a calibration is needed, and a place for one`() throws {
    let validation = try Program.run(["validate", example])
    #expect(validation.code == 64)
    #expect(validation.problems.contains("state --calibration FILE"))
    let missing = try Program.run(["validate", example, "--calibration", "/nowhere.yaml"])
    #expect(missing.code == 66)
    let calibration = try Program.run(["calibrate", "--from", example])
    #expect(calibration.code == 64)
  }

  @Test func `without micro-benchmarks there is nothing to fit`() throws {
    let engine = try SteadyEngine(prefix: "lb_")
    let file = engine.scratch.path + "/engine.yaml"
    let result = try Program.run(["calibrate", "--from", engine.scratch.path, "--out", file])
    #expect(result.code == 65 && result.problems.contains("their names begin with mb_"))
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  /// Absolute percentage errors by run and metric.
  private static func errors(in directory: String) throws -> [String: [String: Double]] {
    let csv = try String(contentsOfFile: directory + "/predictions.csv", encoding: .utf8)
    var errors: [String: [String: Double]] = [:]
    for line in csv.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let error = Double(cells[4]) else { continue }
      errors[String(cells[0]), default: [:]][String(cells[1])] = error
    }
    return errors
  }
}

/// The log of an engine whose steps take 5 ms, 1 ms a decoding sequence, 2 us a token of context,
/// 0.1 ms a prompt token and 50 ns a pair. Requests come one at a time, 1 ms from the scheduler.
private struct SteadyEngine {
  let scratch: Scratch
  private var requests = """
    run,i,t_send,t_first,t_last,t_end,prompt_tokens,completion_tokens,engine_arrival,\
    engine_first_sched,engine_ttft_ms

    """
  private var steps = """
    run,sched_ms,exec_ms,update_ms,gap_ms,n_decode,decode_ctx,n_prefill,prefill_tokens,prefill_attn

    """

  init(prefix: String = "mb_") throws {
    scratch = try Scratch()
    for index in 0..<12 {
      serve("s.\(prefix)a", index, prompt: 40 + 90 * index, output: 6, at: Double(index))
    }
    for index in 0..<9 {
      serve("s.load", index, prompt: 30 + 70 * index, output: 4 + index, at: Double(index) / 2)
    }
    // Batches tell sequences from steps.
    for size in 1...8 {
      add("s.\(prefix)a", Double(5 + size) + 2e-3 * 64 * Double(size), decodes: size, 64 * size)
    }
    _ = try scratch.file(
      "runs.csv", "run,server,mode,conc\ns.\(prefix)a,s,closed,1\ns.load,s,open,\n")
    _ = try scratch.file("requests.csv", requests)
    _ = try scratch.file("steps.csv", steps)
    _ = try scratch.file(
      "servers.yaml",
      """
      s: {max_num_seqs: 8, max_num_batched_tokens: 2048, max_model_len: 2048, block_size: 16, \
      num_gpu_blocks: 400}
      """)
  }

  private mutating func serve(
    _ run: String, _ index: Int, prompt: Int, output: Int, at start: Double
  ) {
    let pairs = prompt * (prompt + 1) / 2
    let first = 5 + 0.1 * Double(prompt) + 50e-6 * Double(pairs)
    steps += "\(run),0.5,\(first - 0.5),0,,0,0,1,\(prompt),\(pairs)\n"
    var total = first
    for token in 1..<output {
      let duration = 6 + 2e-3 * Double(prompt + token - 1)
      add(run, duration, decodes: 1, prompt + token - 1)
      total += duration
    }
    let times = [start, start + (1 + first) / 1e3, start + (1 + total) / 1e3].map { "\($0)" }
    requests += "\(run),\(index),\(times[0]),\(times[1]),\(times[2]),\(times[2]),\(prompt),"
    requests += "\(output),\(start + 1e-3),\(start + 1e-3),\(first)\n"
  }

  private mutating func add(_ run: String, _ duration: Double, decodes: Int, _ context: Int) {
    steps += "\(run),0.5,\(duration - 0.5),0,0,\(decodes),\(context),0,0,0\n"
  }
}
