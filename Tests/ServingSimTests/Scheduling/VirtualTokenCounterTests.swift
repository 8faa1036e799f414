import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct VirtualTokenCounterTests {
  /// The numbers of the requests of these tenants in the order in which an engine with one seat, whose
  /// steps take a millisecond, serves them.
  private func order(
    _ requests: [(tenant: Int32, request: StepRequest)],
    _ weights: ServiceWeights = VirtualTokenCounter.usualWeights
  ) -> [Int] {
    let outcomes = Simulation.run(plan(requests, VirtualTokenCounter(weights))).outcomes
    return outcomes.indices.sorted { outcomes[$0].firstScheduled < outcomes[$1].firstScheduled }
  }

  private func plan(
    _ requests: [(tenant: Int32, request: StepRequest)], _ policy: any BatchPolicy, seats: Int = 1
  ) -> Plan {
    var plan = stepPlan(
      requests.map(\.request), stepReplica(seats: seats, blocks: 1024, scheduler: policy))
    plan.workload.traits[.tenant] = RequestLabels(
      names: ["a", "b", "c"], ofRequest: requests.map(\.tenant))
    return plan
  }

  @Test func `who has had less is first`() {
    let request = StepRequest(prompt: 2, output: 2)
    #expect(order([(0, request), (0, request), (0, request), (1, request)]) == [0, 3, 1, 2])
  }

  /// Tenant 0 has had 4 tokens when it asks again, and tenant 1 has just got its fourth, amid an answer of
  /// ten, when tenant 2 comes: that one counts from 4, too, and is after the one that came before.
  @Test func `a step that ends as somebody comes counts`() {
    func one(at time: Double = 0, output: Int32 = 1) -> StepRequest {
      StepRequest(at: time, prompt: 1, output: output)
    }
    let requests: [(tenant: Int32, request: StepRequest)] = [
      (0, one(output: 4)), (1, one(output: 10)), (1, one()), (0, one(at: 5.5)), (2, one(at: 8)),
    ]
    #expect(order(requests, ServiceWeights(input: 0, output: 1)) == [0, 1, 3, 4, 2])
  }

  @Test func `requests without a tenant are one`() {
    let request = StepRequest(prompt: 2, output: 2)
    #expect(order([(-1, request), (-1, request), (1, request)]) == [0, 2, 1])
  }

  /// The second has asked for nothing while the first got 14, and gets no more than half from then on.
  @Test func `who comes back is not owed what others got meanwhile`() {
    let early = StepRequest(prompt: 2, output: 2)
    let late = StepRequest(at: 4.5, prompt: 2, output: 2)
    let requests =
      (0..<5).map { _ in (tenant: Int32(0), request: early) }
      + (0..<3).map { _ in (tenant: Int32(1), request: late) }
    let order = order(requests)
    #expect(order == [0, 1, 2, 5, 3, 6, 4, 7])
  }

  /// Nobody waits when the second comes, and the first has had a prompt of 2 and three tokens by then,
  /// amid steps that are simulated as one: 8, and 22 when its answer is there. The second gets 4 a
  /// request.
  @Test func `the last to wait is who counts when nobody waits`() {
    let long = StepRequest(prompt: 2, output: 10)
    let short = StepRequest(at: 3.5, prompt: 2, output: 1)
    let last = StepRequest(at: 3.6, prompt: 2, output: 1)
    var requests: [(tenant: Int32, request: StepRequest)] = [(0, long)]
    for _ in 0..<6 { requests.append((1, short)) }
    requests.append((0, last))
    #expect(order(requests) == [0, 1, 2, 3, 4, 7, 5, 6])
  }

  @Test func `tokens count as they are weighed`() {
    let long = StepRequest(prompt: 20, output: 1)
    let talkative = StepRequest(prompt: 1, output: 8)
    let requests: [(tenant: Int32, request: StepRequest)] = [
      (0, long), (0, long), (1, talkative), (1, talkative), (1, talkative),
    ]
    #expect(order(requests, ServiceWeights(input: 1, output: 0)) == [0, 2, 3, 4, 1])
    #expect(order(requests, ServiceWeights(input: 0, output: 1)) == [0, 2, 1, 3, 4])
  }

  /// The paper's theorem 4.4: of two tenants who always have somebody waiting, neither has had more than
  /// twice the most that a prompt or a batch counts for. Here answers that have begun are counted as
  /// whole, which is a batch more.
  @Test func `tenants who always ask get alike`() {
    var random = RandomStream(seed: 1, .tests)
    let requests = (0..<600).map { number in
      let isLong = number % 3 == 0
      return (
        tenant: Int32(isLong ? 1 : 0),
        request: StepRequest(
          prompt: Int32(1 + random.integer(below: isLong ? 40 : 10)),
          output: Int32(1 + random.integer(below: isLong ? 30 : 4)))
      )
    }
    #expect(unfairness(requests, VirtualTokenCounter()) <= 3 * 2 * 4 * 70)
    #expect(unfairness(requests, FirstComeFirstServed()) > 3 * 2 * 4 * 70)
  }

  /// By how much two tenants' service differs when one of them has nobody waiting any more.
  private func unfairness(
    _ requests: [(tenant: Int32, request: StepRequest)], _ policy: any BatchPolicy
  ) -> Int {
    let plan = plan(requests, policy, seats: 4)
    let outcomes = Simulation.run(plan).outcomes
    func starts(_ tenant: Int32) -> [SimTime] {
      outcomes.indices.filter { requests[$0].tenant == tenant }.map { outcomes[$0].firstScheduled }
    }
    let end = min(starts(0).max() ?? .start, starts(1).max() ?? .start)
    let service = [Int32(0), 1].map { tenant in
      let begun = outcomes.indices.filter {
        requests[$0].tenant == tenant && outcomes[$0].firstScheduled <= end
      }
      return begun.reduce(0) {
        $0 + Int(plan.workload.promptTokens[$1]) + 2 * Int(plan.workload.outputTokens[$1])
      }
    }
    return abs(service[0] - service[1])
  }
}
