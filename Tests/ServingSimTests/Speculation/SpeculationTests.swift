import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Speculative decoding by hand, and its laws.
@Suite(.timeLimit(.minutes(30))) struct SpeculationTests {
  @Test func `a step yields what is accepted and a token more, up to the answer's end`() {
    let plan = stepPlan([StepRequest(prompt: 3, output: 8)], drafting(rates: [1, 1]))
    checkSteps(
      plan,
      """
      A: 3d2d2d2|
      """)
    let totals = Simulation.run(plan).replicas[0].totals
    #expect(totals.verifiedDrafts == 3 && totals.acceptedTokens == 6 && totals.surplusTokens == 4)
    #expect(totals.decodeSteps.draftTokens == 6 && totals.outputTokens == 8)
  }

  @Test func `what is rejected is computed for nothing`() {
    checkSteps(
      stepPlan([StepRequest(prompt: 3, output: 4)], drafting(rates: [0, 0])),
      """
      A: 3d2d2d2|
      """)
  }

  @Test func `drafts take tokens of the step, and who is last goes without`() {
    checkSteps(
      stepPlan(
        (0..<4).map { _ in StepRequest(prompt: 2, output: 7) }, drafting(rates: [1, 1])),
      """
      A: 2d2d2|
      B: 2d2d2|
      C: 2d1d1d2|
      D: 2- - d2d2|
      """)
  }

  @Test func `a larger batch drafts less`() {
    let schedule = DraftSchedule(byBatch: [3, 1])
    checkSteps(
      stepPlan(
        [StepRequest(prompt: 2, output: 6), StepRequest(prompt: 2, output: 3)],
        drafting(rates: [0, 0, 0], schedule: schedule)),
      """
      A: 2d1d1d1d3d3|
      B: 2d1d1|
      """)
  }

  @Test func `nothing is drafted beyond the model's length`() {
    var replica = drafting(rates: [1, 1, 1, 1])
    replica.maxModelLength = 9
    checkSteps(
      stepPlan([StepRequest(prompt: 3, output: 6)], replica),
      """
      A: 3d4|
      """)
    replica.maxModelLength = 8
    checkSteps(
      stepPlan([StepRequest(prompt: 3, output: 6)], replica),
      """
      A: 3d3|
      """)
  }

  @Test func `lookahead takes blocks, and gives them back`() {
    func peak(lookahead: Int) -> Int {
      let replica = drafting(rates: [0, 0], lookahead: lookahead)
      return Simulation.run(stepPlan([StepRequest(prompt: 4, output: 3)], replica)).replicas[0]
        .peakUsedBlocks
    }
    // Of two tokens each: 4 and 3 tokens of the second step, in the third one more.
    #expect(peak(lookahead: 0) == 4)
    #expect(peak(lookahead: 2) == 5)
  }

  @Test func `a drafter that needs hidden states computes the last block found again`() {
    func cached(_ recomputes: Bool) -> [Int32] {
      var replica = drafting(rates: [0])
      replica.enablePrefixCaching = true
      replica.speculation?.recomputesLastBlock = recomputes
      let requests = [0.0, 9.0].map { StepRequest(at: $0, prompt: 9, output: 2, chain: 0) }
      return Simulation.run(stepPlan(requests, replica)).outcomes.map(\.cachedTokens)
    }
    #expect(cached(false) == [0, 8])
    #expect(cached(true) == [0, 6])
  }

  @Test(arguments: plans(100))
  func `clients are told of every token, those of a step at once`(seed: Int) {
    let replica = drafting(rates: [0.7, 0.4, 0.2], budget: 12, seed: UInt64(seed))
    let plan = stepPlan((3...9).map { StepRequest(prompt: $0, output: 30) }, replica)
    var live = LiveSimulation(plan, capacity: 1, chains: 0)
    var times = [[SimTime]](repeating: [], count: plan.workload.count)
    live.advance(to: .start + .second) { event, _ in
      if event.kind == .token { times[Int(event.request)].append(event.time) }
    }
    let recording = Simulation.run(plan)
    #expect(live.plannedOutcomes == recording.outcomes)
    #expect(times.map(\.count) == recording.outcomes.map { Int($0.outputTokens) })
    #expect(times.map(\.first) == recording.outcomes.map(\.firstToken))
    #expect(times.map(\.last) == recording.outcomes.map(\.finish))
    // Of each request the steps that served it, but for the one that ended its prompt.
    let steps = times.reduce(0) { $0 + Set($1).count - 1 }
    let totals = recording.replicas[0].totals
    #expect(Double(steps) == totals.prefillSteps.decodeTokens + totals.decodeSteps.decodeTokens)
    let gauge = live.gauge(of: 0)
    #expect(gauge.verifiedDrafts == totals.verifiedDrafts && gauge.verifiedDrafts > 0)
    #expect(gauge.acceptedTokens == totals.acceptedTokens && gauge.acceptedTokens > 0)
    #expect(
      Double(gauge.draftTokens)
        == totals.prefillSteps.draftTokens + totals.decodeSteps.draftTokens)
  }

  @Test(arguments: plans(200))
  func `drafts that cost nothing and are never right change nothing`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests, index: 26)
    let arrivals = (0..<30).map { _ in 40 * random.uniform() }.sorted()
    let requests = arrivals.map {
      StepRequest(
        at: $0, prompt: Int32(1 + random.integer(below: 40)),
        output: Int32(1 + random.integer(below: 30)))
    }
    let step = TestStepTime(base: 1_000_000_000, perDecode: 7_000_000, perContext: 3_000)
    let seats = 1 + random.integer(below: 8)
    let replica = stepReplica(seats: seats, budget: 1000, blocks: 10_000, stepTime: step)
    let plain = Simulation.run(stepPlan(requests, replica))
    var drafting = replica
    drafting.speculation = SpeculationPlan(
      schedule: DraftSchedule(3), acceptance: DraftAcceptance(rates: [0, 0, 0], seed: 1))
    let drafted = Simulation.run(stepPlan(requests, drafting))
    #expect(plain.outcomes == drafted.outcomes)
    #expect(plain.interTokenLatencies.counts == drafted.interTokenLatencies.counts)
  }

  @Test func `as many are accepted as the rates say, at every place`() {
    let rates = [0.8, 0.6, 0.3]
    let acceptance = DraftAcceptance(rates: rates, seed: 7)
    #expect(acceptance.meanLength == 2.7)
    var counts = [0, 0, 0, 0]
    let draws = 40_000
    for number in 0..<200 {
      for place in 0..<(draws / 200) {
        counts[acceptance.accepted(3, of: number, after: place)] += 1
      }
    }
    for (k, rate) in rates.enumerated() {
      let share = Double(counts[(k + 1)...].reduce(0, +)) / Double(draws)
      // Four standard deviations.
      #expect(abs(share - rate) < 4 * (rate * (1 - rate) / Double(draws)).squareRoot())
    }
    let other = DraftAcceptance(rates: rates, seed: 8)
    #expect(
      (0..<99).contains {
        acceptance.accepted(3, of: 0, after: $0) != other.accepted(3, of: 0, after: $0)
      })
  }

  @Test(arguments: plans(100))
  func `a drafter that is right more often is never slower`(seed: Int) {
    let requests = [StepRequest(prompt: 20, output: 200)]
    func finish(_ rates: [Double]) -> SimTime {
      var replica = drafting(rates: rates, budget: 64, seed: UInt64(seed))
      replica.stepTime = TestStepTime(base: 1_000_000_000, perPrefillToken: 1_000)
      return Simulation.run(stepPlan(requests, replica)).outcomes[0].finish
    }
    // Not a law of steps one by one: what is accepted moves on where the next draft begins.
    let times = [0, 0.3, 0.6, 0.9].map { rate in finish([rate, rate * rate, rate * rate * rate]) }
    #expect(times == times.sorted(by: >))
  }

  /// An engine small enough to follow with a pencil, with a drafter.
  private func drafting(
    rates: [Double], schedule: DraftSchedule? = nil, lookahead: Int = 0, budget: Int = 8,
    seed: UInt64 = 1
  ) -> ReplicaPlan {
    var replica = stepReplica(budget: budget, blocks: 200)
    replica.speculation = SpeculationPlan(
      schedule: schedule ?? DraftSchedule(rates.count), lookaheadTokens: lookahead,
      acceptance: DraftAcceptance(rates: rates, seed: seed))
    return replica
  }
}
