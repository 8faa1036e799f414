import ServingSim
import SimKernel
import Testing

import ReportTestSupport

@testable import Report

/// Replicas as a user counts them, beside the engines that data parallelism makes of them.
@Suite(.timeLimit(.minutes(30))) struct EngineNumberTests {
  /// A replica of three ranks between two of one engine, all idle but for one request on rank 1.
  private static func run() -> FinishedRun {
    var parallel = Fixtures.replica(group: "wide")
    parallel.dataParallelSize = 3
    let plan = Fixtures.plan(
      promptTokens: [10],
      replicas: [Fixtures.replica(group: "a")] + Array(repeating: parallel, count: 3)
        + [Fixtures.replica(group: "b")])
    let outcome = Fixtures.finished(
      arrival: 0, scheduled: 0, first: 10, finish: 20, tokens: 2, replica: 2)
    return FinishedRun(
      plan: plan,
      recording: Fixtures.recording(
        [outcome], replicas: (0..<5).map { _ in Fixtures.idle(windows: 1) },
        end: Fixtures.time(20)))
  }

  @Test func `ranks of one replica follow each other, and whole replicas too`() {
    func text(_ ranks: [Int]) -> [String] { EngineNumber.all(ranks: ranks).map(\.text) }
    #expect(text([]) == [])
    #expect(text([1, 1]) == ["0", "1"])
    #expect(text([2, 2, 2, 2]) == ["0 dp0", "0 dp1", "1 dp0", "1 dp1"])
    #expect(text([1, 3, 3, 3, 1]) == ["0", "1 dp0", "1 dp1", "1 dp2", "2"])
  }

  @Test func `a fleet is counted in replicas, and said to have ranks`() {
    func text(_ ranks: [Int]) -> String {
      FleetSize(
        EngineNumber.all(ranks: ranks),
        Fixtures.recording([], replicas: ranks.map { _ in Fixtures.idle() }, end: .start)
      ).text
    }
    #expect(text(Array(repeating: 8, count: 8)) == "1 replica of 8 ranks")
    #expect(text([2, 2, 2, 2]) == "2 replicas of 2 ranks")
    #expect(text([1, 1]) == "2 replicas")
    #expect(text([1, 3, 3, 3, 1, 1]) == "4 replicas with 6 engines")
  }

  @Test func `every renderer names the rank and its replica`() throws {
    let run = Self.run()
    let metrics = Metrics(run)
    let text = TextReport.render(metrics)
    #expect(text.contains("\n1 dp1 wide") && text.contains("\n2 b"))
    #expect(text.contains("\nFleet       3 replicas with 5 engines; dp: "))
    let json = JSONReport.render(metrics)
    #expect(
      json.contains(
        "\"fleet\": {\n    \"replicas\": 3,\n    \"engines\": 5,\n    \"changes\": null,\n    \"nodes\": null\n  }"
      ))
    #expect(json.contains("\"engine\": 2,\n      \"replica\": 1,\n      \"dp_rank\": 1,"))
    #expect(json.contains("\"replica\": 2,\n      \"dp_rank\": null,"))
    let page = HTMLReport.render([RunDigest(run)])
    #expect(page.contains(">1 dp1 wide<") && page.contains("3 replicas with 5 engines"))
    var csv = ""
    try RequestsCSV.write(run) { csv += String(decoding: $0, as: UTF8.self) }
    #expect(csv.contains(",preemptions,dp_rank,retries\n") && csv.contains(",1,finished,"))
    #expect(csv.hasSuffix(",0,1,0\n"))
    csv = ""
    try TimelineCSV.write(run) { csv += String(decoding: $0, as: UTF8.self) }
    let rows = csv.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.map { "\($0[2])/\($0[16])" } == ["0/", "1/0", "1/1", "1/2", "2/"])
  }

  @Test func `a run from its file has the same numbers`() throws {
    let run = Self.run()
    let again = try RecordedFiles(run).read()
    #expect(again.engineNumbers == run.engineNumbers)
  }
}
