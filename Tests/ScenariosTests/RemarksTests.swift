import Foundation
import ServingSim
import Testing

@testable import Scenarios

/// What of a scenario has no effect on its run is named.
@Suite(.timeLimit(.minutes(30))) struct RemarksTests {
  private static let fleet = """
    fleet:
      replicas: 2
      step_time: {model: linear, base: 1 ms}
      engine: {num_gpu_blocks: 1000}
    """

  private static let drawn = """
    workload:
      synthetic: {requests: 20, arrivals: {rate: 1 /s}, prompt_tokens: 100, output_tokens: 5}
    """

  /// The fields of the remarks on a scenario of these parts with `sets` put into it.
  private static func fields(
    _ workload: String = drawn, _ sets: String..., router: String = "round_robin"
  ) throws -> [String] {
    try remarks("\(workload)\n\(fleet)\nrouter: \(router)\n", sets).map(\.field)
  }

  private static func remarks(_ text: String, _ sets: [String]) throws -> [Remark] {
    let source = SourceFile(name: "s.yaml", text: text, folder: "")
    return try ScenarioLoader.load(source, overrides: sets).plan.remarks
  }

  /// A trace of these lines in the scenario's `trace`, with `more` fields.
  private static func replay(_ rows: [String], _ more: String = "") throws -> (String, Folder) {
    let folder = try Folder()
    let path = folder.path + "/t.jsonl"
    try rows.joined(separator: "\n").write(
      toFile: path, atomically: false, encoding: .utf8)
    return ("workload:\n  trace: {path: \(path)\(more)}", folder)
  }

  private final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static let shared =
    "workload.synthetic.shared_prefix={groups: 2, tokens: 64}"

  @Test func `a scenario in which all has an effect has none`() throws {
    #expect(try Self.fields() == [])
    #expect(try Self.fields(router: "least_outstanding") == [])
    #expect(try Self.fields(Self.drawn, Self.shared, router: "prefix_affinity") == [])
  }

  @Test(arguments: ["prefix_affinity", "session_affinity", "consolidate"])
  func `a router without anything to go by`(router: String) throws {
    let remarks = try Self.remarks("\(Self.drawn)\n\(Self.fleet)\nrouter: \(router)\n", [])
    #expect(remarks.map(\.field) == ["router"])
    #expect(remarks.first?.text.hasPrefix("router: \(router) had no effect on this run: ") == true)
  }

  @Test func `prefixes that no replica keeps`() throws {
    let fields = try Self.fields(
      Self.drawn, Self.shared, "fleet.engine.enable_prefix_caching=false",
      router: "prefix_affinity")
    #expect(fields == ["router"])
  }

  @Test func `a router of one engine`() throws {
    #expect(try Self.fields(Self.drawn, "fleet.replicas=1", router: "random") == ["router"])
  }

  @Test func `sessions in which one turn follows another are something to go by`() throws {
    let turns = (0..<4).map {
      #"{"arrival_ns": \#($0)000000000, "input_tokens": 9, "output_tokens": 2, "session_id": "s\#($0 / 2)"}"#
    }
    let (replay, folder) = try Self.replay(turns)
    // Such a log does not say that prompts share text.
    #expect(
      try Self.fields(replay, router: "session_affinity") == ["fleet.engine.enable_prefix_caching"])
    withExtendedLifetime(folder) {}
    let single = turns.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let (alone, other) = try Self.replay(single, ", sessions: closed")
    #expect(
      try Self.fields(alone, router: "session_affinity") == [
        "router", "fleet.engine.enable_prefix_caching", "workload.trace.sessions",
      ])
    withExtendedLifetime(other) {}
  }

  @Test func `what a trace has nothing of`() throws {
    let rows = (0..<3).map {
      #"{"arrival_ns": \#($0)000000000, "input_tokens": 9, "output_tokens": 2}"#
    }
    let (replay, folder) = try Self.replay(
      rows, ", limit: 10, sessions: closed, think_time: 1 s, concurrency: 4")
    #expect(
      try Self.fields(replay) == [
        "fleet.engine.enable_prefix_caching", "workload.trace.limit", "workload.trace.sessions",
        "workload.trace.think_time", "workload.trace.concurrency",
      ])
    let (two, other) = try Self.replay(rows, ", limit: 2")
    #expect(try Self.fields(two) == ["fleet.engine.enable_prefix_caching"])
    withExtendedLifetime((folder, other)) {}
  }

  @Test func `options of an engine that do nothing`() throws {
    #expect(
      try Self.fields(
        Self.drawn, "fleet.engine.scheduling_policy=priority",
        "fleet.engine.gpu_memory_utilization=0.5", "fleet.engine.enable_prefix_caching=true")
        == [
          "fleet.engine.enable_prefix_caching", "fleet.engine.scheduling_policy",
          "fleet.engine.gpu_memory_utilization",
        ])
  }
}
