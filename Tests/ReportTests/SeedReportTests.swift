import ServingModel
import ServingSim
import SimKernel
import TextAndBytes
import Testing

@testable import Report

/// One scenario over several seeds.
@Suite(.timeLimit(.minutes(30))) struct SeedReportTests {
  /// Runs whose answers come a millisecond later with each seed.
  private static func runs(
    _ count: Int, later: Int64 = 1_000_000_000, change: (inout FinishedRun) -> Void = { _ in }
  ) -> [ReckonedRun] {
    (0..<count).map { seed in
      var run = RunDigestTests.small()
      run.seed = UInt64(seed)
      for index in run.recording.outcomes.indices
      where run.recording.outcomes[index].status == .finished {
        let delay = SimDuration(picoseconds: Int64(seed) * later)
        run.recording.outcomes[index].firstToken = run.recording.outcomes[index].firstToken + delay
        run.recording.outcomes[index].finish = run.recording.outcomes[index].finish + delay
      }
      change(&run)
      return ReckonedRun(run)
    }
  }

  @Test func `means, intervals and ends are those of the runs`() throws {
    let runs = Self.runs(3)
    let report = SeedReport(name: "small", runs: runs)
    #expect(report.seeds == [0, 1, 2])
    let row = try #require(report.rows.first { $0.figure.key == "ttft_mean_s" })
    let values = runs.compactMap { $0.metrics.latency.timeToFirstToken?.mean }
    #expect(row.values == values && values.count == 3)
    #expect(abs(row.estimate.mean - values[1]) < 1e-9)
    // A millisecond apart, so that is their deviation.
    let half = 2.92 * 1e-3 / 3.0.squareRoot()
    let interval = try #require(row.estimate.interval)
    #expect(abs(interval.upperBound - values[1] - half) < 1e-7)
    #expect(abs(values[1] - interval.lowerBound - half) < 1e-7)
    let json = try #require(JSON(text: SeedJSON.render(report))?["figures"]?["ttft_mean_s"])
    #expect(json["least"]?.double == values[0] && json["most"]?.double == values[2])
    #expect(json["low"]?.double == interval.lowerBound)
  }

  @Test func `a seed that changes nothing is told, and has no interval`() {
    let report = SeedReport(name: "small", runs: Self.runs(3, later: 0))
    #expect(report.isSeedWithoutEffect)
    #expect(report.rows.allSatisfy { $0.values.count == 1 && $0.estimate.interval == nil })
    #expect(SeedText.render(report).contains("The seed changes nothing here"))
  }

  @Test func `a seed on the other side of the limit leaves the verdict open`() throws {
    let p50 = try #require(Percentile("p50"))
    // 200 ms, and a millisecond more with each seed: half of it of the slower of two.
    func verdict(_ limit: Int) throws -> ObjectiveVerdict {
      let runs = Self.runs(3) {
        $0.objectives.ofRun = [
          RunObjective(.latency(.timeToFirstToken, p50, atMost: .millisecond * limit))
        ]
      }
      return try #require(SeedReport(name: "small", runs: runs).verdicts.last).verdict
    }
    #expect(try verdict(203) == .met && verdict(201) == .tooClose && verdict(199) == .missed)
  }

  @Test func `the text is at most 80 columns wide`() {
    let text = SeedText.render(SeedReport(name: "small", runs: Self.runs(4)))
    #expect(text.hasPrefix("small\n") && text.contains("\n4 seeds: 0 to 3.\n"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
  }
}
