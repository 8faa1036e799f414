import Report
import ServingSim
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct TimelineCSVTests {
  static func text(_ run: (plan: Plan, recording: Recording)) throws -> String {
    var text = ""
    try TimelineCSV.write(FinishedRun(plan: run.plan, recording: run.recording)) {
      text += String(decoding: $0, as: UTF8.self)
    }
    return text
  }

  @Test func `a small run reads as it always has`() throws {
    #expect(
      try Self.text(Fixtures.small()) == """
        time_s,window_s,replica,running,waiting,kv_use,prefix_hit_ratio,preemptions,arrived,\
        finished,busy_share,prompt_tokens_per_s,output_tokens_per_s,mfu,mbu,off_share,dp_rank
        0.000000000,1.000000000,0,1.2,0.5,0.2,0.09142857142857143,0,3,0,0.8,200.0,2.0,0.426,0.9,0.0,
        1.000000000,1.000000000,0,0.3,0.0,0.05,,1,1,2,0.2,0.0,10.0,0.05,0.14,0.0,
        2.000000000,0.500000000,0,0.0,0.0,0.0,,0,0,1,0.0,0.0,0.0,0.0,0.0,0.0,

        """)
  }

  @Test func `without a meter utilisation is empty`() throws {
    var (plan, recording) = Fixtures.small()
    plan.replicas = [Fixtures.replica(meter: nil)]
    #expect(try Self.text((plan, recording)).contains(",200.0,2.0,,,0.0,\n"))
    recording.end = .start
    // A run without time has no stretch of it.
    #expect(try Self.text((plan, recording)).split(separator: "\n").count == 1)
  }

  @Test func `windows weighted by their length give the run's means`() throws {
    let run = Fixtures.small()
    let metrics = Metrics(FinishedRun(plan: run.plan, recording: run.recording))
    let rows = try Self.text(run).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? 0 }
    }
    func mean(_ column: Int) -> Double {
      rows.reduce(0) { $0 + $1[1] * $1[column] } / rows.reduce(0) { $0 + $1[1] }
    }
    let expected = [
      (3, metrics.replicas[0].meanRunning), (4, metrics.replicas[0].meanWaiting),
      (5, metrics.replicas[0].meanCacheUse), (10, metrics.replicas[0].busyShare),
      (13, metrics.replicas[0].modelFLOPsUtilization),
      (14, metrics.replicas[0].modelBandwidthUtilization),
    ]
    for (column, figure) in expected {
      #expect(abs(mean(column) - (figure ?? .nan)) < 1e-12, "column \(column)")
    }
  }

  @Test func `random runs have a row a window and replica`() throws {
    var runs = RandomRuns(seed: 17)
    for _ in 0..<60 {
      let run = runs.next()
      let lines = try Self.text(run).split(separator: "\n")
      // A run that took no time has no windows to tell of.
      let hasTime = run.recording.end > .start
      let windows = run.recording.replicas.reduce(0) { $0 + $1.windows.count }
      #expect(lines.count == (hasTime ? 1 + windows : 1))
      #expect(lines.allSatisfy { $0.count { $0 == "," } == 16 })
    }
  }
}
