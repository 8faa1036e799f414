import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Passes by whoever does not fit, as no shipped policy does.
private struct Backfilling: BatchPolicy {
  var order: QueueOrder

  func plan(_ queue: inout QueueView) -> Stability {
    while queue.next != nil {
      switch queue.admit() {
      case .admitted: continue
      case .noMemory: queue.skip()
      case .noneWaits, .noBudget: return .untilArrival
      case .noSeat: return .untilEnd
      }
    }
    return .untilArrival
  }
}

/// A policy that is asked again at every step.
private struct AskedEveryStep: BatchPolicy {
  var base: any BatchPolicy

  var order: QueueOrder { base.order }
  var service: ServiceWeights? { base.service }

  func rank(of request: RequestView) -> Int64 { base.rank(of: request) }

  func plan(_ queue: inout QueueView) -> Stability {
    _ = base.plan(&queue)
    return .steps(1)
  }
}

/// Lets nobody join before a time, and looks at it every three steps.
private struct LookingEveryThirdStep: BatchPolicy {
  let opening: SimTime
  var order: QueueOrder { .arrival }

  func plan(_ queue: inout QueueView) -> Stability {
    if queue.running == 0 || queue.time >= opening { _ = queue.admit() }
    return .steps(3)
  }
}

/// Walks the queue to its end and admits in the order of what it has seen there.
private struct Observing: BatchPolicy {
  var order: QueueOrder { .arrival }

  func plan(_ queue: inout QueueView) -> Stability {
    var prompts: [Int] = []
    while let request = queue.next {
      prompts.append(request.promptTokens)
      queue.skip()
    }
    queue.skip()
    #expect(prompts.count == queue.waiting)
    queue.restart()
    return queue.admitInOrder()
  }
}

/// The shortest prompt first, by putting the queue in that order over and over again.
private struct Reordering: BatchPolicy {
  var order: QueueOrder { .arrival }
  var reorders: Bool { true }

  func standings(of queue: borrowing QueueLine) -> [Int64]? {
    var standings: [Int64] = []
    for place in 0..<queue.count { standings.append(Int64(queue.textTokens(place))) }
    return standings
  }

  func plan(_ queue: inout QueueView) -> Stability { queue.admitInOrder() }
}

@Suite(.timeLimit(.minutes(30))) struct QueueViewTests {
  /// The first takes most of the memory, the second does not fit beside it, the third does.
  private func plan(_ order: QueueOrder) -> Plan {
    stepPlan(
      [
        StepRequest(at: 0, prompt: 8, output: 4), StepRequest(at: 0.5, prompt: 8, output: 4),
        StepRequest(at: 0.6, prompt: 2, output: 1), StepRequest(at: 0.7, prompt: 2, output: 1),
      ], stepReplica(budget: 16, blocks: 8, scheduler: Backfilling(order: order)))
  }

  @Test(arguments: [QueueOrder.arrival, .rank])
  func `who is passed by keeps its place`(_ order: QueueOrder) {
    let outcomes = Simulation.run(plan(order)).outcomes
    #expect(outcomes[1].firstScheduled == outcomes[0].finish)
    #expect(outcomes[2].firstScheduled.seconds == 1e-3)
    #expect(outcomes[3].firstScheduled.seconds == 1e-3)
    #expect(outcomes.allSatisfy { $0.status == .finished })
  }

  @Test func `a policy is asked again after as many steps as it says`() {
    let policy = LookingEveryThirdStep(opening: SimTime(seconds: 6.5e-3))
    let outcomes = Simulation.run(
      stepPlan(
        [StepRequest(at: 0, prompt: 2, output: 20), StepRequest(at: 0.5, prompt: 2, output: 1)],
        stepReplica(budget: 16, blocks: 64, scheduler: policy))
    ).outcomes
    // Asked when a step has prefilled, after one millisecond, and then at 4 and at 7.
    #expect(outcomes[1].firstScheduled.seconds == 7e-3)
  }

  @Test(arguments: BatchPolicyName.allCases)
  func `what a policy says to stand does stand`(_ name: BatchPolicyName) {
    for seed in UInt64(7000)..<7060 {
      var plan = randomPlan(seed: seed)
      for i in plan.replicas.indices { plan.replicas[i].scheduler = name.policy }
      let outcomes = Simulation.run(plan).outcomes
      for i in plan.replicas.indices {
        plan.replicas[i].scheduler = AskedEveryStep(base: name.policy)
      }
      #expect(Simulation.run(plan).outcomes == outcomes, "\(name), seed \(seed)")
    }
  }

  @Test func `a queue that is put in an order is one that was always in it`() {
    for seed in UInt64(7200)..<7260 {
      var plan = randomPlan(seed: seed)
      for i in plan.replicas.indices {
        plan.replicas[i].scheduler = ShortestPromptFirst()
        plan.replicas[i].usableBlocks += 100_000
      }
      let outcomes = Simulation.run(plan).outcomes
      for i in plan.replicas.indices { plan.replicas[i].scheduler = Reordering() }
      #expect(Simulation.run(plan).outcomes == outcomes, "seed \(seed)")
    }
  }

  @Test func `a look over the queue changes nothing`() {
    for seed in UInt64(7100)..<7130 {
      var plan = randomPlan(seed: seed)
      for i in plan.replicas.indices { plan.replicas[i].scheduler = FirstComeFirstServed() }
      let outcomes = Simulation.run(plan).outcomes
      for i in plan.replicas.indices { plan.replicas[i].scheduler = Observing() }
      #expect(Simulation.run(plan).outcomes == outcomes, "seed \(seed)")
    }
  }
}
