import FoundationEssentials
import ServingModel
import ServingTestSupport
import Testing
import TraceArchive

@testable import Scenarios
import ServingSim

/// The repository's root, from where this file stands.
let repository = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

struct ExamplesTests {
  static let withoutTraces = [
    "01-first-run", "04-sessions", "05-closed-loop", "06-linear-step-time",
    "07-private-gpu-and-model", "09-measured-steps", "10-trace-sessions", "11-calibrated",
    "12-two-servers",
    "13-three-grids", "14-greener-at-night", "15-idle-replica", "16-power-cap", "17-power-down",
    "18-batch-shift",
    "19-serve", "20-report", "21-tenants-and-documents", "22-scaling",
    "23-engines", "24-objectives", "25-compare", "28-noisy-tenant", "28-noisy-tenant-fair",
    "28-noisy-tenant-limited", "28-noisy-tenant-retry",
    "30-failures", "31-retry-storm", "33-on-demand", "33-spot", "34-three-regions", "35-two-models",
    "36-cold-start",
    "38-failure-trace", "39-partition", "40-migration", "41-full-queue",
    "42-disaggregated", "42-together",
  ]

  @Test(arguments: withoutTraces)
  func `each example plans`(name: String) throws {
    let loaded = try ScenarioLoader.load(file: "\(repository)/Examples/\(name).yaml")
    #expect(loaded.plan.workload.count > 0)
    #expect(!loaded.plan.replicas.isEmpty)
  }

  @Test func `the example of two tenants mixes chats and documents`() throws {
    let plan = try ScenarioLoader.load(
      file: "\(repository)/Examples/21-tenants-and-documents.yaml"
    ).plan
    let content = try #require(plan.workload.content)
    #expect(content.answersExtend.contains(true) && content.answersExtend.contains(false))
    // The chat about a document begins with it, and goes on from its answers.
    #expect(
      zip(content.answersExtend, content.parents).contains { extends, parent in
        extends && parent >= 0 && !content.answersExtend[Int(parent)]
      })
    #expect(plan.workload.traits[.tenant]?.names.sorted() == ["chat", "library"])
    #expect(Differential(plan).difference == nil)
  }

  @Test func `each example opens with a question`() throws {
    let folder = "\(repository)/Examples"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }
    #expect(files.count >= 7)
    for file in files {
      let text = try String(contentsOf: URL(filePath: "\(folder)/\(file)"), encoding: .utf8)
      #expect(text.hasPrefix("# ") && text.prefix { $0 != "\n" }.hasSuffix("?"), "\(file)")
    }
  }

  @Test func `the built-in scenario is the first example`() throws {
    let text = try String(
      contentsOf: URL(filePath: "\(repository)/Examples/01-first-run.yaml"), encoding: .utf8)
    #expect(BuiltInScenario.text == text)
    let plan = try ScenarioLoader.load(file: nil).plan
    #expect(plan.workload.count == 5000)
    #expect(plan.name == "first run")
  }

  /// Their trace is drawn by the first of the commands that they name.
  @Test(arguments: [("32-day", 8), ("32-day-scaled", 2), ("37-predictive", 2)])
  func `each example of a day plans`(name: String, replicas: Int) throws {
    let examples = "\(repository)/Examples"
    let profile = try TraceProfile.read(path: "\(examples)/traces/office-day.json")
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try TraceGenerator(profile, seed: 1, length: .requests(500)).write(to: folder.path)
    let plan = try ScenarioLoader.load(
      file: "\(examples)/\(name).yaml", overrides: ["workload.trace.path=\(folder.path)"]
    ).plan
    #expect(plan.workload.count == 500)
    #expect(plan.replicas.count == replicas)
  }

  @Test(
    .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)),
    arguments: [
      ("02-azure-conv", "azure/AzureLLMInferenceTrace_conv.csv.gz", 19_366),
      ("03-mooncake", "mooncake/conversation_trace.jsonl.gz", 12_031),
      ("08-cache-size", "mooncake/conversation_trace.jsonl.gz", 12_031),
    ])
  func `each example of a trace plans`(name: String, trace: String, requests: Int) throws {
    let loaded = try ScenarioLoader.load(
      file: "\(repository)/Examples/\(name).yaml",
      overrides: ["workload.trace.path=\(SharedData.path("traces/\(trace)"))"])
    #expect(loaded.plan.workload.count == requests)
  }
}
