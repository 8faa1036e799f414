import Foundation
import ServingTestSupport
import Testing

/// `kavier capacity` and `kavier recommend` from the command line.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct RecommendTests {
  private static let plan = "\(SharedData.repository)/Examples/24-objectives.yaml"
  private static let few = ["--set", "workload.synthetic.requests=600"]

  private static func json(_ arguments: [String]) throws -> [String: Any] {
    let result = try Program.run(arguments + ["--format", "json"])
    #expect(result.code == 0, "\(result.problems)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
  }

  @Test func `the load that objectives allow, and the replicas that a load takes`() throws {
    let load = try Self.json(["capacity", Self.plan] + Self.few)
    let rate = try #require(load["expected"] as? Double)
    #expect(load["field"] as? String == "workload.synthetic.arrivals.rate")
    #expect((15.0...60).contains(rate))
    let fleet = try Self.json(
      [
        "capacity", Self.plan, "--find", "replicas", "--set",
        "workload.synthetic.arrivals.rate=\(rate) /s",
      ]
        + Self.few)
    // The rate is the highest of eight replicas.
    #expect((fleet["expected"] as? Double).map { $0 <= 8 } == true)
  }

  @Test func `capacity without objectives, and with ones that nothing meets`() throws {
    let without = try Program.run([
      "capacity", "\(SharedData.repository)/Examples/05-closed-loop.yaml",
    ])
    #expect(without.code == 65)
    #expect(without.problems.contains("slo: missing; capacity needs an objective"))
    let none = try Program.run(["capacity", Self.plan, "--set", "slo.ttft.p95=1 ms"] + Self.few)
    #expect(none.code == 1)
    #expect(none.out.contains("not met at any load"))
  }

  private static let question = [
    "recommend", "--model", "llama-3.3-70b", "--quantization", "fp8", "--rate", "30/s",
    "--ttft-p95", "500ms", "--tpot-p95", "40ms", "--accelerators", "h100,h200,b200", "--grid",
    "DEU",
    "--requests", "2000",
  ]

  @Test func `the question of an operator`() throws {
    let scratch = try Scratch()
    let page = scratch.path + "/answer.html"
    let result = try Program.run(Self.question + ["--page", page])
    #expect(result.code == 0, "\(result.problems)")
    for words in [
      "Cheapest: ", "Greenest: ", "Fastest: ", "What binds", "USD/h", "Replicas with",
    ] {
      #expect(result.out.contains(words), "\(words)")
    }
    #expect(result.out.contains("h100-sxm x 1: llama-3.3-70b does not fit"))
    #expect(result.out.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(result.out)")
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("Cost and carbon") && html.contains("</html>"))
  }

  @Test func `grids, prices and seeds move the answer`() throws {
    let answer = try Self.json(Self.question + ["--price", "h100=1,h200=9,b200=9"])
    let plans = try #require(answer["plans"] as? [[String: Any]])
    #expect((answer["cheapest"] as? String)?.hasPrefix("h100-sxm") == true)
    let cheapest = try #require(plans.first)
    let cost = try #require(cheapest["cost_per_hour"] as? [String: Double])
    let accelerators = try #require(cheapest["accelerators"] as? Double)
    #expect(abs((cost["low"] ?? 0) - accelerators) < 1e-6)
    let france = try Self.json(
      Self.question + ["--price", "h100=1,h200=9,b200=9", "--set", "impact.grid=FRA"])
    func carbon(_ answer: [String: Any]) -> Double? {
      (answer["plans"] as? [[String: Any]])?.first { $0["name"] as? String == "h100-sxm x 2" }
        .flatMap { $0["carbon_per_request_gco2e"] as? Double }
    }
    let (german, french) = try (#require(carbon(answer)), #require(carbon(france)))
    #expect(french < german / 2)
  }

  @Test func `how a trace was read is said once, as it is by simulate`() throws {
    let scratch = try Scratch()
    let rows = (0..<300).map { "\(Double($0) / 10),\(100 + $0 % 50),20" }
    _ = try scratch.file(
      "t.csv", "created_at,prompt_tokens,completion_tokens\n" + rows.joined(separator: "\n") + "\n")
    let scenario = try scratch.file(
      "s.yaml",
      """
      workload: {trace: {path: t.csv}}
      fleet: {model: llama-3.1-8b, accelerator: h100-sxm}
      slo: {ttft: {p95: 2 s}}
      impact: {price: catalogue}
      """)
    let said = try Program.run(["simulate", scenario]).problems
    #expect(said.contains("t.csv"))
    let answer = try Program.run(
      ["recommend", scenario, "--accelerators", "h100,l40s", "--tensor-parallel", "1"])
    #expect(answer.code == 0 && answer.problems == said)
    let sweep = try scratch.file(
      "w.yaml", "scenario: s.yaml\naxes: {fleet.replicas: [1, 2, 3]}\n")
    let first = try Program.run(["sweep", sweep], in: scratch.path)
    #expect(first.code == 0 && first.problems == said)
    // Nothing is read for runs that are known.
    #expect(try Program.run(["sweep", sweep], in: scratch.path).problems == "")
  }

  @Test func `mistakes in questions`() throws {
    let nothing = try Program.run(["recommend"])
    #expect(nothing.code == 64)
    let noObjective = try Program.run(["recommend", "--model", "llama-3.1-8b", "--rate", "1/s"])
    #expect(noObjective.code == 65)
    #expect(noObjective.problems.contains("no objective"))
    let unknown = try Program.run(
      ["recommend", "--model", "llama-9", "--rate", "1/s", "--ttft-p95", "1s"])
    #expect(unknown.code == 65)
    #expect(unknown.problems.contains("no model \"llama-9\" in the catalogue"))
    let unit = try Program.run(
      ["recommend", "--model", "llama-3.1-8b", "--rate", "1", "--ttft-p95", "1s"])
    #expect(unit.code == 65)
    #expect(unit.problems.contains("workload.synthetic.arrivals.rate"))
    let accelerator = try Program.run(
      [
        "recommend", "--model", "llama-3.1-8b", "--rate", "1/s", "--ttft-p95", "1s",
        "--accelerators", "h900",
      ])
    #expect(accelerator.code == 65)
    #expect(accelerator.problems.contains("no accelerator \"h900\" in the catalogue"))
  }
}
