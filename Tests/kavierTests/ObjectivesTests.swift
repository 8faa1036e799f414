import Foundation
import ServingTestSupport
import Testing

/// Objectives from the command line: verdicts and exit codes.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct ObjectivesTests {
  private static let few = [
    "simulate", "--check", "--set", "workload.synthetic.requests=50", "--set", "slo=",
  ]

  @Test(
    arguments: [
      ("slo.e2e={p95: 1 d}", 0), ("slo.e2e={p95: 1 ms}", 1), ("slo.itl={p50: 1 s}", 0),
      ("slo.itl={p50: 1 ms}", 1),
    ])
  func `the exit code is the verdict`(objective: String, code: Int32) throws {
    let result = try Program.run(Self.few + ["--set", objective])
    #expect(result.code == code, "\(result.out)\(result.problems)")
    #expect(result.out.contains(code == 0 ? "Objective met." : "Objective missed."))
  }

  @Test func `a limit at the predicted value is too close to call`() throws {
    let json = try Program.run([
      "simulate", "--format", "json", "--set", "workload.synthetic.requests=50",
    ])
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    let latency = try #require(report["latency"] as? [String: [String: Any]])
    let p95 = try #require(latency["tpot"]?["p95"] as? Double)
    let result = try Program.run(Self.few + ["--set", "slo.tpot={p95: \(p95) s}"])
    #expect(result.code == 2 && result.out.contains("Too close to call."), "\(result.out)")
    // Objectives change nothing of the run.
    #expect(result.out.contains(try #require(report["hash"] as? String)))
  }

  @Test func `there has to be something to check`() throws {
    let result = try Program.run(Self.few)
    #expect(result.code == 65 && result.out.isEmpty)
    #expect(result.problems.contains("slo: missing; --check needs an objective"))
  }

  @Test func `refused requests fail a check that finished ones alone would pass`() throws {
    let settings = [
      "simulate", "--check", "--set", "workload.synthetic.requests=200", "--set",
      "fleet.engine.max_model_len=1000", "--set", "slo=", "--set",
    ]
    let p95 = try Program.run(settings + ["slo.e2e={p95: 1 d}"])
    #expect(p95.code == 1 && p95.out.contains("no answer"), "\(p95.out)")
    let p05 = try Program.run(settings + ["slo.e2e={p05: 1 d}"])
    #expect(p05.code == 0)
  }

  @Test func `the verdicts of a run are the same from its directory`() throws {
    let scratch = try Scratch()
    let example = "\(SharedData.repository)/Examples/24-objectives.yaml"
    let folder = scratch.path + "/run"
    let settings = ["--set", "workload.synthetic.requests=300"]
    let run = try Program.run(["simulate", example, "--out", folder] + settings)
    #expect(run.code == 0, "\(run.problems)")
    #expect(run.out.contains("TTFT p95") && run.out.contains("cost/M output tokens"))
    let again = try Program.run(["simulate", folder + "/plan.yaml"])
    let head = { (text: String) in Array(text.split(separator: "\n").prefix(10)) }
    #expect(head(again.out).contains { $0.hasPrefix("carbon/request ") })
    #expect(head(again.out) == head(run.out))
    let page = try Program.run(["report", folder, "--out", folder + "/page.html"])
    #expect(page.code == 0, "\(page.problems)")
    let html = try String(contentsOfFile: folder + "/page.html", encoding: .utf8)
    let data = try Data(contentsOf: URL(filePath: folder + "/report.json"))
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let objectives = try #require(report["objectives"] as? [[String: Any]])
    #expect(objectives.count == 6)
    let words = ["met": "met", "missed": "missed", "too_close": "too close to call"]
    for verdict in Set(objectives.compactMap { $0["verdict"] as? String }) {
      #expect(html.contains(">\(try #require(words[verdict]))</span>"))
    }
    #expect(html.contains("Objectives and verdicts"))
  }
}
