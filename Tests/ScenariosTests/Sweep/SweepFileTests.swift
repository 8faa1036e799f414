import ServingSim
import ServingTestSupport
import Testing

@testable import Scenarios

/// Sweep files: what their axes come to, and what is wrong with them.
struct SweepFileTests {
  private static let scenario = """
    scenario:
      workload: {synthetic: {requests: 10, arrivals: {rate: 2 /s}, prompt_tokens: 100, output_tokens: 10}}
      fleet: {model: llama-3.1-8b, accelerator: h100-sxm}

    """

  private func sweep(_ text: String, set overrides: [String] = []) throws -> Sweep {
    try withFiles(["s.yaml": Array((Self.scenario + text).utf8)]) { folder in
      try SweepFile.read("\(folder)/s.yaml", overrides: overrides)
    }
  }

  private func labels(_ text: String) throws -> [[String]] {
    let sweep = try sweep(text)
    return sweep.points.map(sweep.labels)
  }

  private func problems(_ text: String) throws -> [String] {
    do {
      _ = try sweep(text)
      return []
    } catch let error as ScenarioIssues {
      return error.issues.map { issue in
        guard case .line(_, let line) = issue.origin else { return issue.description }
        return "\(line): \(issue.path): \(issue.message)"
      }
    }
  }

  @Test func `axes multiply, the last one fastest`() throws {
    let found = try labels(
      """
      axes:
        fleet.replicas: [1, 2]
        fleet.accelerator: [h100-sxm, h200-sxm]
      """)
    #expect(
      found == [["1", "h100-sxm"], ["1", "h200-sxm"], ["2", "h100-sxm"], ["2", "h200-sxm"]])
  }

  @Test func `fields in one mapping change together, and names stand for settings`() throws {
    let text = """
      axes:
        - {fleet.replicas: [4, 2], fleet.engine.tensor_parallel_size: [1, 2]}
        - load:
            low: {workload.synthetic.arrivals.rate: 1 /s}
            high: {workload.synthetic.arrivals.rate: 9 /s, workload.synthetic.requests: 20}
      """
    let sweep = try sweep(text)
    #expect(sweep.columns == ["fleet.replicas", "fleet.engine.tensor_parallel_size", "load"])
    #expect(
      sweep.points.map(sweep.labels) == [
        ["4", "1", "low"], ["4", "1", "high"], ["2", "2", "low"], ["2", "2", "high"],
      ])
    let plan = try sweep.template.load(sweep.overrides(of: Array(sweep.points)[3])).plan
    #expect(plan.replicas.count == 2)
    #expect(plan.replicas[0].acceleratorCount == 2)
    #expect(plan.workload.count == 20)
  }

  @Test(arguments: [
    ("{from: 1, to: 9, step: 4}", ["1", "5", "9"]),
    ("{from: 1, to: 8, step: 3}", ["1", "4", "7"]),
    ("{from: 0.1, to: 0.3, step: 0.1}", ["0.1", "0.2", "0.3"]),
    ("{from: 1 /s, to: 100 /s, count: 3, scale: log}", ["1 /s", "10 /s", "100 /s"]),
    ("{from: 1, to: 8, count: 4, scale: log}", ["1", "2", "4", "8"]),
    ("{from: 1, to: 3, count: 9, scale: log}", ["1", "2", "3"]),
    ("{from: 0.5 /s, to: 1 /s, count: 3}", ["0.5 /s", "0.75 /s", "1 /s"]),
  ])
  func `ranges`(range: String, values: [String]) throws {
    let issues = IssueList()
    let node = try YAMLReader.read(range) { .line(file: "s", $0) }
    let found = SweepRange(node, path: "axes.x", issues: issues)
    #expect(issues.issues.isEmpty)
    #expect(found?.values.map(\.label) == values)
  }

  @Test func `exclusions hold all their columns, and numbers are numbers`() throws {
    let found = try labels(
      """
      axes:
        fleet.replicas: [1, 2]
        fleet.engine.tensor_parallel_size: [1, 2, 4]
      exclude:
        - {fleet.replicas: 1.0, fleet.engine.tensor_parallel_size: [1, 2]}
      """)
    #expect(found == [["1", "4"], ["2", "1"], ["2", "2"], ["2", "4"]])
  }

  @Test func `seeds follow the scenario's own, or are listed`() throws {
    #expect(try sweep("axes: {fleet.replicas: [1]}").seeds == [1])
    #expect(try sweep("seeds: 3", set: ["seed=7"]).seeds == [7, 8, 9])
    #expect(try sweep("seeds: [4, 2]").seeds == [4, 2])
  }

  @Test func `all that is wrong is told at once, with its line`() throws {
    let found = try problems(
      """
      seeds: 0
      axes:
        - fleet.replicas: []
        - {fleet.accelerator: [h100-sxm, h200-sxm], fleet.engine.max_num_seqs: [1]}
        - seed: [1, 2]
        - fleet.engine.block_size: {from: 16, to: 8, step: 1}
        - fleet..x: [1]
      exclude:
        - {fleet.replica: 1}
      fleet: {}
      """)
    #expect(found.count == 8, "\(found)")
    let expected = [
      "4: seeds: found \"0\"; expected a number of seeds from 1 to 1000, or a list of seeds",
      "6: axes.0: found a list of 0; expected a list of values, like [1, 2, 4], or a range, like "
        + "{from: 1, to: 9, step: 2}",
      "7: axes.1: fields that change together need as many values each; fleet.accelerator has 2, "
        + "fleet.engine.max_num_seqs has 1",
      "8: axes.2: seeds are stated by the sweep's seeds, not by an axis",
      "9: axes.3: found from 16 to 8; expected from below to",
      "10: axes.4: found \"fleet..x\"; expected a field like fleet.replicas",
      "13: fleet: unknown field of a sweep; a scenario in place stands below scenario",
    ]
    for line in expected { #expect(found.contains(line), "\(line)\nin \(found)") }
    #expect(found.contains { $0.hasPrefix("12: exclude.0.fleet.replica: no axis") })
  }

  @Test func `values that no scenario takes are told where they stand`() throws {
    let found = try problems(
      """
      axes:
        fleet.engine.max_num_seq: [1, 2]
        fleet.replicas: [1, two]
        workload.synthetic.arrivals.rate: [1 /s, 2]
      """)
    #expect(found.count == 3, "\(found)")
    #expect(found.contains { $0.hasPrefix("5: fleet.engine.max_num_seq: unknown field") })
    #expect(found.contains { $0.hasPrefix("6: fleet.replicas: found \"two\"") })
    #expect(found.contains { $0.hasPrefix("7: workload.synthetic.arrivals.rate: found \"2\"") })
  }

  @Test func `a product beyond all sweeps is refused`() throws {
    let found = try problems(
      """
      axes:
        fleet.replicas: {from: 1, to: 2000, step: 1}
        fleet.engine.max_num_seqs: {from: 1, to: 2000, step: 1}
      """)
    #expect(found == ["5: axes: 4000000 points, excluded ones counted; at most 1000000"])
  }
}
