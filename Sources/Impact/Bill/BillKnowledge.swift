import ServingSim
import SimKernel

/// Which figures of a bill are known, and what is missing for the others.
struct BillKnowledge {
  private(set) var known = Set(Measure.allCases)
  private(set) var unknowns: [String] = []

  init(_ run: FinishedRun, plan: ImpactPlan, cells: BillCells) {
    for measure in Measure.allCases {
      for reason in cells.unknown[measure] ?? [] { lacks([measure], reason) }
    }
    if plan.host == nil { lacks([.hostEnergy], "impact.host is not stated: accelerators alone") }
    if plan.facility == nil {
      lacks([.facilityOverhead], "impact.pue is not stated: no cooling and supply")
    }
    lacks([.operationalCarbon], "impact.grid is not stated", run.replicas) {
      plan.grid(in: $0.region) == nil
    }
    // What is optional by its nature is not missed.
    if plan.marketIntensity == nil { known.remove(.marketCarbon) }
    if run.regions.contains(where: { plan.tariff(in: $0) == nil }) {
      known.remove(.electricityCost)
    }
    if plan.water.site == nil { lacks([.siteWater], "impact.water.site is not stated") }
    if plan.water.source == nil { lacks([.sourceWater], "impact.water.source is not stated") }
    if let embodied = plan.embodied {
      if embodied.host == nil {
        unknowns.append("impact.embodied.host is not stated: embodied carbon of accelerators alone")
      }
    } else {
      lacks([.embodiedLow, .embodiedHigh], "impact.embodied is not stated")
    }
    lacks([.provisionLow, .provisionHigh], "impact.price is not stated", run.replicas) {
      plan.price(of: $0) == nil
    }
  }

  /// Of replicas of which `isMissing` says so: of all, or of some, which are then told apart.
  private mutating func lacks(
    _ measures: [Measure], _ reason: String, _ replicas: [FinishedReplica],
    where isMissing: (FinishedReplica) -> Bool
  ) {
    let missing = replicas.filter(isMissing)
    if missing.isEmpty { return }
    let places: [String] = missing.reduce(into: []) { places, replica in
      let place = replica.region ?? "group \(replica.group)"
      if !places.contains(place) { places.append(place) }
    }
    let isEverywhere = missing.count == replicas.count
    lacks(measures, isEverywhere ? reason : "\(reason) for \(places.joined(separator: ", "))")
  }

  private mutating func lacks(_ measures: [Measure], _ reason: String) {
    for measure in measures { known.remove(measure) }
    if !unknowns.contains(reason) { unknowns.append(reason) }
  }
}

extension FinishedRun {
  /// Where its replicas are, each once; nil among them: nowhere in particular.
  var regions: [String?] {
    replicas.reduce(into: []) { if !$0.contains($1.region) { $0.append($1.region) } }
  }
}

extension ImpactPlan {
  /// What was stated or assumed for the whole run.
  var assumptions: [BillAssumption] {
    var list: [BillAssumption] = []
    func add<Value>(_ name: String, _ stated: Sourced<Value>?, _ text: (Value) -> String) {
      guard let stated else { return }
      list.append(BillAssumption(name: name, value: text(stated.value), source: stated.source))
    }
    add("host", host) {
      "\($0.idle) W + \($0.perAcceleratorWatt) W per W of \($0.accelerators) accelerators"
    }
    add("PUE", facility) { pue in
      pue.points.count == 1
        ? "\(pue.points[0].pue)"
        : pue.points.map { "\($0.pue) at \($0.load)" }.joined(separator: ", ")
    }
    add("grid", grid) { $0.text("gCO2e/kWh") }
    add("market-based intensity", marketIntensity) { "\($0) gCO2e/kWh" }
    add("water on site", water.site) { "\($0) L/kWh of IT energy" }
    add("water of electricity", water.source) { "\($0) L/kWh" }
    add("embodied carbon of hosts", embodied?.host) { $0.text("kgCO2e an accelerator") }
    if let embodied {
      list.append(
        BillAssumption(
          name: "lifetime", value: "\(embodied.lifetimeYears) years", source: "the scenario"))
    }
    add("tariff", tariff) { $0.text("\(currency)/kWh") }
    for (name, region) in regions.sorted(by: { $0.key < $1.key }) {
      add("grid in \(name)", region.grid) { $0.text("gCO2e/kWh") }
      add("tariff in \(name)", region.tariff) { $0.text("\(currency)/kWh") }
    }
    return list
  }
}

extension StepSeries {
  /// `381 gCO2e/kWh`, or of several values the least and the most.
  fileprivate func text(_ unit: String) -> String {
    let least = values.min() ?? 0
    let most = values.max() ?? 0
    return least == most ? "\(least) \(unit)" : "\(least) to \(most) \(unit) over time"
  }
}
