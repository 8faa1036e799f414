import FoundationEssentials
import ServingModel
import SimKernel
import Testing

@testable import Scenarios
import ServingSim

struct GroupPlannerTableTests {
  /// Two sequences with 100 tokens of context each, and 64 prompt tokens, are the largest steps.
  private static let table = """
    decode_sequences,decode_context,prefill_tokens,duration_ms
    1,0,,8
    1,100,,9
    2,0,,8.5
    2,200,,10.5
    ,,1,8
    ,,64,24

    """

  private static func scenario(_ file: String, _ engine: String = "", outside: String = "")
    -> String
  {
    """
    workload:
      synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1}
    fleet:
      engine:
        {num_gpu_blocks: 65, max_num_seqs: 2, max_num_batched_tokens: 64, max_model_len: 101\(engine)}
      step_time: {model: table, file: \(file)\(outside)}
    """
  }

  /// What `body` makes of the path of a file with `text`.
  private func withTable<Result>(
    _ text: String = table, _ body: (_ path: String) throws -> Result
  ) throws -> Result {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "kavier-steps-\(UUID().uuidString).csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  private func problems(_ engine: String, table: String = table) throws -> [String] {
    try withTable(table) { path in
      let text = Self.scenario(path)
      let overrides = engine.split(separator: " ").map { "fleet.engine.\($0)" }
      return ScenariosTests.problems(text, set: overrides).map {
        $0.replacing(path, with: "steps.csv")
      }
    }
  }

  @Test func `a table needs neither model nor accelerator`() throws {
    try withTable { path in
      let plan = try plan(Self.scenario(path))
      let replica = try #require(plan.replicas.first)
      var work = StepWork()
      work.decodeSequences = 2
      work.decodeContext = 100
      #expect(replica.stepTime.duration(of: work) == .microsecond * 9500)
      #expect(
        replica.stepTime.decodeLine(sequences: 2)
          == DecodeLine(
            base: .microsecond * 8500, perContext: .microsecond * 10, perWindowedContext: .zero))
      #expect(
        replica.stepTime.provenance
          == "measured: 4 decode and 2 prefill steps of \(path); whatever the context of prompts")
      #expect(plan.line("fleet.step_time.file") == "\(path) (s.yaml:6)")
      #expect(plan.line("fleet.step_time.outside") == "refuse (default)")
      #expect(
        plan.line("derived.fleet.decode_steps")
          == "4 (measured: up to 2 sequences with 200 tokens of context together; the plan comes "
          + "to 2 with 200)")
      #expect(
        plan.line("derived.fleet.prefill_steps")
          == "2 (measured: up to 64 tokens, whatever their context; the plan comes to 64)")
    }
  }

  private static let otherwise = ", measure more, or state outside: extend in step_time"

  @Test func `every limit beyond the table is named with the value that it covers`() throws {
    #expect(
      try problems("max_num_seqs=3 max_num_batched_tokens=65 max_model_len=102") == [
        "--set fleet.engine.max_num_seqs=3: fleet.engine.max_num_seqs: 3 sequences may decode in a "
          + "step, at most 2 do in steps.csv; lower it to 2" + Self.otherwise,
        "--set fleet.engine.max_model_len=102: fleet.engine.max_model_len: 1 decoding sequence "
          + "may have 101 tokens of context, at most 100 are covered in steps.csv; lower it to 101"
          + Self.otherwise,
        "--set fleet.engine.max_num_batched_tokens=65: fleet.engine.max_num_batched_tokens: 65 "
          + "prompt tokens may be in a step, at most 64 are in steps.csv; lower it to 64"
          + Self.otherwise,
      ])
  }

  @Test func `chunks of long prompts have to be covered where contexts are told apart`() throws {
    let table = """
      decode_sequences,prefill_tokens,prefill_context,duration_ms
      1,,,8
      2,,,8
      ,1,100,8
      ,64,0,24
      ,64,20,25

      """
    // One prompt token may follow 100, 64 may follow 20.
    #expect(
      try problems("", table: table) == [
        "s.yaml:5: fleet.engine.max_model_len: 64 prompt tokens may follow 37 computed ones, at "
          + "most 20 are covered in steps.csv; lower it to 84" + Self.otherwise
      ])
    #expect(try problems("max_model_len=84", table: table) == [])
  }

  @Test func `what does not fit into the KV cache need not be covered`() throws {
    let engine = "max_model_len=1000 num_gpu_blocks=8"
    let table = """
      decode_sequences,decode_context,prefill_tokens,duration_ms
      1,112,,9
      2,112,,10
      ,,64,24

      """
    #expect(try problems(engine + " max_model_len=112", table: table).count == 1)
    #expect(
      try problems(engine + " max_model_len=112 enable_prefix_caching=false", table: table) == [])
  }

  @Test func `extended tables take any limit, and price each step to count it`() throws {
    try withTable { path in
      let text = Self.scenario(path, outside: ", outside: extend")
      let limited = try #require(try plan(text).replicas.first)
      #expect(limited.stepTime.decodeLine(sequences: 1) != nil)
      let set = ["fleet.engine.max_num_seqs=4", "fleet.engine.max_model_len=500"]
      let replica = try #require(try plan(text, set: set).replicas.first)
      #expect(replica.stepTime.decodeLine(sequences: 1) == nil)
      var work = StepWork()
      work.decodeSequences = 1
      work.decodeContext = 300
      #expect(replica.stepTime.duration(of: work) == .millisecond * 11)
      #expect(!replica.stepTime.covers(work))
    }
  }

  @Test func `a table that is wrong is told by its own lines`() throws {
    let found = try problems("", table: Self.table + "2,x,,9\n")
    #expect(
      found == [
        "steps.csv:8: decode_context: found \"x\"; allowed are whole numbers from 0 to "
          + "1000000000000"
      ])
  }

  @Test func `a missing file is missing input`() {
    do throws(ScenarioIssues) {
      _ = try plan(Self.scenario("nowhere.csv"))
      Issue.record("it plans")
    } catch {
      #expect(
        error.description
          == "s.yaml:6: fleet.step_time.file: cannot read \"nowhere.csv\": No such file or "
          + "directory")
      #expect(error.isMissingFile)
    }
  }

  @Test func `lines that lead far beyond are refused`() throws {
    let steep = Self.table.replacing("2,200,,10.5", with: "2,200,,99000")
    try withTable(steep) { path in
      let text = Self.scenario(path, outside: ", outside: extend")
      let found = ScenariosTests.problems(
        text, set: ["fleet.engine.max_num_seqs=64", "fleet.engine.max_model_len=1024"])
      #expect(found.count == 1)
      #expect(found.first?.hasPrefix("s.yaml:6: fleet.step_time: a full step could take ") == true)
    }
  }

  @Test func `the section says what it lacks and what it does not know`() {
    let start = "fleet: {step_time: {model: table"
    #expect(
      decode(start + "}}").issues.contains(
        "s.yaml:1: fleet.step_time.file: missing; expected a CSV file of measured steps"))
    #expect(
      decode(start + ", file: a.csv, outside: clamp}}").issues.contains(
        "s.yaml:1: fleet.step_time.outside: found \"clamp\"; expected one of refuse, extend"))
    #expect(
      decode(start + ", file: a.csv, base: 8 ms}}").issues.contains(
        "s.yaml:1: fleet.step_time.base: unknown field; known here: model, outside, file"))
  }
}
