import Impact
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Bills against sums made window by window and replica by replica, as their definitions read.
@Suite(.timeLimit(.minutes(30))) struct BillDifferentialTests {
  @Test(arguments: plans(30))
  func `a bill is what its definitions say`(number: Int) {
    check(Self.run(randomPlanWithPowerDown(seed: UInt64(number))), seed: UInt64(number))
  }

  @Test(arguments: plans(60))
  func `replicas that join and leave are billed for the time between`(number: Int) {
    check(Self.run(randomPlanWithScaling(seed: UInt64(number))), seed: UInt64(number))
  }

  private func check(_ run: FinishedRun, seed: UInt64) {
    var plan = BillTests.plan(power: Self.models[Int(seed) % Self.models.count])
    plan.tariff = Sourced(
      StepSeries(starts: [-1, 1], values: [0.1, 0.7], end: .max / 4), source: "a test")
    let naive = NaiveBill(run, plan)
    let bill = Bill(run, plan: plan)
    for measure in Measure.allCases {
      #expect(Self.close(bill.total[measure], naive.total[measure, default: 0]), "\(measure)")
    }
    for phase in BillPhase.allCases {
      let amounts = bill.phases[phase.rawValue]
      let joules = amounts[.acceleratorEnergy] - naive.joules[phase, default: 0]
      #expect(abs(joules) <= 1e-9 * bill.total[.acceleratorEnergy], "\(phase)")
      let seconds = amounts[.acceleratorTime] - naive.seconds[phase, default: 0]
      #expect(abs(seconds) <= 1e-9 * bill.total[.acceleratorTime], "\(phase)")
    }
    for (a, b) in zip(bill.ensemble, naive.byModel) { #expect(Self.close(a.joules, b)) }
  }

  /// With one window, prefill costs the same for every prompt token read, decode for every token
  /// written after the first, and idle time what a request's share of the rest is.
  @Test func `requests bear what their tokens cost`() {
    var tested = 0
    for seed in UInt64(0)..<120 {
      var run = Self.run(randomPlanWithPowerDown(seed: seed))
      let outcomes = run.recording.outcomes
      let counts = outcomes.map { $0.status == .finished }
      guard run.replicas.count == 1, run.recording.replicas[0].windows.count == 1,
        counts.allSatisfy({ $0 }), run.recording.replicas[0].preemptions == 0
      else { continue }
      tested += 1
      run.traits[.tenant] = RequestLabels(
        names: outcomes.indices.map { "\($0)" }, ofRequest: outcomes.indices.map { Int32($0) })
      let bill = Bill(run, plan: BillTests.plan())
      let read = outcomes.indices.map {
        Double(run.promptTokens[$0]) - Double(outcomes[$0].cachedTokens)
      }
      let written = outcomes.map { Double($0.outputTokens) - 1 }
      let energy = bill.phases.map { $0[.acceleratorEnergy] }
      for (i, tenant) in (bill.byLabel[.tenant] ?? []).prefix(outcomes.count).enumerated() {
        let all = (read.reduce(0, +), max(1, written.reduce(0, +)))
        let busy = energy[0] * read[i] / all.0 + energy[1] * written[i] / all.1
        let expected = busy * (1 + energy[2] / (energy[0] + energy[1]))
        #expect(Self.close(tenant.amounts[.acceleratorEnergy], expected), "seed \(seed)")
      }
    }
    #expect(tested > 3)
  }

  /// The same of accelerator time where a run has many windows: a token costs what its window's
  /// tokens cost.
  @Test func `requests bear what tokens cost when theirs are computed`() {
    var tested = 0
    for seed in UInt64(0)..<120 {
      var run = Self.run(randomPlan(seed: seed))
      let outcomes = run.recording.outcomes
      guard run.replicas.count == 1, run.recording.replicas[0].windows.count > 1,
        outcomes.allSatisfy({ $0.status == .finished })
      else { continue }
      tested += 1
      run.traits[.tenant] = RequestLabels(
        names: outcomes.indices.map { "\($0)" }, ofRequest: outcomes.indices.map { Int32($0) })
      let bill = Bill(run, plan: BillTests.plan())
      let prices = NaivePrices(run.recording.replicas[0])
      let read = outcomes.indices.map { i in
        prices.of(
          run.promptTokens[i] - outcomes[i].cachedTokens, phase: 0, outcomes[i].firstScheduled,
          outcomes[i].firstToken)
      }
      let written = outcomes.map {
        prices.of($0.outputTokens - 1, phase: 1, $0.firstToken, $0.finish)
      }
      let time = bill.phases.map { $0[.acceleratorTime] }
      let idle = 1 + time[2] / (time[0] + time[1])
      let all = (read.reduce(0, +), max(1e-30, written.reduce(0, +)))
      for (i, tenant) in (bill.byLabel[.tenant] ?? []).prefix(outcomes.count).enumerated() {
        let expected = idle * (time[0] * read[i] / all.0 + time[1] * written[i] / all.1)
        let found = tenant.amounts[.acceleratorTime]
        #expect(abs(found - expected) <= 1e-6 * (time[0] + time[1] + time[2]), "seed \(seed)")
      }
    }
    #expect(tested > 3)
  }

  static let models: [[PowerChoice]] = [
    [.fitted], [.curve(PowerCurve(.linear))],
    [
      .curve(PowerCurve(.linear)), .fitted, .curve(PowerCurve(.square)), .curve(PowerCurve(.cubic)),
    ],
  ]

  /// With every kind of work, replicas that are off, and a power cap.
  static func run(_ plan: Plan) -> FinishedRun {
    var run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    let kinds = ["h100-sxm", "a100-sxm-80"].compactMap { Accelerators.named($0) }
    for number in run.replicas.indices {
      run.replicas[number].accelerator = kinds[number % kinds.count]
      run.replicas[number].acceleratorCount = 1 + number % 3
      run.replicas[number].powerCap = number % 2 == 0 ? Watts(190) : nil
      // Peaks that the plan's fast steps reach a part of.
      run.replicas[number].meter = WorkMeter(
        flopsPerToken: 1.6e10, flopsPerSampledSequence: 1e10, flopsPerPair: 1e8,
        flopsPerWindowedPair: 3e8, readBytesPerContext: 1.3e8, readBytesPerWindowedContext: 2e8,
        writtenBytesPerToken: 1.3e9, weightBytes: [], peakCompute: FLOPsPerSecond(3e15),
        peakBandwidth: BytesPerSecond(3e14))
    }
    return run
  }

  static func close(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-9)
  }
}

/// Seconds that a token takes in each window of a replica, by phase: prefill, decode.
private struct NaivePrices {
  private let length: Double
  private let prices: [[Double]]

  init(_ replica: ReplicaRecording) {
    length = replica.windowLength.seconds
    prices = replica.windows.map { window in
      let (mixed, alone) = (window.prefillSteps, window.decodeSteps)
      let read = mixed.prefillTokens
      let written = window.decodedTokens
      // A stretch of a step that no whole token falls into counts as decode.
      let reading = read > 0 ? mixed.busy * read / mixed.tokens : 0
      return [
        read > 0 ? reading / read / 1e12 : 0,
        written > 0 ? (mixed.busy - reading + alone.busy) / written / 1e12 : 0,
      ]
    }
  }

  /// Of tokens that are computed evenly from `start` to `end`.
  func of(_ tokens: Int32, phase: Int, _ start: SimTime, _ end: SimTime) -> Double {
    guard tokens > 0 else { return 0 }
    let (start, end) = (start.seconds, end.seconds)
    let seconds = prices.enumerated().reduce(0) { sum, window in
      let from = Double(window.offset) * length
      let overlap = max(0, min(end, from + length) - max(start, from))
      return sum + overlap * window.element[phase]
    }
    return Double(tokens) * seconds / (end - start)
  }
}

/// A bill without the machinery of one.
private struct NaiveBill {
  var total: [Measure: Double] = [:]
  var joules: [BillPhase: Double] = [:]
  var seconds: [BillPhase: Double] = [:]
  var byModel: [Double]

  init(_ run: FinishedRun, _ plan: ImpactPlan) {
    byModel = plan.power.map { _ in 0 }
    let end = run.recording.end.seconds
    let length = run.recording.replicas[0].windowLength.seconds
    var start = 0.0
    var number = 0
    while start < end {
      addWindow(number, start, min(length, end - start), run, plan)
      number += 1
      start = Double(number) * length
    }
  }

  private mutating func addWindow(
    _ number: Int, _ start: Double, _ length: Double, _ run: FinishedRun, _ plan: ImpactPlan
  ) {
    let windows = run.recording.replicas.map {
      number < $0.windows.count ? $0.windows[number] : WindowTotals()
    }
    let times = run.recording.replicas.map { there($0, start, start + length) }
    let draws = plan.power.map { choice in
      run.replicas.indices.map {
        Draw(windows[$0], run.replicas[$0], choice, there: times[$0], of: length)
      }
    }
    let sums = draws.map { $0.reduce(0) { $0 + $1.prefill + $1.decode + $1.idle } }
    for (model, sum) in sums.enumerated() { byModel[model] += sum }
    let ranked = sums.indices.sorted { (sums[$0], $0) < (sums[$1], $1) }
    let middle = [ranked[(ranked.count - 1) / 2], ranked[ranked.count / 2]]
    let median = (sums[middle[0]] + sums[middle[1]]) / 2 / length
    let pue = plan.facility?.value.value(load: load(median, run, times.map { $0 / length })) ?? 1
    func rate(_ series: Sourced<StepSeries>?) -> Double {
      series?.value.mean(fromSeconds: start, toSeconds: start + length) ?? 0
    }
    for (r, replica) in run.replicas.enumerated() {
      let (a, b) = (draws[middle[0]][r], draws[middle[1]][r])
      let joules: [BillPhase: Double] = [
        .prefill: (a.prefill + b.prefill) / 2, .decode: (a.decode + b.decode) / 2,
        .idle: (a.idle + b.idle) / 2,
      ]
      let count = Double(replica.acceleratorCount)
      let length = times[r]
      for (phase, value) in joules { self.joules[phase, default: 0] += value }
      for (phase, value) in a.seconds { seconds[phase, default: 0] += value * count }
      let gpu = joules.values.reduce(0, +)
      let host = 0.2 * gpu + 1150 / 8 * count * length
      let kilowattHours = (gpu + host) * pue / 3.6e6
      let life = 4 * 365.25 * 86_400
      let amounts: [Measure: Double] = [
        .acceleratorTime: count * length, .acceleratorEnergy: gpu, .hostEnergy: host,
        .facilityOverhead: (gpu + host) * (pue - 1),
        .electricityCost: kilowattHours * rate(plan.tariff),
        .operationalCarbon: kilowattHours * rate(plan.grid), .marketCarbon: kilowattHours * 20,
        .embodiedLow: 864_000 / life * count * length,
        .embodiedHigh: 1_295_000 / life * count * length,
        .siteWater: (gpu + host) / 3.6e6 * 0.4, .sourceWater: kilowattHours * 1.9,
        .provisionLow: 1.25 / 3600 * count * length, .provisionHigh: 12.29 / 3600 * count * length,
      ]
      for (measure, amount) in amounts { total[measure, default: 0] += amount }
    }
  }

  /// Seconds of a stretch in which a replica was part of the fleet.
  private func there(_ replica: ReplicaRecording, _ start: Double, _ end: Double) -> Double {
    let gone = replica.gone.isNever ? end : replica.gone.seconds
    return max(0, min(end, gone) - max(start, replica.joined.seconds))
  }

  /// The servers' draw as a share of the most that the largest fleet can draw; `there` are shares
  /// of the window.
  private func load(_ watts: Double, _ run: FinishedRun, _ there: [Double]) -> Double {
    let still = zip(run.replicas, there).reduce(0) {
      $0 + Double($1.0.acceleratorCount) * $1.1 * 1150 / 8
    }
    return (watts * 1.2 + still) / most(run)
  }

  private func most(_ run: FinishedRun) -> Double {
    let end = run.recording.end.seconds
    let length = run.recording.replicas[0].windowLength.seconds
    return stride(from: 0, to: end, by: length).map { start in
      let width = min(length, end - start)
      return zip(run.replicas, run.recording.replicas).reduce(0) { sum, pair in
        let design = (pair.0.accelerator?.thermalDesignPower?.value ?? 0) * 1.2 + 1150 / 8
        let share = there(pair.1, start, start + width) / width
        return sum + Double(pair.0.acceleratorCount) * share * design
      }
    }.max() ?? 0
  }
}

/// What one replica draws in a window, in joules by phase.
private struct Draw {
  var prefill = 0.0
  var decode = 0.0
  var idle = 0.0
  var seconds: [BillPhase: Double] = [:]

  /// Of a window of `length` seconds, in `there` of which the replica was part of the fleet.
  init(
    _ window: WindowTotals, _ replica: FinishedReplica, _ choice: PowerChoice, there: Double,
    of length: Double
  ) {
    guard let accelerator = replica.accelerator, let meter = replica.meter,
      let designPower = accelerator.thermalDesignPower?.value
    else { return }
    let law = choice.law(for: accelerator)
    func watts(_ share: Double) -> Double {
      min(share * designPower, replica.powerCap?.value ?? .infinity)
        * Double(replica.acceleratorCount)
    }
    func energy(_ steps: StepTotals) -> Double {
      guard steps.busy > 0 else { return 0 }
      let time = steps.busy / 1e12
      let tokens = steps.tokens
      let flops =
        tokens * meter.flopsPerToken + steps.sampledTokens * meter.flopsPerSampledSequence
        + steps.pairs * meter.flopsPerPair + steps.windowedPairs * meter.flopsPerWindowedPair
      let bytes =
        steps.weightBytes + steps.context * meter.readBytesPerContext
        + steps.windowedContext * meter.readBytesPerWindowedContext
        + tokens * meter.writtenBytesPerToken
      let share = law.share(
        compute: flops / time / meter.peakCompute.rate,
        memory: bytes / time / meter.peakBandwidth.rate)
      return watts(share) * time
    }
    // In a step of both, every token bears the same.
    let mixed = window.prefillSteps
    let share = mixed.prefillTokens / max(1e-9, mixed.tokens)
    prefill = energy(mixed) * share
    decode = energy(mixed) * (1 - share) + energy(window.decodeSteps)
    let busy = (mixed.busy + window.decodeSteps.busy) / 1e12
    idle = watts(law.idle) * max(0, length - busy - window.offTime / 1e12)
    seconds = [
      .prefill: mixed.busy / 1e12 * share,
      .decode: mixed.busy / 1e12 * (1 - share) + window.decodeSteps.busy / 1e12,
      .idle: max(0, there - busy),
    ]
  }
}
