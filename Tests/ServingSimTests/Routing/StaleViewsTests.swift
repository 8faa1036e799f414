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

  @Test func `what a router counts itself is fresh`() {
    let requests = [StepRequest](repeating: StepRequest(prompt: 2, output: 90), count: 12)
    for router in [RouterPolicy.consistentHashing, .roundRobin, .weightedRoundRobin] {
      #expect(
        sent(router, requests, interval: .second) == sent(router, requests, interval: nil))
    }
  }
}
