import ServingSim
import SimKernel

/// The amounts of every replica in every window by phase, and the tokens that they were spent on.
struct BillCells {
  /// Seconds of each window; all but the last are alike.
  let lengths: [Double]
  /// By replica, then at `3 * window + phase`.
  private(set) var amounts: [[Amounts]] = []
  /// By replica and window.
  private(set) var tokens: [[SIMD2<Double>]] = []
  private(set) var power: [PowerSpread] = []
  private(set) var ensemble: [Double]
  private(set) var unknown: [Measure: [String]] = [:]
  private(set) var sources: [BillAssumption] = []
  private(set) var quantum: Quantum

  init(_ run: FinishedRun, plan: ImpactPlan) {
    lengths = run.windowLengths
    quantum = Quantum(total: Amounts())
    let models = FleetPower(run, plan: plan, lengths: lengths)
    power = models.spreads
    ensemble = models.totals
    let accounts = accounts(run, plan)
    let load = models.itLoads(accounts, replicas: run.replicas, host: plan.host?.value)
    var rates: [String?: [WindowRates]] = [:]
    for region in run.regions {
      rates[region] = lengths.indices.map {
        WindowRates(
          plan, in: region, start: Double($0) * lengths[0], length: lengths[$0], load: load[$0])
      }
    }
    for (number, replica) in run.replicas.enumerated() {
      fill(replica, accounts[number], models.efforts(of: number), rates[replica.region] ?? [])
    }
    round()
  }

  /// One for each replica; those that are alike are worked out once.
  private mutating func accounts(_ run: FinishedRun, _ plan: ImpactPlan) -> [ReplicaAccount] {
    var accounts: [ReplicaAccount] = []
    for (number, replica) in run.replicas.enumerated() {
      if number > 0, run.replicas[number - 1] == replica {
        accounts.append(accounts[number - 1])
        continue
      }
      let account = ReplicaAccount(replica, plan: plan)
      for (measure, reason) in account.unknown where unknown[measure]?.contains(reason) != true {
        unknown[measure, default: []].append(reason)
      }
      for source in account.sources where !sources.contains(source) { sources.append(source) }
      accounts.append(account)
    }
    return accounts
  }

  private mutating func fill(
    _ replica: FinishedReplica, _ account: ReplicaAccount, _ efforts: [PhaseEffort],
    _ rates: [WindowRates]
  ) {
    let count = Double(replica.acceleratorCount)
    var cells: [Amounts] = []
    cells.reserveCapacity(3 * efforts.count)
    for (effort, rates) in zip(efforts, rates) {
      for phase in 0..<3 {
        cells.append(
          rates.amounts(
            joules: effort.joules[phase], acceleratorSeconds: effort.seconds[phase] * count,
            account))
      }
      let idle = cells.count - 3 + BillPhase.idle.rawValue
      for measure in [Measure.provisionLow, .provisionHigh] {
        cells[idle][measure] += account.perSecond[measure] * effort.paidAfter * count
      }
    }
    amounts.append(cells)
    tokens.append(efforts.map(\.tokens))
  }

  private mutating func round() {
    var total = Amounts()
    for cells in amounts { for cell in cells { total += cell } }
    quantum = Quantum(total: total)
    for replica in amounts.indices {
      for cell in amounts[replica].indices {
        amounts[replica][cell] = quantum.rounded(amounts[replica][cell])
      }
    }
  }
}

/// What energy in one window comes to.
struct WindowRates {
  private var pue: Double
  /// Per kWh that the facility takes.
  private var perKilowattHour = Amounts()
  private var siteWater: Double

  /// `load` is the IT load as a share of the most.
  init(_ plan: ImpactPlan, in region: String?, start: Double, length: Double, load: Double) {
    pue = plan.facility?.value.value(load: load) ?? 1
    siteWater = plan.water.site?.value ?? 0
    func mean(_ series: Sourced<StepSeries>?) -> Double {
      series?.value.mean(fromSeconds: start, toSeconds: start + length) ?? 0
    }
    perKilowattHour[.electricityCost] = mean(plan.tariff(in: region))
    perKilowattHour[.operationalCarbon] = mean(plan.grid(in: region))
    perKilowattHour[.marketCarbon] = plan.marketIntensity?.value ?? 0
    perKilowattHour[.sourceWater] = plan.water.source?.value ?? 0
  }

  private static let joulesPerKilowattHour = 3.6e6

  func amounts(
    joules: Double, acceleratorSeconds: Double, _ account: ReplicaAccount
  ) -> Amounts {
    let host = joules * account.hostShare + account.hostWatts * acceleratorSeconds
    let it = joules + host
    let kilowattHours = it * pue / Self.joulesPerKilowattHour
    var amounts = Amounts(
      account.perSecond.values * acceleratorSeconds + perKilowattHour.values * kilowattHours)
    amounts[.acceleratorEnergy] = joules
    amounts[.hostEnergy] = host
    amounts[.facilityOverhead] = it * (pue - 1)
    amounts[.siteWater] = it / Self.joulesPerKilowattHour * siteWater
    return amounts
  }
}
