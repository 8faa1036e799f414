import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Steps take a millisecond.
@Suite(.timeLimit(.minutes(30))) struct StaleViewsTests {
  private func sent(
    _ router: RouterPolicy, _ requests: [StepRequest], interval: SimDuration?, fleet: Int = 3
  ) -> [Int32] {
    replicas(router, requests, fleet: fleet) { $0.routerSettings.refreshInterval = interval }
  }

  @Test func `between two reports all requests go to one replica`() {
    let requests = (0..<12).map { StepRequest(at: Double($0), prompt: 2, output: 90) }
    #expect(
      sent(.leastOutstanding, requests, interval: nil) == [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2])
    #expect(
      sent(.leastOutstanding, requests, interval: .millisecond * 4)
        == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
  }

  @Test func `a report at an instant comes before who arrives then`() {
    let requests = [0, 0, 2, 2, 2].map { StepRequest(at: $0, prompt: 2, output: 90) }
    #expect(
      sent(.leastOutstanding, requests, interval: .millisecond * 2, fleet: 2) == [0, 0, 1, 1, 1])
  }

  @Test func `an idle fleet is known to be idle`() {
    // Between two multiples of the interval, long after the first two have ended.
    let requests = [0, 0, 100.5, 100.5, 104].map { StepRequest(at: $0, prompt: 2, output: 2) }
    #expect(
      sent(.leastOutstanding, requests, interval: .millisecond * 4, fleet: 2) == [0, 0, 0, 0, 0])
  }

  @Test func `who comes from outside is reported of though the next report was far`() {
    // While the first request's step of 100 ms lasted, nothing new was expected.
    let slow = TestStepTime(base: (SimDuration.millisecond * 100).picoseconds)
    var plan = stepPlan([StepRequest(prompt: 2, output: 2)], stepReplica(stepTime: slow))
    plan.replicas.append(stepReplica())
    plan.router = .leastOutstanding
    plan.routerSettings.refreshInterval = .millisecond * 10
    var live = LiveSimulation(plan, capacity: 1, chains: 0)
    var chosen: [Int32] = []
    func advance(to milliseconds: Double) -> SimTime {
      let time = SimTime(seconds: milliseconds * 1e-3)
      live.advance(to: time) { event, outcome in
        if event.kind == .ended { chosen.append(outcome.replica) }
      }
      return time
    }
    for time in [12.0, 25] {
      let time = advance(to: time)
      _ = live.submit(LiveArrival(promptTokens: 2, outputTokens: 10), at: time)
    }
    _ = advance(to: 3000)
    // The second ended at 22, which nobody has heard at 25: at 20 both replicas had one.
    #expect(chosen == [1, 0, 0])
  }

  @Test func `what a router counts itself is fresh`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 90), count: 12)
    for router in [RouterPolicy.consistentHashing, .roundRobin, .weightedRoundRobin] {
      #expect(
        sent(router, requests, interval: .second) == sent(router, requests, interval: nil))
    }
  }
}
