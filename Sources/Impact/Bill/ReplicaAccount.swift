import ServingSim
import SimKernel
import ServingModel

/// What one accelerator-second and one joule of a replica come to, and what of it is not known.
struct ReplicaAccount {
  /// Per accelerator-second: time, embodied carbon and provisioning.
  private(set) var perSecond = Amounts()
  /// Of the host, watts for each accelerator whatever it does, and for each of its watts.
  private(set) var hostWatts = 0.0
  private(set) var hostShare = 0.0
  private(set) var unknown: [Measure: String] = [:]
  private(set) var sources: [BillAssumption] = []

  init(_ replica: FinishedReplica, plan: ImpactPlan) {
    perSecond[.acceleratorTime] = 1
    addEnergy(replica, plan)
    addEmbodied(replica, plan)
    addProvision(replica, plan)
  }

  private mutating func addEnergy(_ replica: FinishedReplica, _ plan: ImpactPlan) {
    if let reason = Self.noPower(replica) {
      for measure in Self.ofEnergy { unknown[measure] = reason }
    } else if let accelerator = replica.accelerator {
      for choice in plan.power {
        sources.append(
          BillAssumption(
            name: "power of \(accelerator.id)", value: choice.name,
            source: choice.law(for: accelerator).provenance))
      }
    }
    guard let host = plan.host?.value else { return }
    hostWatts = host.idle / Double(host.accelerators)
    hostShare = host.perAcceleratorWatt - 1
  }

  private static let ofEnergy: [Measure] = [
    .acceleratorEnergy, .hostEnergy, .facilityOverhead, .electricityCost, .operationalCarbon,
    .marketCarbon, .siteWater, .sourceWater,
  ]

  private static func noPower(_ replica: FinishedReplica) -> String? {
    guard let accelerator = replica.accelerator else {
      return "group \(replica.group) names no accelerator"
    }
    guard accelerator.thermalDesignPower != nil else {
      return "the maker of \(accelerator.id) publishes no thermal design power"
    }
    return replica.meter == nil ? "group \(replica.group) names no model" : nil
  }

  private mutating func addEmbodied(_ replica: FinishedReplica, _ plan: ImpactPlan) {
    guard let embodied = plan.embodied else { return }
    let stated = embodied.accelerator
    let catalogue = replica.accelerator.flatMap { EmbodiedCarbon.of($0.id) }
    guard let found = stated ?? catalogue else {
      let name = replica.accelerator?.id ?? "the accelerator of group \(replica.group)"
      for measure in [Measure.embodiedLow, .embodiedHigh] {
        unknown[measure] = "no embodied carbon of \(name) in the catalogue"
      }
      return
    }
    let grams = (found.value + (embodied.host?.value ?? Interval(0, 0))) * 1000
    let life = embodied.lifetimeYears * 365.25 * 86_400
    perSecond[.embodiedLow] = grams.low / life
    perSecond[.embodiedHigh] = grams.high / life
    sources.append(
      BillAssumption(
        name: "embodied carbon of \(replica.accelerator?.id ?? "an accelerator")",
        value: found.value.text("kgCO2e"), source: found.source))
  }

  private mutating func addProvision(_ replica: FinishedReplica, _ plan: ImpactPlan) {
    guard let price = plan.price(of: replica) else { return }
    let name = replica.accelerator?.id ?? "an accelerator"
    let found: Sourced<Interval>?
    switch price {
    case .catalogue: found = replica.accelerator.flatMap { AcceleratorPrices.of($0.id) }
    case .rent(let rent): found = rent
    case .ownership(let ownership):
      found = Sourced(
        Interval(ownership.perHour, ownership.perHour), source: "the scenario's ownership")
    }
    guard let found else {
      for measure in [Measure.provisionLow, .provisionHigh] {
        unknown[measure] = "no price of \(name) in the catalogue"
      }
      return
    }
    perSecond[.provisionLow] = found.value.low / 3600
    perSecond[.provisionHigh] = found.value.high / 3600
    sources.append(
      BillAssumption(
        name: "price of \(name)\(replica.place(in: plan))",
        value: found.value.text("\(plan.currency)/h"),
        source: found.source))
  }
}

extension FinishedReplica {
  /// Whose price it is: ` of spot`, ` in us-east`; nothing where all have the same.
  fileprivate func place(in plan: ImpactPlan) -> String {
    if plan.groupPrices[group] != nil { return " of \(group)" }
    return region.map { " in \($0)" } ?? ""
  }
}

extension Interval {
  /// `164 to 575 kg`, `2 kg`.
  package func text(_ unit: String) -> String {
    low == high ? "\(low) \(unit)" : "\(low) to \(high) \(unit)"
  }
}
