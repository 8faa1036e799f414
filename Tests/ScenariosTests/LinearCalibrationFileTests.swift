import Foundation
import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

@Suite(.timeLimit(.minutes(30))) struct LinearCalibrationFileTests {
  private func read(_ text: String) throws -> LinearCalibration {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: false, encoding: .utf8)
    return try LinearCalibrationFile.read(file.path)
  }

  @Test func `step times are written as scenarios write them`() throws {
    let calibration = try read(
      """
      kind: linear
      source: somewhere
      servers:
        a:
          step_time: {model: linear, base: 8 ms, per_prefill_token: 250 us}
          standard_errors: {base: 1 ms}
          frontend_latency: 5 ms
          measured_on: [mb_x]
      """)
    let server = try #require(calibration["a"])
    #expect(calibration.source == "somewhere" && calibration["b"] == nil)
    #expect(server.stepTime.base.seconds == 8e-3)
    #expect(server.stepTime.perPrefillToken.seconds == 250e-6)
    #expect(server.frontendLatency.seconds == 5e-3 && server.thinkTime.seconds == 0)
  }

  private static let servers = """
    kind: linear
    source: somewhere
    servers:
      a:
        step_time: {model: linear, base: 8 ms, per_prefill_token: 250 us}
        frontend_latency: 5 ms
        engine: {max_num_seqs: 4, max_num_batched_tokens: 64, max_model_len: 256, block_size: 16,
          num_gpu_blocks: 33, enable_prefix_caching: false}
    """

  /// The plan of a scenario that names the calibration.
  private func planned(_ stepTime: String, _ engine: String = "", servers: String = servers) throws
    -> Result<Plan, ScenarioIssues>
  {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try servers.write(to: file, atomically: false, encoding: .utf8)
    let text = """
      workload:
        synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1}
      fleet:
        engine: {\(engine)}
        step_time: {model: linear, file: \(file.path)\(stepTime)}
      """
    do throws(ScenarioIssues) {
      return .success(try plan(text))
    } catch {
      return .failure(error)
    }
  }

  @Test func `a scenario that names one has its costs, settings and latency`() throws {
    let plan = try planned("").get()
    let replica = try #require(plan.replicas.first)
    #expect(replica.maxNumSeqs == 4 && replica.maxNumBatchedTokens == 64)
    #expect(replica.blockSize == 16 && replica.usableBlocks == 32)
    #expect(replica.maxModelLength == 256 && !replica.enablePrefixCaching)
    #expect(replica.frontendLatency == .millisecond * 5)
    var work = StepWork()
    work.prefillTokens = 4
    #expect(replica.stepTime.duration(of: work) == .millisecond * 9)
    #expect(plan.line("fleet.step_time.base")?.hasPrefix("8 ms (") == true)
    #expect(plan.line("fleet.engine.max_num_seqs")?.contains(":7)") == true)
    // A plan stands for itself: it names no file.
    #expect(plan.line("fleet.step_time.file") == nil)
  }

  @Test func `what the scenario states goes before it`() throws {
    let plan = try planned(", base: 1 ms", "max_num_seqs: 2").get()
    #expect(plan.replicas[0].maxNumSeqs == 2 && plan.replicas[0].maxNumBatchedTokens == 64)
    #expect(plan.replicas[0].stepTime.duration(of: StepWork()) == .millisecond)
  }

  @Test func `which of several servers has to be said, and has to be there`() throws {
    let two = Self.servers + "\n  b: {step_time: {model: linear, base: 1 ms}}\n"
    func message(_ stepTime: String) throws -> String {
      guard case .failure(let issues) = try planned(stepTime, servers: two) else { return "" }
      return issues.description
    }
    #expect(try message("").contains("fleet.step_time.server: missing;"))
    #expect(try message(", server: c").contains("found \"c\""))
    #expect(try planned(", server: a", servers: two).get().replicas[0].maxNumSeqs == 4)
    #expect(
      problems(
        """
        workload:
          synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1}
        fleet:
          step_time: {model: linear, file: /nowhere.yaml}
        """
      ).first?.contains("cannot read \"/nowhere.yaml\"") == true)
  }

  @Test func `a part of a step that no step may take is refused`() {
    let issues = #expect(throws: ScenarioIssues.self) {
      try read(
        """
        kind: linear
        source: somewhere
        servers:
          a: {step_time: {model: linear, base: 8 ms, per_prefill_sequence: 4294967296 ms}}
          b: {step_time: {model: linear, base: 601 s}, frontend_latency: 3601 s}
        """)
    }
    let problems = issues?.issues.map { "\($0.path): \($0.message)" }
    #expect(
      problems == [
        "servers.a.step_time.per_prefill_sequence: found \"4294967296 ms\"; expected a time up "
          + "to 600 s",
        "servers.b.step_time.base: found \"601 s\"; expected a time up to 600 s",
        "servers.b.frontend_latency: found \"3601 s\"; expected a time up to 3600 s",
      ])
  }

  @Test func `everything that is wrong is told`() throws {
    let issues = #expect(throws: ScenarioIssues.self) {
      try read(
        """
        kind: linar
        servers:
          a: {step_time: roofline, frontend_latency: 5}
          b: {step_tim: {model: linear, base: 8 ms}}
        """)
    }
    let text = issues?.description ?? ""
    #expect(text.contains(":1: kind: found \"linar\""))
    #expect(text.contains("servers.a: step_time: allowed here is only model: linear"))
    #expect(text.contains("servers.a.frontend_latency: found \"5\""))
    #expect(text.contains("servers.b.step_time: missing"))
    #expect(text.contains("did you mean \"step_time\""))
  }

  @Test func `a file that is none says what it lacks`() throws {
    let issues = #expect(throws: ScenarioIssues.self) { try read("source: x\n") }
    #expect(issues?.issues.map(\.path).sorted() == ["kind", "servers"])
  }
}
