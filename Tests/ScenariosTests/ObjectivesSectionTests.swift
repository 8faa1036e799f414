import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

/// `slo`, from its text to the plan.
struct ObjectivesSectionTests {
  private static func percentile(_ name: String) throws -> Percentile {
    try #require(Percentile(name))
  }

  @Test func `a time by itself is the limit of each request, as it always was`() throws {
    let plan = try plan(small() + "slo: {ttft: 1 s, tpot: 50 ms}\n")
    #expect(plan.objectives.timeToFirstToken == .second)
    #expect(plan.objectives.timePerOutputToken == .millisecond * 50)
    #expect(plan.objectives.ofRun.isEmpty && plan.isJudged)
    #expect(plan.line("slo.ttft") == "1 s (s.yaml:10)")
    #expect(plan.line("slo.goodput") == "99 % (default)")
  }

  @Test func `percentiles, a share, and ceilings are objectives of the run`() throws {
    let plan = try plan(
      small() + """
        slo:
          ttft: {each: 1 s, p95: 500 ms, p999: 2 s}
          itl: {p75: 30 ms}
          goodput: 99.5 %
          cost: {per_million_output_tokens: 2.5, per_hour: 20}
          carbon: {per_request: 300 g}
        impact: {grid: DEU, price: 2}
        """)
    #expect(plan.objectives.timeToFirstToken == .second && plan.objectives.endToEnd == nil)
    #expect(
      plan.objectives.ofRun == [
        RunObjective(
          .latency(.timeToFirstToken, try Self.percentile("p95"), atMost: .millisecond * 500)),
        RunObjective(.latency(.timeToFirstToken, try Self.percentile("p999"), atMost: .second * 2)),
        RunObjective(.latency(.interToken, try Self.percentile("p75"), atMost: .millisecond * 30)),
        RunObjective(.goodput(atLeast: 0.995)),
        RunObjective(.cost(.millionOutputTokens, atMost: 2.5)),
        RunObjective(.cost(.hour, atMost: 20)),
        RunObjective(.carbon(.request, atMost: 300)),
      ])
    #expect(plan.line("slo.ttft.p999") == "2 s (s.yaml:11)")
    #expect(plan.line("slo.ttft.each") == "1 s (s.yaml:11)")
    #expect(plan.line("slo.goodput") == "99.5 % (s.yaml:13)")
    let set = try ScenariosTests.plan(small(), set: ["slo.tpot.p90=40 ms"])
    #expect(set.objectives.ofRun.count == 1)
  }

  @Test(arguments: [("p95", 0.95), ("p05", 0.05), ("p999", 0.999), ("p99999", 0.99999)])
  func `percentiles are named by their decimals`(name: String, share: Double) {
    #expect(Percentile(name)?.share == share)
  }

  @Test(arguments: ["p5", "p00", "p100", "p990", "p505", "95", "p9.5", "p", "p999999", "P95"])
  func `there is one name for each`(name: String) {
    #expect(Percentile(name) == nil)
  }

  @Test(
    arguments: [
      ("p99.9", "p999"), ("P95", "p95"), ("99", "p99"), ("p5", "p05"), ("p99.0", "p99"),
      ("p100", nil), ("p0", nil), ("max", nil), ("p99.5", "p995"), ("p12.5", nil), ("p9..9", nil),
    ] as [(String, String?)])
  func `other spellings are understood to be suggested`(text: String, name: String?) {
    #expect(Percentile.meant(by: text)?.name == name)
  }

  @Test func `every mistake is told at once, with its line and what is allowed`() {
    let found = problems(
      small() + """
        slo:
          ttft: {p95: 300, p99.9: 2 s, max: 3 s}
          itl: 20 ms
          tpot: {}
          e2e: 30
          goodput: 99
          cost: {per_hour: 20 USD, per_token: 3}
          carbon: {per_request: 3}
          classes:
            - {name: a, itl: {p99: 400 ms}, cost: 3}
            - {ttft: 3 s}
            - {name: a, goodput: 90 %}
          tenants: {name: chat}
        """)
    let expected = [
      "s.yaml:11: slo.ttft.p95: found \"300\"; expected a time with its unit",
      "s.yaml:11: slo.ttft.p99.9: found \"p99.9\"; expected a percentile: p01 to p99, or more "
        + "decimals like p999 for 99.9 %; did you mean p999?",
      "s.yaml:11: slo.ttft.max: found \"max\"; expected a percentile",
      "s.yaml:12: slo.itl: found \"20 ms\"; expected a mapping like {p95: 500 ms, p99: 2 s}",
      "s.yaml:13: slo.tpot: states nothing; expected a mapping like {p95: 500 ms",
      "s.yaml:14: slo.e2e: found \"30\"; expected a time with its unit",
      "s.yaml:15: slo.goodput: found \"99\"; expected a share above 0 up to 100 %, like 99 % or "
        + "0.99; did you mean \"99 %\"?",
      "s.yaml:16: slo.cost.per_hour: found \"20 USD\"; expected an amount above 0",
      "s.yaml:16: slo.cost.per_token: unknown field; known here: per_request",
      "s.yaml:17: slo.carbon.per_request: found \"3\"; expected a mass with its unit",
      "s.yaml:19: slo.classes.0.itl: gaps between tokens are recorded for the run as a whole",
      "s.yaml:19: slo.classes.0.cost: judged for the run as a whole; expected slo.cost",
      "s.yaml:19: slo.classes.0: no objective; expected ttft, tpot, e2e or goodput",
      "s.yaml:20: slo.classes.1.name: missing; expected the name of a class",
      "s.yaml:20: slo.classes.1.ttft: found \"3 s\"; expected a mapping like",
      "s.yaml:21: slo.classes.2.name: a second entry for \"a\"",
      "s.yaml:22: slo.tenants: found a mapping; expected a list of mappings",
    ]
    for line in expected { #expect(found.contains { $0.hasPrefix(line) }, "\(line)") }
    #expect(found.count == expected.count, "\(found.joined(separator: "\n"))")
  }

  @Test func `what cannot be judged is refused`() {
    let found = problems(
      small() + """
        slo:
          goodput: 99 %
          cost: {per_hour: 20}
          carbon: {per_request: 3 g}
          classes: [{name: critical, ttft: {p99: 400 ms}}]
        """)
    #expect(
      found == [
        "s.yaml:11: slo.goodput: requests have no limits to meet; expected one beside it, like "
          + "slo.ttft: 1 s or slo.ttft: {each: 1 s}, or a trace that states them",
        "s.yaml:12: slo.cost.per_hour: needs what accelerators cost; expected impact.price or "
          + "impact.ownership",
        "s.yaml:13: slo.carbon.per_request: needs the carbon of the electricity; expected "
          + "impact.grid",
        "s.yaml:14: slo.classes.0.name: found \"critical\"; requests of this workload have no class",
      ])
  }

  @Test func `a group that no request is of is told with those that there are`() throws {
    let folder = "\(repository)/Examples/traces/tenants-and-documents"
    func text(_ name: String) -> String {
      """
      workload: {trace: {path: \(folder)}}
      fleet: {model: llama-3.1-8b, accelerator: l40s, engine: {max_model_len: 8192}}
      slo:
        classes: [{name: \(name), ttft: {p99: 400 ms}}]
      """
    }
    let found = problems(text("critcal"))
    #expect(
      found == [
        "s.yaml:4: slo.classes.0.name: found \"critcal\"; expected one of batch, critical; did you "
          + "mean \"critical\"?"
      ])
    let loaded = try plan(text("critical"))
    #expect(
      loaded.objectives.ofRun.map(\.group) == [.init(label: .serviceClass, name: "critical")])
    #expect(loaded.line("slo.classes.0.ttft.p99") == "400 ms (s.yaml:4)")
  }
}
