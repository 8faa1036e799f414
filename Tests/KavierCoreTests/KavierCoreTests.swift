import KavierCore
import Testing

/// What another program sees: nothing here but the public declarations.
@Suite(.timeLimit(.minutes(30))) struct KavierCoreTests {
  private static let yaml = """
    seed: 3
    workload:
      synthetic:
        requests: 60
        arrivals: {process: poisson, rate: 20 /s}
        prompt_tokens: {distribution: lognormal, median: 300, sigma: 0.5, max: 4000}
        output_tokens: {distribution: lognormal, median: 40, sigma: 0.5, max: 400}
    fleet: {replicas: 2, model: llama-3.1-8b, accelerator: h100-sxm}
    """

  @Test func `a scenario runs from its text`() throws {
    let plan = try ServingPlan(yaml: Self.yaml, overrides: ["router=least_outstanding"])
    #expect(plan.requestCount == 60 && plan.replicaCount == 2)
    #expect(plan.fields.contains { $0.path == "fleet.engine.block_size" && $0.value == "16" })
    let run = plan.run()
    #expect(run.requests.count == 60)
    #expect(run.requests.allSatisfy { $0.status == .finished })
    #expect(plan.run().outcomeHash == run.outcomeHash)
    let ttft = try #require(run.timeToFirstToken)
    let times = run.requests.map { ($0.firstToken ?? 0) - ($0.arrival ?? 0) }.sorted()
    #expect(abs(ttft.max - times[59]) < 1e-9 && ttft.p50 <= ttft.p99)
    #expect(run.text.contains("60 finished") && run.json.contains(run.outcomeHash))
    #expect(run.energy == nil)
  }

  @Test func `all that is wrong with a scenario is told at once`() {
    let error = #expect(throws: ScenarioError.self) {
      try ServingPlan(
        yaml: Self.yaml + "\nrouter: nobody\nslo: {ttft: soon}\n", name: "mine")
    }
    #expect(error?.problems.map(\.field) == ["router", "slo.ttft"])
    #expect(error?.problems.first?.place == "mine:9")
    #expect(error?.description.contains("mine:9: router: found \"nobody\"") == true)
    #expect(throws: ScenarioError.self) { try ServingPlan(file: "no such file") }
  }

  @Test func `requests by value take the place of the scenario's`() throws {
    let requests = [
      Request(arrival: 30, promptTokens: 500, outputTokens: 20, session: 7),
      Request(arrival: 0, promptTokens: 400, outputTokens: 50, session: 7),
      Request(arrival: 1, promptTokens: 400, outputTokens: 50),
    ]
    let run = try ServingPlan(yaml: Self.yaml, overrides: ["router=session_affinity"])
      .replacing(requests: requests).run()
    #expect(run.requests.map(\.arrival) == [0, 1, 30])
    #expect(run.requests[0].replica == run.requests[2].replica)
    // The first turn's prompt and answer are the second one's beginning, in blocks of 16 tokens.
    #expect(run.requests.map(\.cachedTokens) == [0, 0, 448])
  }

  @Test func `a fork of a live run answers what if`() throws {
    var live = LiveRun(try ServingPlan(yaml: Self.yaml).replacing(requests: []), capacity: 4)
    for _ in 0..<4 {
      _ = live.submit(Request(arrival: 0, promptTokens: 300, outputTokens: 30))
    }
    let hasRoom = live.hasRoom
    #expect(!hasRoom)
    let early = live.advance(to: 0.1)
    #expect(!early.isEmpty)
    var same = live.fork()
    var other = live.fork()
    other.cancel(0)
    let rest = live.advance(to: 60)
    #expect(same.advance(to: 60) == rest)
    let without = other.advance(to: 60)
    #expect(
      without.contains {
        if case .ended(let end) = $0.kind { end.status == .aborted } else { false }
      })
    let state = live.state(ofReplica: 0)
    #expect(state.running == 0 && state.usedBlocks == 0 && state.usableBlocks > 0)
    let next = live.nextEvent
    #expect(next == nil)
  }

  @Test func `a live run plays the plan's own requests, and others among them`() throws {
    let plan = try ServingPlan(yaml: Self.yaml)
    let run = plan.run()
    var live = LiveRun(plan, capacity: 1)
    #expect(live.plannedRequests == run.requests.count)
    var fork = live.fork()
    let ends = live.advance(to: 3600).compactMap { event -> (Int, ServingRun.RequestOutcome)? in
      if case .ended(let outcome) = event.kind { (event.request, outcome) } else { nil }
    }
    #expect(ends.sorted { $0.0 < $1.0 }.map(\.1) == run.requests)
    let number = fork.submit(Request(arrival: 0, promptTokens: 100, outputTokens: 5))
    #expect(number == run.requests.count)
    let all = fork.advance(to: 3600).count { if case .ended = $0.kind { true } else { false } }
    #expect(all == run.requests.count + 1)
  }

  @Test func `replicas join and go`() throws {
    var live = LiveRun(try ServingPlan(yaml: Self.yaml).replacing(requests: []))
    let third = live.addReplica(startUp: 1, at: 0)
    #expect(third == 2)
    live.drainReplica(0, at: 2)
    live.removeReplica(1, at: 2)
    let number = live.submit(Request(arrival: 3, promptTokens: 100, outputTokens: 5))
    let events = live.advance(to: 60)
    let ends = events.compactMap { event -> ServingRun.RequestOutcome? in
      if case .ended(let outcome) = event.kind { outcome } else { nil }
    }
    #expect(ends.map(\.replica) == [2] && events.allSatisfy { $0.request == number })
  }
}
