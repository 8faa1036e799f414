import ReportTestSupport
import ServingModel
import ServingPolicies
import ServingSim
import SimKernel
import Testing

@testable import Report

/// Fleets that a few percent bring over what they can do.
struct NearLimitTests {
  /// One request at a time, each of which takes ten steps of 10 ms, so that ten a second are the most.
  /// The error to expect of a step is `error`.
  private func plan(every gap: Int, error: Double?, requests: Int = 400) -> Plan {
    var coefficients = LinearStepTime.Coefficients()
    coefficients.base = .millisecond * 10
    var replica = Fixtures.replica()
    replica.maxNumSeqs = 1
    replica.stepTime = LinearStepTime(coefficients)
    replica.calibration = CalibrationStanding(
      profile: "p", status: .measured,
      errors: error.map { [ExpectedError(.measured, .tpot, median: $0, ninetieth: 2 * $0)] } ?? [])
    var plan = Fixtures.plan(
      promptTokens: [Int32](repeating: 10, count: requests), replicas: [replica])
    plan.workload.outputTokens = [Int32](repeating: 10, count: requests)
    plan.workload.arrivals = (0..<requests).map { .start + SimDuration.millisecond * (gap * $0) }
    return plan
  }

  private func metrics(_ plan: Plan) -> Metrics {
    var run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    run.slower = SlowerRun(plan)
    return Metrics(run)
  }

  @Test func `a queue that steps within their error would make is told`() throws {
    let metrics = metrics(plan(every: 105, error: 0.1))
    let slower = try #require(metrics.slower)
    #expect(abs(slower.share - 1 / 9) < 1e-12)
    // 400 requests come in 42 s and would take 44.4 s.
    let ttft = try #require(slower.latencies[.timeToFirstToken])
    #expect(abs(ttft.mean - (2.44 / 2)) < 0.05)
    #expect(ttft.p99 > ttft.p50 && ttft.p50 > 1)
    #expect(metrics.latency.timeToFirstToken?.mean == 0.01)
    let text = TextReport.render(metrics)
    #expect(text.contains("Near its limit: were all steps 11.1 % longer, as they well may be,"))
    #expect(JSONReport.render(metrics).contains("\"is_near_limit\": true"))
  }

  @Test func `room to spare, or steps that are known, are none`() {
    for plan in [plan(every: 200, error: 0.1), plan(every: 105, error: 0.02)] {
      let metrics = metrics(plan)
      #expect(metrics.slower != nil)
      #expect(!TextReport.render(metrics).contains("Near its limit"))
      #expect(JSONReport.render(metrics).contains("\"is_near_limit\": false"))
    }
  }

  @Test func `a fleet that does not keep up is past its limit`() {
    let metrics = metrics(plan(every: 90, error: 0.1))
    let text = TextReport.render(metrics)
    #expect(text.contains("Queues grew") && !text.contains("Near its limit"))
  }

  @Test func `replicas that share tables share them when they are slower`() {
    var plan = plan(every: 105, error: 0.1)
    plan.replicas = Array(repeating: plan.replicas[0], count: 3)
    let slowed = plan.slowed(by: 2).replicas
    #expect(slowed.allSatisfy { $0.tables === slowed[0].tables })
    #expect(slowed[0].tables !== plan.replicas[0].tables)
  }

  @Test func `a second fleet of very many replicas is not run`() {
    var plan = plan(every: 105, error: 0.1, requests: 1)
    plan.replicas = Array(repeating: plan.replicas[0], count: SlowerRun.mostReplicas + 1)
    #expect(SlowerRun(plan) == nil)
    plan.replicas.removeLast()
    #expect(SlowerRun(plan) != nil)
  }

  @Test func `nothing is tried where no error is known`() {
    #expect(metrics(plan(every: 105, error: nil)).slower == nil)
  }
}
