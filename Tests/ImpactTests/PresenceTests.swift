import Impact
import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// What replicas cost that are part of the fleet for some of the time.
@Suite(.timeLimit(.minutes(30))) struct PresenceTests {
  /// One replica works for a second, steps of a millisecond; the two of the pool do nothing, and
  /// are as many as the entries say.
  private func bill(
    _ entries: [ScheduledScaler.Entry], startUp: SimDuration = .zero, on nodes: NodePlan? = nil
  ) -> Bill {
    var plan = stepPlan([StepRequest(prompt: 2, output: 1000)], stepReplica(blocks: 1024))
    plan.replicas[0].meter = BillTests.meter
    plan.replicas[0].accelerator = Accelerators.named("h100-sxm")
    var idle = plan.replicas[0]
    idle.group = "pool"
    idle.nodes = nodes
    plan.replicas.append(idle)
    plan.scaling = [
      ScalingPlan(
        group: "pool", replica: idle, bounds: 0...2, startUp: startUp,
        scaler: ScheduledScaler(entries))
    ]
    let recording = Simulation.run(plan)
    #expect(recording.end == SimTime(seconds: 1))
    var impact = BillTests.plan(grid: StepSeries(constant: 100))
    impact.facility = Sourced(PowerUsageEffectiveness(1.25), source: "a test")
    impact.tariff = Sourced(StepSeries(constant: 0.2), source: "a test")
    return Bill(FinishedRun(plan: plan, recording: recording), plan: impact)
  }

  private func at(_ seconds: Double, _ replicas: Int) -> ScheduledScaler.Entry {
    ScheduledScaler.Entry(time: SimTime(seconds: seconds), replicas: replicas)
  }

  /// All measures of `amounts` as a share of those of `whole`.
  private func shares(_ amounts: Amounts, of whole: Amounts) -> [Double] {
    Measure.allCases.map { amounts[$0] / whole[$0] }
  }

  private func all(_ shares: [Double], are share: Double) -> Bool {
    shares.allSatisfy { abs($0 - share) < 1e-9 }
  }

  @Test func `a replica that is there half of the time costs half of one that stays`() {
    let whole = bill([])
    let first = bill([at(0.5, 0)])
    #expect(all(shares(first.replicas[1], of: whole.replicas[1]), are: 0.5))
    #expect(all(shares(first.replicas[0], of: whole.replicas[0]), are: 1))
    // A second one joins for the other half.
    let both = bill([at(0.5, 2), at(0.75, 1)])
    #expect(both.replicas.count == 3)
    #expect(all(shares(both.replicas[1], of: whole.replicas[1]), are: 1))
    #expect(all(shares(both.replicas[2], of: whole.replicas[1]), are: 0.25))
    // One that takes its time to start is paid for meanwhile.
    let slow = bill([at(0.5, 2), at(0.75, 1)], startUp: SimDuration(seconds: 0.2))
    #expect(all(shares(slow.replicas[2], of: whole.replicas[1]), are: 0.25))
  }

  @Test func `an empty place of a node costs what an idle replica does`() {
    let whole = bill([]).replicas[1]
    let pair = NodePlan(NodeTerms(replicasPerNode: 2))
    #expect(all(shares(bill([], on: pair).replicas[1], of: whole), are: 2))
    // The second one takes the empty place for half of the time, and the first is left with its own.
    let both = bill([at(0.5, 2)], on: pair)
    #expect(all(shares(both.replicas[1], of: whole), are: 1.5))
    #expect(all(shares(both.replicas[2], of: whole), are: 0.5))
    let brief = bill([at(0.25, 2), at(0.5, 1), at(0.75, 0)], on: pair)
    #expect(all(shares(brief.replicas[1], of: whole), are: 1.25))
    #expect(all(shares(brief.replicas[2], of: whole), are: 0.25))
  }

  @Test func `the least time that a node is paid for costs its price and nothing else`() {
    let whole = bill([]).replicas[1]
    let terms = NodeTerms(replicasPerNode: 2, minimumBilling: .millisecond * 750)
    let early = bill([at(0.5, 0)], on: NodePlan(terms)).replicas[1]
    let paid: [Measure] = [.provisionLow, .provisionHigh]
    for measure in Measure.allCases {
      let share = paid.contains(measure) ? 1.5 : 1
      #expect(abs(early[measure] / whole[measure] - share) < 1e-9, "\(measure)")
    }
  }

  @Test(arguments: UInt64(0)..<60)
  func `a bill has the time of nodes, whoever stands on them`(seed: UInt64) {
    let plan = randomPlanOfScaling(seed: seed)
    var run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    for number in run.replicas.indices {
      run.replicas[number].accelerator = Accelerators.named("h100-sxm")
      run.replicas[number].meter = BillTests.meter
      run.replicas[number].acceleratorCount = 4
    }
    let bill = Bill(run, plan: BillTests.plan())
    let end = run.recording.end.seconds
    var (held, paid) = (0.0, 0.0)
    var standing: [Int: [Int]] = [:]
    for (i, recording) in run.recording.replicas.enumerated() {
      if let node = recording.node { standing[node, default: []].append(i) }
      guard recording.node == nil else { continue }
      let gone = min(end, recording.gone.seconds)
      held += 4 * (gone - recording.joined.seconds)
      paid += 4 * (gone - recording.joined.seconds)
    }
    for engines in standing.values {
      let stays = engines.map { run.recording.replicas[$0] }
      let joined = stays.map(\.joined.seconds).min() ?? 0
      let gone = min(end, stays.map(\.gone.seconds).max() ?? 0)
      let replica = run.replicas[engines[0]]
      let terms = replica.nodes ?? NodeTerms()
      let places = Double(4 * terms.replicasPerNode * replica.dataParallelSize)
      held += places * (gone - joined)
      paid += places * (min(end, max(gone, joined + terms.minimumBilling.seconds)) - joined)
    }
    #expect(BillDifferentialTests.close(bill.total[.acceleratorTime], held))
    #expect(BillDifferentialTests.close(bill.total[.provisionLow], paid * 1.25 / 3600))
    #expect(bill.replicas.reduce(Amounts(), +) == bill.total)
    #expect(bill.windows.reduce(Amounts()) { $0 + $1.amounts } == bill.total)
  }

  @Test(arguments: UInt64(0)..<25)
  func `the parts of a changing fleet's bill add up to the bit`(seed: UInt64) {
    let plan = randomPlanWithScaling(seed: seed)
    var run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    for number in run.replicas.indices {
      run.replicas[number].accelerator = Accelerators.named("h100-sxm")
      run.replicas[number].meter = BillTests.meter
    }
    run.traits[.tenant] = RequestLabels(
      names: ["a", "b"], ofRequest: run.promptTokens.indices.map { Int32($0 % 3) - 1 })
    let bill = Bill(run, plan: BillTests.plan())
    func sum(_ amounts: [Amounts]) -> Amounts { amounts.reduce(Amounts(), +) }
    #expect(sum(bill.replicas) == bill.total && sum(bill.phases) == bill.total)
    #expect(sum(bill.windows.map(\.amounts)) == bill.total)
    #expect(sum((bill.byLabel[.tenant] ?? []).map(\.amounts)) == bill.total)
    let end = run.recording.end.picoseconds
    let there = run.recording.replicas.reduce(0) { $0 + $1.presence(from: 0, to: end) }
    #expect(abs(bill.total[.acceleratorTime] - Double(there) / 1e12) < 1e-9)
  }
}
