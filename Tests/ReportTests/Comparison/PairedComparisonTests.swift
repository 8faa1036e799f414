import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct PairedComparisonTests {
  /// Runs of one plan whose requests all take `scale` times as long, one a seed.
  private static func side(
    _ letter: String, scale: Int, change: (inout FinishedRun) -> Void = { _ in }
  ) -> PairedSide {
    let runs = (0..<3).map { seed in
      var run = RunDigestTests.small()
      run.seed = UInt64(seed)
      for index in run.recording.outcomes.indices
      where run.recording.outcomes[index].status == .finished {
        let outcome = run.recording.outcomes[index]
        let arrival = outcome.arrival
        func moved(_ time: SimTime) -> SimTime {
          arrival
            + SimDuration(
              picoseconds: Int64(time.picoseconds - arrival.picoseconds) * Int64(scale)
                + Int64(seed) * 1_000_000_000)
        }
        run.recording.outcomes[index].firstToken = moved(outcome.firstToken)
        run.recording.outcomes[index].finish = moved(outcome.finish)
      }
      change(&run)
      return ReckonedRun(run)
    }
    return PairedSide(letter: letter, name: "run", place: "\(letter).yaml", runs: runs)
  }

  @Test func `a scenario against itself differs in nothing`() {
    let side = Self.side("A", scale: 1)
    let comparison = PairedComparison(side, side)
    #expect(comparison.isSameOutcome && comparison.rows.count > 20)
    for row in comparison.rows {
      #expect(row.difference.difference.mean == 0, "\(row.key)")
      #expect(row.difference.difference.interval == 0...0, "\(row.key)")
      #expect(row.difference.ratio.map { $0.mean == 1 } ?? true, "\(row.key)")
    }
    let text = PairedText.render([side, side], [comparison], said: [])
    #expect(text.contains("Every request fares the same in both, and no figure differs."))
  }

  @Test func `B against A is the opposite of A against B`() throws {
    let (a, b) = (Self.side("A", scale: 1), Self.side("B", scale: 2))
    let (there, back) = (PairedComparison(a, b), PairedComparison(b, a))
    #expect(there.rows.map(\.key) == back.rows.map(\.key))
    for (one, other) in zip(there.rows, back.rows) {
      #expect(one.difference.difference.mean == -other.difference.difference.mean)
      guard let ratio = one.difference.ratio, let inverse = other.difference.ratio else { continue }
      #expect(abs(ratio.mean * inverse.mean - 1) < 1e-12, "\(one.key)")
    }
    #expect(try #require(there.row("e2e_mean_s")).difference.isSure)
  }

  @Test func `figures are those of the runs, seed by seed`() throws {
    let (a, b) = (Self.side("A", scale: 1), Self.side("B", scale: 3))
    let row = try #require(PairedComparison(a, b).row("ttft_p95_s"))
    #expect(row.values.a == a.runs.compactMap { $0.metrics.latency.timeToFirstToken?.p95 })
    #expect(row.values.b == b.runs.compactMap { $0.metrics.latency.timeToFirstToken?.p95 })
    #expect(row.values.a.count == 3)
  }

  @Test func `the parts explain all of the difference`() throws {
    let comparison = PairedComparison(Self.side("A", scale: 1), Self.side("B", scale: 2))
    func mean(_ key: String) throws -> Double {
      try #require(comparison.row(key)).difference.difference.mean
    }
    let parts = try ["queueing_mean_s", "prefill_mean_s", "decode_mean_s"].map { try mean($0) }
    #expect(abs(parts[0] + parts[1] - (try mean("ttft_mean_s"))) < 1e-9)
    #expect(abs(parts.reduce(0, +) - (try mean("e2e_mean_s"))) < 1e-9)
  }

  @Test func `a seed on the other side of the limit leaves the verdict open`() throws {
    let p50 = try #require(Percentile("p50"))
    // 200 ms, and a millisecond more with each seed: half of it of the slower of two.
    func verdict(_ limit: Int) throws -> JudgedObjective {
      let side = Self.side("A", scale: 1) {
        $0.objectives.ofRun = [
          RunObjective(.latency(.timeToFirstToken, p50, atMost: .millisecond * limit))
        ]
      }
      return try #require(side.verdicts.last)
    }
    #expect(try verdict(203).verdict == .met && verdict(199).verdict == .missed)
    let open = try verdict(201)
    #expect(open.verdict == .tooClose && abs((open.value ?? 0) - 0.201) < 1e-12)
    #expect(open.spread == 0.2...0.202 && open.interval == 0.2...0.202)
    #expect(open.requests == 12 && open.unanswered == 3)
  }

  @Test func `a seed that changes nothing is one run`() throws {
    var side = Self.side("A", scale: 1)
    side.runs = [side.runs[0], side.runs[0], side.runs[0]]
    let comparison = PairedComparison(side, side)
    #expect(comparison.isSeedWithoutEffect)
    #expect(comparison.rows.allSatisfy { $0.difference.difference.interval == nil })
  }

  @Test func `lines are no wider than a terminal`() {
    var (a, b) = (Self.side("A", scale: 1), Self.side("B", scale: 7))
    a.name = String(repeating: "long name ", count: 20)
    b.place = String(repeating: "folder/", count: 30)
    let text = PairedText.render([a, b], [PairedComparison(a, b)], said: [])
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("The mean E2E is ") && text.contains(" higher "))
  }
}
