package import Impact
import ServingSim

/// The bill under stable names, as `impact` of report.json. Unknown is null.
package enum BillJSON {
  package static func value(_ bill: Bill) -> JSONValue {
    .object(
      head(bill) + RequestLabel.allCases.flatMap { labelled($0, bill) } + tail(bill))
  }

  private static func head(_ bill: Bill) -> [(String, JSONValue)] {
    [
      ("boundary", bill.boundary.map { .string($0.rawValue) } ?? .null),
      ("currency", .string(bill.plan.currency)),
      ("total", amounts(bill.total, bill)),
      ("per_million_tokens", perMillion(bill)),
      ("sci", intensity(bill)),
      (
        "phases",
        .object(
          BillPhase.allCases.map {
            ($0.name, amounts(bill.phases[$0.rawValue], bill))
          })
      ),
      ("groups", parts(bill.groups, bill)),
      ("models", parts(bill.models, bill)),
    ]
  }

  /// Null where no request says it.
  private static func labelled(_ label: RequestLabel, _ bill: Bill) -> [(String, JSONValue)] {
    let parts = bill.byLabel[label]
    return [
      (label.plural, parts.map { largest($0, bill) } ?? .null),
      ("\(label.plural)_others", others(parts, bill)),
    ]
  }

  private static func tail(_ bill: Bill) -> [(String, JSONValue)] {
    [
      ("engines", .array(bill.replicas.map { amounts($0, bill) })),
      ("request", request(bill)),
      ("power_models", .object(bill.ensemble.map { ($0.name, .number($0.joules)) })),
      ("assumptions", .array(bill.assumptions.map(assumption))),
      ("unknown", .array(bill.unknowns.map { .string($0) })),
    ]
  }

  /// The file of a bill alone.
  package static func render(_ bill: Bill) -> String {
    JSONValue.object([("impact", value(bill))]).text
  }

  private static func amounts(_ amounts: Amounts, _ bill: Bill) -> JSONValue {
    func known(_ measure: Measure) -> JSONValue {
      bill.known.contains(measure) ? .number(amounts[measure]) : .null
    }
    return .object([
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

  private static func perMillion(_ bill: Bill) -> JSONValue {
    func per(_ tokens: Int?) -> JSONValue {
      guard let tokens, tokens > 0 else { return .null }
      let millions = Double(tokens) / 1e6
      func share(_ x: Double?) -> JSONValue { .optional(x.map { $0 / millions }) }
      return .object([
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
    return .object([
      ("total", per(bill.denominators.tokens)),
      ("input", per(bill.denominators.inputTokens)),
      ("output", per(bill.denominators.outputTokens)),
      ("slo_met", per(bill.denominators.objectiveTokens)),
    ])
  }

  private static func intensity(_ bill: Bill) -> JSONValue {
    .object([
      ("per", .string(bill.plan.functionalUnit.rawValue)),
      ("low_gco2e", .optional(bill.softwareCarbonIntensity?.low)),
      ("high_gco2e", .optional(bill.softwareCarbonIntensity?.high)),
    ])
  }

  /// Of more tenants or classes than these only the largest are told one by one.
  static let mostParts = 1000

  private static func largest(_ parts: [BillPart], _ bill: Bill) -> JSONValue {
    Self.parts(LargestParts(parts, most: mostParts).shown, bill)
  }

  /// Those that are not told one by one; null when all are.
  private static func others(_ parts: [BillPart]?, _ bill: Bill) -> JSONValue {
    guard let others = LargestParts(parts ?? [], most: mostParts).others else { return .null }
    return .object([
      ("count", .count(others.count)), ("requests", .count(others.sum.requests)),
      ("tokens", .count(others.sum.tokens)), ("amounts", amounts(others.sum.amounts, bill)),
    ])
  }

  private static func parts(_ parts: [BillPart], _ bill: Bill) -> JSONValue {
    .array(
      parts.map { part in
        .object([
          ("name", part.name.map { .string($0) } ?? .null), ("requests", .count(part.requests)),
          ("tokens", .count(part.tokens)), ("amounts", amounts(part.amounts, bill)),
        ])
      })
  }

  private static func request(_ bill: Bill) -> JSONValue {
    guard let requests = bill.requests else { return .null }
    func spread(_ spread: RequestBill.Spread, _ isKnown: Bool) -> JSONValue {
      guard isKnown else { return .null }
      return .object([
        ("mean", .number(spread.mean)), ("p50", .number(spread.p50)), ("p99", .number(spread.p99)),
      ])
    }
    let isCarbonKnown = bill.known.contains(.operationalCarbon)
    let isCostKnown = bill.known.contains(.provisionLow)
    return .object([
      ("energy_j", spread(requests.energy, bill.boundary != nil)),
      ("carbon_low_gco2e", spread(requests.carbonLow, isCarbonKnown)),
      ("carbon_high_gco2e", spread(requests.carbonHigh, isCarbonKnown)),
      ("cost_low", spread(requests.costLow, isCostKnown)),
      ("cost_high", spread(requests.costHigh, isCostKnown)),
    ])
  }

  private static func assumption(_ assumption: BillAssumption) -> JSONValue {
    .object([
      ("name", .string(assumption.name)), ("value", .string(assumption.value)),
      ("source", .string(assumption.source)),
    ])
  }
}
