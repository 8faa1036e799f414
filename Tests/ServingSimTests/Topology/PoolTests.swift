import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Requests, regions and pools made by hand: steps take a millisecond.
@Suite(.timeLimit(.minutes(30))) struct PoolTests {
  /// A pool of one replica in each of `places` regions, 80 ms from each other and 10 ms from their own
  /// clients. Request `i` comes from region `clients[i]`.
  private func plan(
    _ requests: [StepRequest], places: Int = 2, clients: [Int32], seats: Int = 4
  ) -> Plan {
    var plan = stepPlan(requests, stepReplica(seats: seats))
    let names = (0..<places).map { "region \($0)" }
    plan.replicas = (0..<places).map { place in
      var replica = stepReplica(seats: seats)
      (replica.pool, replica.region) = (place, names[place])
      return replica
    }
    plan.pools = (0..<places).map { PoolPlan(region: $0) }
    plan.regions.names = names
    plan.regions.latency = (0..<places).map { client in
      (0..<places).map { .millisecond * (client == $0 ? 10 : 80) }
    }
    plan.regions.serves = Array(repeating: nil, count: places)
    plan.workload.traits[.region] = RequestLabels(names: names, ofRequest: clients)
    return plan
  }

  private func served(_ plan: Plan) -> [Int32] { Simulation.run(plan).outcomes.map(\.replica) }

  @Test func `a request travels before it is served, and is at home where it can`() {
    let plan = plan([StepRequest(prompt: 2, output: 3)], clients: [1])
    let outcome = Simulation.run(plan).outcomes[0]
    #expect(outcome.replica == 1 && outcome.arrival == .start)
    #expect(outcome.firstScheduled == SimTime(seconds: 0.005))
    #expect(outcome.firstToken == SimTime(seconds: 0.011))
    #expect(outcome.finish == SimTime(seconds: 0.013))
  }

  /// A scaler that does not see who is on the way would empty the pool before anybody is there, for ever.
  @Test func `who is on the way keeps a replica`() {
    var plan = plan([StepRequest(prompt: 2, output: 3)], places: 1, clients: [0])
    plan.regions.latency = [[.millisecond * 80]]
    plan.scaling = [
      ScalingPlan(
        group: plan.replicas[0].group, replica: plan.replicas[0], bounds: 0...1, startUp: .zero,
        scaler: OutstandingScaler(target: 1, interval: .millisecond * 5))
    ]
    let recording = Simulation.run(plan)
    #expect(recording.outcomes[0].firstScheduled == SimTime(seconds: 0.04))
    #expect(recording.replicas.count == 1)
  }

  @Test func `where the pool is full requests go on to the next`() {
    // Two under way of four fill a pool; those that come while these travel are no load yet.
    let requests = (0..<4).map { StepRequest(at: Double(20 * $0), prompt: 2, output: 200) }
    var plan = plan(requests, clients: [0, 0, 0, 0])
    #expect(served(plan) == [0, 0, 0, 0])
    plan.regions.spillover = 0.5
    #expect(served(plan) == [0, 0, 1, 1])
    // Where all are full, the first one takes them.
    plan.regions.spillover = 0.25
    #expect(served(plan)[..<2] == [0, 1])
  }

  @Test func `the cleanest region that is near enough and may serve the client`() {
    let requests = [StepRequest(prompt: 2, output: 2), StepRequest(at: 5000, prompt: 2, output: 2)]
    var plan = plan(requests, places: 3, clients: [0, 0])
    plan.regions.policy = .lowestCarbon
    plan.regions.signals = [
      StepSeries(constant: 300), StepSeries(starts: [0, 4000], values: [100, 500], end: 10_000),
      StepSeries(constant: 200),
    ]
    #expect(served(plan) == [1, 2])
    plan.regions.serves[1] = [1, 2]
    #expect(served(plan) == [2, 2])
    plan.regions.maxLatency = .millisecond * 79
    #expect(served(plan) == [0, 0])
  }

  @Test func `a request goes where its model is`() {
    let requests = (0..<4).map { StepRequest(at: Double($0), prompt: 2, output: 20) }
    var plan = stepPlan(requests)
    plan.router = .leastOutstanding
    plan.pools = [PoolPlan(models: ["a"]), PoolPlan(models: ["b", "c"])]
    plan.replicas = [0, 0, 1].map { pool in
      var replica = stepReplica()
      replica.pool = pool
      return replica
    }
    plan.workload.traits[.model] = RequestLabels(
      names: ["c", "a", "b"], ofRequest: [0, 1, 1, 2])
    #expect(served(plan) == [2, 0, 1, 2])
  }

  @Test func `nobody travels who has given up, and another attempt goes elsewhere`() {
    var plan = plan([StepRequest(prompt: 2, output: 3)], clients: [0])
    plan.workload.patience = [.millisecond * 5]
    let left = Simulation.run(plan)
    #expect(left.outcomes[0].status == .aborted && left.outcomes[0].replica == -1)
    #expect(left.replicas.allSatisfy { $0.steps == 0 })
    // The replica at home is down from 4 ms to 50 ms, and the second attempt begins at 30 ms.
    plan.workload.patience = [.millisecond * 20]
    plan.failures = [
      FailureRule(
        .at(SimTime(seconds: 0.004)), .replica(group: "by hand", place: 0),
        Failure(.crash, repair: .after(.millisecond * 46)))
    ]
    plan.retry = RetryPolicy(
      maxAttempts: 2, reasons: [.timedOut], initialBackoff: .millisecond * 10,
      maxBackoff: .millisecond * 10, multiplier: 1, jitter: 0)
    plan.workload.patience = [.millisecond * 200]
    #expect(Simulation.run(plan).outcomes[0].finish == SimTime(seconds: 0.088))
    #expect(Differential(plan).difference == nil)
  }

  /// The nearer region is there when it is tried again, and farther than what was left of the first way.
  @Test func `another attempt does not arrive when the first one would have`() {
    var plan = plan([StepRequest(at: 1, prompt: 2, output: 3)], clients: [0])
    plan.regions.latency = [[.millisecond * 60, .millisecond * 30], [.zero, .zero]]
    plan.workload.patience = [.millisecond * 20]
    plan.failures = [
      FailureRule(
        .at(.start), .replica(group: "by hand", place: 1),
        Failure(.crash, repair: .after(.millisecond * 10)))
    ]
    plan.retry = RetryPolicy(
      maxAttempts: 2, reasons: [.timedOut], initialBackoff: .millisecond, maxBackoff: .millisecond)
    #expect(Differential(plan).difference == nil)
    let outcome = Simulation.run(plan).outcomes[0]
    #expect(outcome.status == .finished && outcome.replica == 1 && outcome.retries == 1)
    #expect(outcome.firstScheduled == SimTime(seconds: 0.037))
  }

  /// The step of 10 ms after which it loses its request goes on when it can be reached again.
  @Test func `what a replica is about to lose is its load when it can be reached again`() {
    let requests = [
      StepRequest(prompt: 2, output: 9), StepRequest(at: 12, prompt: 2, output: 1),
      StepRequest(at: 30, prompt: 2, output: 1),
    ]
    var plan = plan(requests, clients: [0, 0, 0])
    plan.regions.policy = .leastLoaded
    plan.regions.latency = [[.zero, .zero], [.zero, .zero]]
    for place in 0..<2 {
      plan.replicas[place].stepTime = TestStepTime(base: 10_000_000_000)
    }
    plan.failures = [
      FailureRule(
        .at(SimTime(seconds: 0.0105)), .replica(group: "by hand", place: 0),
        Failure(.partition(detection: .zero), repair: .after(.millisecond)))
    ]
    #expect(Differential(plan).difference == nil)
    #expect(served(plan) == [0, 1, 0])
  }

  /// The pool of model b has no replica; the one of model a could not serve who waits.
  @Test func `a scaler counts those who wait for its own pool`() {
    var plan = stepPlan([StepRequest(at: 30, prompt: 2, output: 2)])
    var (a, b) = (stepReplica(), stepReplica())
    (a.group, b.group) = ("a", "b")
    b.pool = 1
    plan.replicas = [a, b]
    plan.pools = [PoolPlan(models: ["a"]), PoolPlan(models: ["b"])]
    plan.scaling = [a, b].map {
      ScalingPlan(
        group: $0.group, replica: $0, bounds: 0...3, startUp: .millisecond * 5,
        scaler: OutstandingScaler(target: 1, interval: .millisecond * 20))
    }
    plan.workload.traits[.model] = RequestLabels(names: ["b"], ofRequest: [0])
    let recording = Simulation.run(plan)
    #expect(recording.outcomes[0].status == .finished)
    #expect(recording.joined.map(\.group) == ["b"])
  }
}
