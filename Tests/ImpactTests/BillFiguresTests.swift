import Impact
import ServingModel
import ServingSim
import SimKernel
import Testing

/// Bills worked out by hand.
@Suite(.timeLimit(.minutes(30))) struct BillFiguresTests {
  /// Two replicas of two accelerators of 500 W for 4 s: the first one prefills for 1 s, decodes for
  /// 2 s and rests for 1 s; the second one rests.
  static func run() -> FinishedRun {
    var window = WindowTotals()
    window.prefillSteps.busy = 1e12
    window.prefillSteps.prefillTokens = 30
    window.prefillSteps.decodeTokens = 10
    window.decodeSteps.busy = 2e12
    window.decodeSteps.decodeTokens = 20
    func recording(_ window: WindowTotals) -> ReplicaRecording {
      ReplicaRecording(
        windows: [window], windowLength: SimDuration(seconds: 4), steps: 1, preemptions: 0,
        peakUsedBlocks: 0, usableBlocks: 1, lookedUpTokens: 0, cachedTokens: 0)
    }
    var outcome = Outcome()
    outcome.arrival = .start
    outcome.firstScheduled = .start
    outcome.firstToken = SimTime(seconds: 1)
    outcome.finish = SimTime(seconds: 3)
    outcome.outputTokens = 31
    outcome.replica = 0
    outcome.status = .finished
    let accelerator = Accelerator(
      id: "x", name: "x", vendor: "", memory: Bytes(1), memoryBandwidth: BytesPerSecond(1),
      denseCompute: [:], scaleUp: nil, hostLink: BytesPerSecond(1), thermalDesignPower: Watts(500),
      source: "a test")
    let replica = FinishedReplica(
      group: "g", model: "m", accelerator: accelerator, acceleratorCount: 2, meter: BillTests.meter,
      stepTimeName: "", stepTimeProvenance: "")
    var traits = RequestTraits()
    traits[.tenant] = RequestLabels(names: ["a"], ofRequest: [0])
    return FinishedRun(
      name: "by hand", seed: 1, objectives: ServiceLevelObjectives(), promptTokens: [30],
      traits: traits, replicas: [replica, replica],
      recording: Recording(
        outcomes: [outcome], replicas: [recording(window), recording(WindowTotals())],
        interTokenLatencies: LogHistogram(), end: SimTime(seconds: 4)))
  }

  /// Draws the whole 500 W while a step runs, and 50 W else.
  static var plan: ImpactPlan {
    var plan = BillTests.plan(grid: StepSeries(starts: [0, 2000], values: [100, 300], end: 9000))
    plan.power = [.curve(PowerCurve(.constant, idle: 0.1))]
    plan.host = Sourced(
      HostPower(idle: 80, perAcceleratorWatt: 1.5, accelerators: 8), source: "a test")
    plan.facility = Sourced(PowerUsageEffectiveness(1.25), source: "a test")
    plan.tariff = nil
    return plan
  }

  private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * abs(b) }

  @Test func `constant draws add up`() {
    // OpenDC's constant curve draws the most at rest, too: 4 accelerators of 500 W for 4 s.
    let total = Bill(Self.run(), plan: Self.plan).total
    #expect(near(total[.acceleratorTime], 16))
    #expect(near(total[.acceleratorEnergy], 8000))
    // 80 W / 8 for each accelerator, and half a watt for each of its watts.
    #expect(near(total[.hostEnergy], 4000 + 10 * 16))
    #expect(near(total[.facilityOverhead], 12_160 * 0.25))
    // Half of the time at 100, half at 300 g/kWh.
    #expect(near(total[.operationalCarbon], 15_200 / 3.6e6 * 200))
    #expect(near(total[.marketCarbon], 15_200 / 3.6e6 * 20))
    #expect(near(total[.siteWater], 12_160 / 3.6e6 * 0.4))
    #expect(near(total[.sourceWater], 15_200 / 3.6e6 * 1.9))
    #expect(near(total[.embodiedLow], 16 * 864_000 / (4 * 365.25 * 86_400)))
    #expect(near(total[.embodiedHigh], 16 * 1_295_000 / (4 * 365.25 * 86_400)))
    #expect(near(total[.provisionLow], 16 * 1.25 / 3600))
    #expect(near(total[.provisionHigh], 16 * 12.29 / 3600))
  }

  @Test func `time goes to phases by tokens, and the idle replica to nobody`() throws {
    let bill = Bill(Self.run(), plan: Self.plan)
    // Of the mixed second 30 of 40 tokens are prefill.
    #expect(near(bill.phases[0][.acceleratorTime], 2 * 0.75))
    #expect(near(bill.phases[1][.acceleratorTime], 2 * 2.25))
    #expect(near(bill.phases[2][.acceleratorTime], 2 * 1 + 2 * 4))
    let tenants = try #require(bill.byLabel[.tenant])
    #expect(tenants.map(\.name) == ["a", nil])
    #expect(near(tenants[0].amounts[.acceleratorTime], 8))
    #expect(near(tenants[1].amounts[.acceleratorTime], 8))
    #expect(bill.requests?.energy.mean == tenants[0].amounts.facilityEnergy)
  }

  @Test func `each region has its grid, its tariff and its price`() {
    var run = Self.run()
    (run.replicas[0].region, run.replicas[1].region) = ("a", "b")
    var plan = Self.plan
    plan.regions["a"] = RegionImpact(
      grid: Sourced(StepSeries(constant: 50), source: "a test"),
      tariff: Sourced(StepSeries(constant: 0.2), source: "a test"))
    plan.regions["b"] = RegionImpact(
      price: .rent(Sourced(Interval(3, 3), source: "a test")))
    let bill = Bill(run, plan: plan)
    // Both draw the same, 15,200 J together, and one of them at the grid of the whole plan.
    #expect(near(bill.total[.operationalCarbon], 7600 / 3.6e6 * (50 + 200)))
    #expect(near(bill.total[.provisionHigh], 8 * (12.29 + 3) / 3600))
    #expect(bill.fleetRegions.map(\.name) == ["a", "b"])
    #expect(near(bill.fleetRegions[0].amounts[.operationalCarbon], 7600 / 3.6e6 * 50))
    // The tariff of one place alone says nothing of the whole.
    #expect(!bill.known.contains(.electricityCost))
    plan.regions["b"]?.tariff = Sourced(StepSeries(constant: 0.1), source: "a test")
    let known = Bill(run, plan: plan)
    #expect(near(known.total[.electricityCost], 7600 / 3.6e6 * 0.3))
    plan.groupPrices["g"] = .rent(Sourced(Interval(1, 1), source: "a test"))
    #expect(near(Bill(run, plan: plan).total[.provisionHigh], 16.0 / 3600))
    plan.grid = nil
    let unknowns = Bill(run, plan: plan).unknowns
    #expect(unknowns.contains("impact.grid is not stated for b"))
  }

  @Test func `what is not stated is not known`() {
    let bill = Bill(Self.run(), plan: ImpactPlan())
    #expect(bill.boundary == .accelerators)
    #expect(bill.operationalCarbon(bill.total) == nil && bill.cost(bill.total) == nil)
    #expect(bill.water(bill.total) == nil && bill.softwareCarbonIntensity == nil)
    #expect(bill.unknowns.contains("impact.grid is not stated"))
    #expect(bill.unknowns.contains("impact.price is not stated"))
  }

  @Test func `no draw without a thermal design power`() {
    var run = Self.run()
    run.replicas[1].accelerator?.thermalDesignPower = nil
    let bill = Bill(run, plan: Self.plan)
    #expect(bill.boundary == nil && bill.operationalCarbon(bill.total) == nil)
    #expect(bill.unknowns == ["the maker of x publishes no thermal design power"])
    #expect(bill.cost(bill.total) != nil)
  }

  @Test func `a price or carbon that no catalogue has`() {
    var plan = Self.plan
    plan.price = .catalogue
    plan.embodied?.accelerator = nil
    let bill = Bill(Self.run(), plan: plan)
    #expect(bill.cost(bill.total) == nil)
    #expect(
      bill.unknowns == [
        "no embodied carbon of x in the catalogue", "no price of x in the catalogue",
      ])
  }

  @Test func `a grid that ends before the run is not carried on`() {
    var plan = Self.plan
    #expect(plan.gaps(in: Self.run()).isEmpty)
    plan.grid = Sourced(StepSeries(starts: [0], values: [1], end: 3999), source: "g.csv")
    let gaps = plan.gaps(in: Self.run())
    #expect(
      gaps == [
        "impact.grid: g.csv covers 0.0 s to 3.999 s of the run, which goes from 0 s to 4.0 s; move "
          + "impact.start or take a longer file"
      ])
  }

  @Test func `software carbon intensity is per its unit`() throws {
    var plan = Self.plan
    let bill = Bill(Self.run(), plan: plan)
    let request = try #require(bill.softwareCarbonIntensity)
    #expect(near(request.low, bill.total.carbonLow) && near(request.high, bill.total.carbonHigh))
    plan.functionalUnit = .millionOutputTokens
    let output = try #require(Bill(Self.run(), plan: plan).softwareCarbonIntensity)
    #expect(near(output.low, bill.total.carbonLow * 1e6 / 31))
  }
}
