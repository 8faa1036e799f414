import FoundationEssentials
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

struct WorkloadPlannerTests {
  private func workload(_ section: String) throws -> Workload {
    try plan(
      """
      workload: \(section)
      fleet: {engine: {num_gpu_blocks: 1000}, step_time: {model: linear, base: 1 ms}}
      """
    ).workload
  }

  @Test func `stated lengths and arrivals are the workload's`() throws {
    let drawn = try workload(
      "{synthetic: {requests: 3, arrivals: {process: deterministic, rate: 2 /s}, "
        + "prompt_tokens: 100, output_tokens: {distribution: uniform, min: 7, max: 7}}}")
    #expect(drawn.arrivals.map(\.seconds) == [0, 0.5, 1])
    #expect(drawn.promptTokens == [100, 100, 100])
    #expect(drawn.outputTokens == [7, 7, 7])
  }

  @Test func `a duration ends the arrivals`() throws {
    let drawn = try workload(
      "{synthetic: {duration: 2 s, arrivals: {process: deterministic, rate: 60 /min}, "
        + "prompt_tokens: 1, output_tokens: 1}}")
    #expect(drawn.count == 2)
  }

  @Test func `clients of a closed loop wait and think`() throws {
    let drawn = try workload(
      "{synthetic: {requests: 9, concurrency: 4, think_time: 2 s, prompt_tokens: 1, "
        + "output_tokens: 1}}")
    #expect(drawn.closedLoop == ClosedLoop(concurrency: 4, thinkTime: SimDuration(seconds: 2)))
    #expect(drawn.count == 9)
  }

  @Test func `tables give prompts and answers their own quantiles`() throws {
    let drawn = try workload(
      "{synthetic: {requests: 2000, arrivals: {rate: 5 /s}, "
        + "prompt_tokens: {distribution: quantiles, table: azure2023-conv}, "
        + "output_tokens: {distribution: quantiles, table: azure2023-conv, max: 300}}}")
    #expect(abs(Int(drawn.promptTokens.sorted()[1000]) - 1020) < 30)
    #expect(drawn.outputTokens.max() == 300)
  }

  @Test func `sessions and shared prefixes arrive at the workload`() throws {
    let drawn = try workload(
      """
      {synthetic: {requests: 40, arrivals: {rate: 5 /s}, prompt_tokens: 10, output_tokens: 5,
        sessions: {turns: 4, think_time: 1 s, max_prompt_tokens: 120},
        shared_prefix: {groups: 2, tokens: 64}}}
      """)
    #expect(drawn.promptTokens.prefix(4) == [74, 89, 104, 119])
    #expect(drawn.sessions?.prefix(5) == [0, 0, 0, 0, 1])
    #expect(drawn.dependencies?.thinkTimes[1] == .second)
    #expect(drawn.content != nil)
  }

  @Test func `the seed decides what is drawn`() throws {
    let text = small()
    let one = try plan(text).workload.arrivals
    #expect(try plan(text).workload.arrivals == one)
    #expect(try plan(text, set: ["seed=2"]).workload.arrivals != one)
  }

  @Test func `every field of a section is in the plan`() throws {
    let plan = try plan(
      small(),
      set: ["workload.synthetic.prompt_tokens={distribution: quantiles, values: [1, 2, 4]}"])
    #expect(plan.line("workload.synthetic.requests") == "10 (s.yaml:3)")
    #expect(plan.line("workload.synthetic.arrivals.process") == "poisson (default)")
    #expect(plan.line("workload.synthetic.prompt_tokens.values.2") == "4 (--set)")
    #expect(plan.line("derived.workload.requests")?.hasPrefix("10 (") == true)
  }
}

/// Files that a scenario names.
struct NamedFilesTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write(
      "fleet.yaml",
      """
      workload: {trace: {path: rows.csv, rate_scale: 2}}
      fleet: {engine: {num_gpu_blocks: 1000}, step_time: {model: linear, base: 1 ms}}
      """)
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private let rows = """
    TIMESTAMP,ContextTokens,GeneratedTokens
    2023-11-16 18:00:00.0000000,100,10
    2023-11-16 18:00:01.0000000,200,20
    2023-11-16 18:00:03.0000000,300,30

    """

  @Test func `a trace lies beside its scenario`() throws {
    defer { remove() }
    try write("rows.csv", rows)
    let plan = try ScenarioLoader.load(file: "\(folder)/fleet.yaml").plan
    #expect(plan.workload.arrivals.map(\.seconds) == [0, 0.5, 1.5])
    #expect(plan.workload.promptTokens == [100, 200, 300])
    #expect(plan.line("workload.trace.rate_scale") == "2 (\(folder)/fleet.yaml:1)")
    #expect(plan.line("derived.workload.trace.format")?.hasPrefix("azure (read as azure") == true)
  }

  @Test func `a window and a limit take a part of it`() throws {
    defer { remove() }
    try write("rows.csv", rows)
    let file = "\(folder)/fleet.yaml"
    let window = try ScenarioLoader.load(
      file: file, overrides: ["workload.trace.window=[1 s, 3 s]"])
    #expect(window.plan.workload.promptTokens == [200])
    let limit = try ScenarioLoader.load(file: file, overrides: ["workload.trace.limit=2"])
    #expect(limit.plan.workload.count == 2)
  }

  @Test func `what is wrong in a trace names the trace's line`() throws {
    defer { remove() }
    try write("rows.csv", rows.replacing(",200,", with: ",-200,"))
    #expect(throws: ScenarioIssues.self) {
      try ScenarioLoader.load(file: "\(folder)/fleet.yaml")
    }
    do {
      _ = try ScenarioLoader.load(file: "\(folder)/fleet.yaml")
    } catch {
      #expect(error.description.hasPrefix("\(folder)/rows.csv:3: "))
      #expect(!error.isMissingFile)
    }
  }

  @Test func `a trace that is missing names the scenario's line`() throws {
    defer { remove() }
    do {
      _ = try ScenarioLoader.load(file: "\(folder)/fleet.yaml")
      Issue.record("the trace was read")
    } catch {
      #expect(
        error.description == "\(folder)/fleet.yaml:1: workload.trace.path: cannot read "
          + "\"\(folder)/rows.csv\": No such file or directory")
      #expect(error.isMissingFile)
    }
  }

  @Test func `a config.json is a model, named after its folder`() throws {
    defer { remove() }
    try write("rows.csv", rows)
    try FileManager.default.createDirectory(
      atPath: "\(folder)/tiny", withIntermediateDirectories: true)
    try write(
      "tiny/config.json",
      """
      {"model_type": "llama", "num_hidden_layers": 4, "hidden_size": 512,
       "num_attention_heads": 8, "num_key_value_heads": 2, "intermediate_size": 1024,
       "vocab_size": 1000, "max_position_embeddings": 4096, "torch_dtype": "bfloat16"}
      """)
    try write(
      "fleet.yaml",
      """
      workload: {trace: {path: rows.csv}}
      fleet: {model: tiny/config.json, accelerator: l40s}
      """)
    let replica = try #require(
      try ScenarioLoader.load(file: "\(folder)/fleet.yaml").plan.replicas.first)
    #expect(replica.model == "tiny")
    #expect(replica.maxModelLength == 4096)

    try write("tiny/config.json", "{\"model_type\": \"llama\"}")
    do {
      _ = try ScenarioLoader.load(file: "\(folder)/fleet.yaml")
      Issue.record("half a config was read")
    } catch {
      #expect(error.issues.count > 3)
      #expect(error.description.hasPrefix("\(folder)/tiny/config.json: "))
    }
  }
}
