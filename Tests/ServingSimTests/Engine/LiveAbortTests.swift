import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Clients of a plan's own requests that go away from outside. Steps take a millisecond each.
@Suite(.timeLimit(.minutes(30))) struct LiveAbortTests {
  private func milliseconds(_ count: Double) -> SimTime { SimTime(seconds: count * 1e-3) }

  private func outcomes(of plan: Plan, leaving time: Double) -> [Outcome] {
    var live = LiveSimulation(plan, capacity: 1, chains: 0)
    live.advance(to: milliseconds(time)) { _, _ in }
    live.abort(0, at: milliseconds(time))
    live.advance(to: .start + .second) { _, _ in }
    return live.plannedOutcomes
  }

  @Test func `who was to come again when it is dropped does not if its client leaves before`() {
    var plan = stepPlan([StepRequest(prompt: 2, output: 9)])
    plan.workload.patience = [SimDuration(picoseconds: 3_500_000_000)]
    plan.retry = RetryPolicy(
      maxAttempts: 2, reasons: [.timedOut], initialBackoff: .millisecond, maxBackoff: .second)
    let outcome = outcomes(of: plan, leaving: 3.7)[0]
    #expect(outcome.status == .aborted && outcome.retries == 0)
    #expect(outcome.finish == milliseconds(4))
  }

  @Test func `a client that leaves when it has its answer changes nothing`() {
    var plan = stepPlan((0..<3).map { _ in StepRequest(prompt: 2, output: 3) })
    plan.workload.arrivals = plan.workload.arrivals.map { _ in .never }
    plan.workload.closedLoop = ClosedLoop(concurrency: 1, thinkTime: .millisecond * 5)
    let outcomes = outcomes(of: plan, leaving: 4)
    #expect(outcomes == Simulation.run(plan).outcomes)
    #expect(outcomes.map(\.arrival) == [0, 8, 16].map { milliseconds($0) })
  }
}
