import Impact
import ServingPolicies
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Laws that every bill keeps, over random runs with everything in the plan that can be.
@Suite(.timeLimit(.minutes(30))) struct BillTests {
  /// A random run on accelerators of two kinds, with tenants and classes.
  static func run(_ seed: UInt64) -> FinishedRun {
    let plan = randomPlan(seed: seed)
    var run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    let kinds = ["h100-sxm", "a100-sxm-80"].compactMap { Accelerators.named($0) }
    for number in run.replicas.indices {
      run.replicas[number].accelerator = kinds[number % kinds.count]
      run.replicas[number].acceleratorCount = 1 + number % 3
      run.replicas[number].meter = meter
      run.replicas[number].group = "group \(number % 2)"
    }
    let count = run.promptTokens.count
    run.traits[.tenant] = RequestLabels(
      names: ["a", "b", "c"], ofRequest: (0..<count).map { Int32($0 % 4) - 1 })
    run.traits[.serviceClass] = RequestLabels(names: ["x"], ofRequest: (0..<count).map { _ in 0 })
    return run
  }

  static let meter = WorkMeter(
    flopsPerToken: 1.6e10, flopsPerSampledSequence: 1e9, flopsPerPair: 1e6,
    flopsPerWindowedPair: 0, readBytesPerContext: 1.3e5, readBytesPerWindowedContext: 0,
    writtenBytesPerToken: 1.3e5, weightBytes: [], peakCompute: FLOPsPerSecond(9.89e14),
    peakBandwidth: BytesPerSecond(3.35e12))

  static let night = StepSeries(starts: [-1000, 30, 500], values: [120, 310, 77], end: .max / 4)

  static func plan(grid: StepSeries = night, power: [PowerChoice] = [.fitted]) -> ImpactPlan {
    func sourced<Value>(_ value: Value) -> Sourced<Value> { Sourced(value, source: "a test") }
    return ImpactPlan(
      power: power, host: sourced(HostPower(idle: 1150, perAcceleratorWatt: 1.2, accelerators: 8)),
      facility: sourced(
        PowerUsageEffectiveness([.init(load: 0.1, pue: 1.6), .init(load: 0.9, pue: 1.1)])),
      grid: sourced(grid), marketIntensity: sourced(20),
      water: WaterUse(site: sourced(0.4), source: sourced(1.9)),
      embodied: EmbodiedPlan(
        lifetimeYears: 4, accelerator: sourced(Interval(164, 575)),
        host: sourced(Interval(700, 720))),
      price: .rent(sourced(Interval(1.25, 12.29))),
      tariff: sourced(StepSeries(starts: [-1, 100], values: [0.1, 0.3], end: .max / 4)))
  }

  @Test(arguments: [1e-300, 1e-307, 1e-150, 1e30])
  func `no price, tariff or intensity is too small or too large for a bill`(amount: Double) {
    var plan = Self.plan()
    plan.price = .rent(Sourced(Interval(amount, amount), source: "a test"))
    plan.tariff = Sourced(StepSeries(constant: amount), source: "a test")
    plan.grid = Sourced(StepSeries(constant: amount), source: "a test")
    let bill = Bill(Self.run(3), plan: plan)
    #expect(bill.total.costLow.isFinite && bill.total[.operationalCarbon].isFinite)
    #expect(
      bill.requests.map { $0.costLow.p99.isFinite && $0.costLow.p50 <= $0.costLow.p99 } != false)
  }

  @Test func `what capital costs holds for the smallest interest`() {
    func perHour(_ interest: Double) -> Double {
      Ownership(
        capex: 8760, residual: 0, interest: interest, lifetimeYears: 4,
        colocationPerKilowattMonth: 0, kilowatts: 0, operations: 0
      ).perHour
    }
    // A fourth a year; at 5 % an annuity of 0.05 / (1 - 1.05^-4).
    #expect(perHour(0) == 0.25)
    #expect(abs(perHour(0.05) - 0.282011832603) < 1e-9)
    #expect(abs(perHour(1e-300) - 0.25) < 1e-12 && abs(perHour(1e-12) - 0.25) < 1e-9)
  }

  @Test(arguments: UInt64(0)..<25)
  func `the parts of every breakdown add up to the total, to the bit`(seed: UInt64) throws {
    let run = Self.run(seed)
    let bill = Bill(run, plan: Self.plan())
    func sum(_ amounts: [Amounts]) -> Amounts { amounts.reduce(Amounts(), +) }
    #expect(sum(bill.phases) == bill.total)
    #expect(sum(bill.replicas.reversed()) == bill.total)
    #expect(sum(bill.windows.map(\.amounts)) == bill.total)
    #expect(sum(bill.groups.map(\.amounts)) == bill.total)
    #expect(sum(bill.models.map(\.amounts)) == bill.total)
    #expect(sum(try #require(bill.byLabel[.tenant]).map(\.amounts)) == bill.total)
    #expect(sum(try #require(bill.byLabel[.serviceClass]).map(\.amounts)) == bill.total)
    for measure in Measure.allCases { #expect(bill.total[measure] > 0, "\(measure)") }
  }

  @Test(arguments: UInt64(0)..<5)
  func `twice the intensity is exactly twice the carbon and nothing else`(seed: UInt64) throws {
    let run = Self.run(seed)
    let once = Bill(run, plan: Self.plan())
    let twice = Bill(run, plan: Self.plan(grid: Self.night.scaled(by: 2)))
    func check(_ a: Amounts, _ b: Amounts) {
      for measure in Measure.allCases {
        #expect(b[measure] == (measure == .operationalCarbon ? 2 : 1) * a[measure])
      }
    }
    check(once.total, twice.total)
    for (a, b) in zip(try #require(once.byLabel[.tenant]), try #require(twice.byLabel[.tenant])) {
      check(a.amounts, b.amounts)
    }
  }

  @Test(arguments: UInt64(0)..<5)
  func `windows of half the length change nothing`(seed: UInt64) {
    var run = Self.run(seed)
    // A level PUE: a curve of the load is not linear within a window that the run's end cuts.
    var plan = Self.plan(grid: StepSeries(constant: 300))
    plan.facility = Sourced(PowerUsageEffectiveness(1.3), source: "a test")
    // The run goes to the end of its last window, so that halves of it are alike, too.
    let windows = run.recording.replicas.map(\.windows.count).max() ?? 1
    let length = run.recording.replicas[0].windowLength
    run.recording.end = SimTime(picoseconds: Instant(length.picoseconds) * Instant(windows))
    var split = run
    for number in split.recording.replicas.indices {
      split.recording.replicas[number].windowLength = SimDuration(
        picoseconds: length.picoseconds / 2)
      split.recording.replicas[number].windows = run.recording.replicas[number].windows.flatMap {
        let half = $0.halved
        return [half, half]
      }
    }
    let whole = Bill(run, plan: plan).total
    let halves = Bill(split, plan: plan).total
    for measure in Measure.allCases where measure != .electricityCost {
      #expect(abs(halves[measure] / whole[measure] - 1) < 1e-9, "\(measure)")
    }
  }

  @Test func `several power models give the middle one of every window`() throws {
    let run = Self.run(3)
    let curves: [PowerChoice] = [
      .fitted, .curve(PowerCurve(.linear)), .curve(PowerCurve(.squareRoot)),
    ]
    let bill = Bill(run, plan: Self.plan(power: curves))
    let alone = curves.map { Bill(run, plan: Self.plan(power: [$0])) }
    #expect(bill.ensemble.map(\.name) == ["fitted", "linear", "sqrt"])
    for (index, window) in bill.windows.enumerated() {
      let joules = alone.map { $0.windows[index].amounts[.acceleratorEnergy] }.sorted()
      #expect(abs(window.amounts[.acceleratorEnergy] - joules[1]) <= 1e-9 * joules[1])
      #expect(abs(window.power.least * window.length - joules[0]) <= 1e-9 * joules[0])
      #expect(abs(window.power.most * window.length - joules[2]) <= 1e-9 * joules[2])
    }
    let pair = Bill(run, plan: Self.plan(power: Array(curves.prefix(2))))
    let mean = (bill.ensemble[0].joules + bill.ensemble[1].joules) / 2
    #expect(abs(pair.total[.acceleratorEnergy] / mean - 1) < 1e-9)
  }

  @Test func `a longer request costs more`() throws {
    // Alone on a replica, the second with thrice the answer.
    let requests = try #require(Bill(Self.twoRequests(), plan: Self.plan()).byLabel[.tenant])
    let (short, long) = (requests[0].amounts, requests[1].amounts)
    #expect(long[.acceleratorEnergy] > 2 * short[.acceleratorEnergy])
    #expect(long.costLow > 2 * short.costLow)
  }

  static func twoRequests() -> FinishedRun {
    let workload = Workload(
      arrivals: [.start, SimTime(seconds: 50)], promptTokens: [100, 100], outputTokens: [100, 300],
      description: "two")
    var plan = randomPlan(seed: 1)
    plan.workload = workload
    plan.replicas = [
      ReplicaPlan(
        group: "g", maxNumSeqs: 8, maxNumBatchedTokens: 512, maxModelLength: 4096, blockSize: 16,
        usableBlocks: 1000, enablePrefixCaching: false, scheduler: FirstComeFirstServed(),
        stepTime: TestStepTime(
          base: 10_000_000_000, perDecode: 0, perContext: 0, perWindowed: 0, perPrefillToken: 0,
          perPair: 0, attentionWindow: nil, isStraight: true))
    ]
    var run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    run.replicas[0].accelerator = Accelerators.named("h100-sxm")
    run.replicas[0].meter = meter
    run.traits[.tenant] = RequestLabels(names: ["short", "long"], ofRequest: [0, 1])
    return run
  }
}

extension WindowTotals {
  /// Half of all that is summed up over time.
  fileprivate var halved: WindowTotals {
    var half = self
    half.prefillSteps = prefillSteps.halved
    half.decodeSteps = decodeSteps.halved
    half.runningTime /= 2
    half.waitingTime /= 2
    half.usedBlockTime /= 2
    half.offTime /= 2
    return half
  }
}

extension StepTotals {
  fileprivate var halved: StepTotals {
    var half = self
    half.steps /= 2
    half.busy /= 2
    half.prefillTokens /= 2
    half.decodeTokens /= 2
    half.sampledTokens /= 2
    half.pairs /= 2
    half.windowedPairs /= 2
    half.context /= 2
    half.windowedContext /= 2
    half.weightBytes /= 2
    return half
  }
}
