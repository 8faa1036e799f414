package import Impact
import ServingModel
package import TextAndBytes

/// The bill under stable names, as `impact` of report.json. Unknown is null.
package enum BillJSON {
  package static func value(_ bill: Bill) -> JSON {
    .object(
      of: head(bill) + RequestLabel.allCases.flatMap { labelled($0, bill) } + tail(bill))
  }

  private static func head(_ bill: Bill) -> [(String, JSON)] {
    [
      ("boundary", bill.boundary.map { .string($0.rawValue) } ?? .null),
      ("currency", .string(bill.plan.currency)),
      ("total", amounts(bill.total, bill)),
      ("per_million_tokens", perMillion(bill)),
      ("sci", intensity(bill)),
      (
        "phases",
        .object(
          of: BillPhase.allCases.map {
            ($0.name, amounts(bill.phases[$0.rawValue], bill))
          })
      ),
      ("groups", parts(bill.groups, bill)),
      ("models", parts(bill.models, bill)),
      ("fleet_regions", parts(bill.fleetRegions, bill)),
    ]
  }

  /// Null where no request says it.
  private static func labelled(_ label: RequestLabel, _ bill: Bill) -> [(String, JSON)] {
    let parts = bill.byLabel[label]
    return [
      (label.plural, parts.map { largest($0, bill) } ?? .null),
      ("\(label.plural)_others", others(parts, bill)),
    ]
  }

  private static func tail(_ bill: Bill) -> [(String, JSON)] {
    [
      ("in_vain", bill.lost.map { amounts($0, bill) } ?? .null),
      ("engines", .array(bill.replicas.map { amounts($0, bill) })),
      ("request", request(bill)),
      ("power_models", .object(of: bill.ensemble.map { ($0.name, .decimal($0.joules)) })),
      ("assumptions", .array(bill.assumptions.map(assumption))),
      ("unknown", .array(bill.unknowns.map { .string($0) })),
    ]
  }

  /// The file of a bill alone.
  package static func render(_ bill: Bill) -> String {
    JSON.object(of: [("impact", value(bill))]).document
  }

  static func amounts(_ amounts: Amounts, _ bill: Bill) -> JSON {
    func known(_ measure: Measure) -> JSON {
      bill.known.contains(measure) ? .decimal(amounts[measure]) : .null
    }
    return .object(of: [
      ("accelerator_s", known(.acceleratorTime)),
      ("energy_j", .optional(bill.energy(amounts))),
      ("accelerator_energy_j", known(.acceleratorEnergy)),
      ("host_energy_j", known(.hostEnergy)),
      ("facility_overhead_j", known(.facilityOverhead)),
      ("operational_gco2e", known(.operationalCarbon)),
      ("market_based_gco2e", known(.marketCarbon)),
      ("embodied_low_gco2e", known(.embodiedLow)),
      ("embodied_high_gco2e", known(.embodiedHigh)),
      ("water_site_l", known(.siteWater)),
      ("water_source_l", known(.sourceWater)),
      ("electricity_cost", known(.electricityCost)),
      ("cost_low", .optional(bill.cost(amounts)?.low)),
      ("cost_high", .optional(bill.cost(amounts)?.high)),
    ])
  }

  private static func perMillion(_ bill: Bill) -> JSON {
    func per(_ tokens: Int?) -> JSON {
      guard let tokens, tokens > 0 else { return .null }
      let millions = Double(tokens) / 1e6
      func share(_ x: Double?) -> JSON { .optional(x.map { $0 / millions }) }
      return .object(of: [
        ("tokens", .count(tokens)),
        ("energy_j", share(bill.energy(bill.total))),
        ("operational_gco2e", share(bill.operationalCarbon(bill.total))),
        ("carbon_low_gco2e", share(bill.carbon(bill.total)?.low)),
        ("carbon_high_gco2e", share(bill.carbon(bill.total)?.high)),
        ("water_l", share(bill.water(bill.total))),
        ("cost_low", share(bill.cost(bill.total)?.low)),
        ("cost_high", share(bill.cost(bill.total)?.high)),
      ])
    }
    return .object(of: [
      ("total", per(bill.denominators.tokens)),
      ("input", per(bill.denominators.inputTokens)),
      ("output", per(bill.denominators.outputTokens)),
      ("slo_met", per(bill.denominators.objectiveTokens)),
    ])
  }

  private static func intensity(_ bill: Bill) -> JSON {
    .object(of: [
      ("per", .string(bill.plan.functionalUnit.rawValue)),
      ("low_gco2e", .optional(bill.softwareCarbonIntensity?.low)),
      ("high_gco2e", .optional(bill.softwareCarbonIntensity?.high)),
    ])
  }

  /// Of more tenants or classes than these only the largest are told one by one.
  static let mostParts = 1000

  private static func largest(_ parts: [BillPart], _ bill: Bill) -> JSON {
    Self.parts(LargestParts(parts, most: mostParts).shown, bill)
  }

  /// Those that are not told one by one; null when all are.
  private static func others(_ parts: [BillPart]?, _ bill: Bill) -> JSON {
    guard let others = LargestParts(parts ?? [], most: mostParts).others else { return .null }
    return .object(of: [
      ("count", .count(others.count)), ("requests", .count(others.sum.requests)),
      ("tokens", .count(others.sum.tokens)), ("amounts", amounts(others.sum.amounts, bill)),
    ])
  }

  private static func parts(_ parts: [BillPart], _ bill: Bill) -> JSON {
    .array(
      parts.map { part in
        .object(of: [
          ("name", part.name.map { .string($0) } ?? .null), ("requests", .count(part.requests)),
          ("tokens", .count(part.tokens)), ("amounts", amounts(part.amounts, bill)),
        ])
      })
  }

  private static func request(_ bill: Bill) -> JSON {
    guard let requests = bill.requests else { return .null }
    func spread(_ spread: RequestBill.Spread, _ isKnown: Bool) -> JSON {
      guard isKnown else { return .null }
      return .object(of: [
        ("mean", .decimal(spread.mean)), ("p50", .decimal(spread.p50)),
        ("p99", .decimal(spread.p99)),
      ])
    }
    let isCarbonKnown = bill.known.contains(.operationalCarbon)
    let isCostKnown = bill.known.contains(.provisionLow)
    return .object(of: [
      ("energy_j", spread(requests.energy, bill.boundary != nil)),
      ("carbon_low_gco2e", spread(requests.carbonLow, isCarbonKnown)),
      ("carbon_high_gco2e", spread(requests.carbonHigh, isCarbonKnown)),
      ("cost_low", spread(requests.costLow, isCostKnown)),
      ("cost_high", spread(requests.costHigh, isCostKnown)),
    ])
  }

  private static func assumption(_ assumption: BillAssumption) -> JSON {
    .object(of: [
      ("name", .string(assumption.name)), ("value", .string(assumption.value)),
      ("source", .string(assumption.source)),
    ])
  }
}
