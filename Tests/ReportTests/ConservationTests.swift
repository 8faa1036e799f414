import Impact
import Report
import ReportTestSupport
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// The files of a run tell one story.
@Suite(.timeLimit(.minutes(30))) struct ConservationTests {
  static let impact = ImpactPlan(
    power: [.fitted, .curve(PowerCurve(.linear))],
    grid: Sourced(StepSeries(constant: 380), source: "a test"),
    embodied: EmbodiedPlan(lifetimeYears: 4, accelerator: nil, host: nil),
    price: .rent(Sourced(Interval(2, 3), source: "a test")), currency: "EUR",
    functionalUnit: .request)

  private func breaches(_ plan: Plan, until stop: Int = .max) throws -> [String] {
    var plan = plan
    for number in plan.replicas.indices {
      plan.replicas[number].meter = Fixtures.meter
      plan.replicas[number].accelerator = Accelerators.named("h100-sxm")
    }
    for number in plan.scaling.indices { plan.scaling[number].replica = plan.replicas[0] }
    var turns = 0
    let recording = Simulation.run(plan) { _ in
      turns += 1
      return turns < stop
    }
    let run = FinishedRun(plan: plan, recording: recording)
    return try Conservation(run, bill: Bill(run, plan: Self.impact)).breaches
  }

  @Test(arguments: 0..<8)
  func `the files of random runs agree`(part: Int) throws {
    for seed in plans(60).map({ UInt64(part * 60 + $0) }) {
      let plain = try breaches(randomPlan(seed: seed))
      let off = try breaches(randomPlanWithPowerDown(seed: seed))
      let held = try breaches(randomPlanWithShift(seed: seed))
      let scaled = try breaches(randomPlanWithScaling(seed: seed))
      let tiered = randomPlanOfOffloading(seed: seed)
      // A prompt that is lost with both its replicas before it is handed over is in no file.
      if tiered.pools.allSatisfy({ $0.prefill == nil }) {
        #expect(try breaches(tiered).isEmpty, "seed \(seed), KV tiers")
      }
      #expect(scaled.isEmpty, "seed \(seed), scaling")
      #expect(plain.isEmpty, "seed \(seed)")
      #expect(off.isEmpty, "seed \(seed), power down")
      #expect(held.isEmpty, "seed \(seed), shift")
    }
  }

  @Test func `the files of runs over years agree`() throws {
    for seed in 0..<60 as Range<UInt64> {
      #expect(try breaches(randomPlanOverYears(seed: seed)) == [], "seed \(seed)")
    }
  }

  /// Requests at these seconds, of so many prompt tokens; one replica takes prompts up to 999.
  private func plan(
    _ arrivals: [(seconds: Int, prompt: Int32)], frontends: [Int] = [0]
  ) -> Plan {
    var plan = Fixtures.plan(
      promptTokens: arrivals.map(\.prompt),
      replicas: frontends.map { milliseconds in
        var replica = Fixtures.replica()
        replica.frontendLatency = .millisecond * milliseconds
        return replica
      })
    plan.workload.arrivals = arrivals.map { .start + SimDuration.second * $0.seconds }
    return plan
  }

  @Test func `a refused request after the last served one ends the run`() throws {
    let plan = plan([(0, 10), (377, 5000)])
    let recording = Simulation.run(plan)
    #expect(recording.end == .start + SimDuration.second * 377)
    let windows = recording.windowLengths
    #expect(windows.count == 377 && windows.reduce(0, +) == recording.end.picoseconds)
    #expect(try breaches(plan) == [])
  }

  @Test func `requests weeks apart have as many windows as others`() throws {
    let plan = plan([(0, 10), (50 * 86_400, 5000)])
    #expect(Simulation.run(plan).windowLengths.count <= 512)
    #expect(try breaches(plan) == [])
  }

  @Test func `the run ends when its last client has its answer`() throws {
    // The last request goes to the replica with the shorter way.
    let plan = plan([(0, 10), (60, 10), (120, 10), (180, 10)], frontends: [40, 900, 3])
    let recording = Simulation.run(plan)
    let last = recording.outcomes.map(\.finish).max()
    #expect(recording.end == last && last == recording.outcomes[3].finish)
    // A millisecond a step, and 40 ms to the client.
    #expect(recording.end == .start + SimDuration.second * 180 + SimDuration.millisecond * 41)
    #expect(try breaches(plan) == [])
  }

  @Test func `what happens at the very end is in the last window`() throws {
    // Ends after 64 s to the picosecond: 512 windows of 125 ms.
    let plan = plan([(0, 10), (64, 5000)])
    let recording = Simulation.run(plan)
    #expect(recording.windowLengths.count == 512)
    #expect(try breaches(plan) == [])
  }
}
