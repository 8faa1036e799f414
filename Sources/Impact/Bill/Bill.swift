package import ServingModel

/// What a finished run costs: energy, carbon, water and money.
///
/// It is computed from the recording alone, so that other power models, grids and prices need no
/// other run. All amounts are multiples of one quantum a measure: the parts of any breakdown add up
/// to `total` exactly.
package struct Bill: Sendable {
  package var plan: ImpactPlan
  /// Measures that every part of the run has a figure of; the others are not known and zero.
  package var known: Set<Measure>
  /// What is not known, and why, in sentences.
  package var unknowns: [String]
  /// Every figure that was assumed, with its source.
  package var assumptions: [BillAssumption]
  package var total: Amounts
  /// By `BillPhase.rawValue`.
  package var phases: [Amounts]
  package var replicas: [Amounts]
  package var groups: [BillPart]
  package var models: [BillPart]
  /// By where replicas stand; one without a name where there are no regions.
  package var fleetRegions: [BillPart]
  /// By what requests say of themselves, where any says it. What no request can be held to, the idle
  /// time of replicas that served nobody, is a part without a name.
  package var byLabel: [RequestLabel: [BillPart]]
  /// What attempts at requests cost that were dropped, be it that clients gave up or replicas failed;
  /// nil: there were none.
  package var lost: Amounts?
  /// In equal stretches of time, the last one cut at the run's end.
  package var windows: [BillWindow]
  /// Over finished requests.
  package var requests: RequestBill?
  /// Of the request that was asked for; nil: none was.
  package var charge: RequestCharge?
  package var denominators: BillDenominators
  /// Joules of the accelerators by each power model alone.
  package var ensemble: [(name: String, joules: Double)]
}

/// A named part of a bill, and what was served for it.
package struct BillPart: Hashable, Sendable {
  /// nil: of nobody.
  package var name: String?
  package var amounts: Amounts
  package var requests: Int
  /// Prompt and output tokens of its finished requests.
  package var tokens: Int

  package init(name: String?, amounts: Amounts, requests: Int, tokens: Int) {
    self.name = name
    self.amounts = amounts
    self.requests = requests
    self.tokens = tokens
  }
}

package struct BillAssumption: Hashable, Sendable {
  package var name: String
  package var value: String
  package var source: String
}

/// A stretch of time.
package struct BillWindow: Hashable, Sendable {
  /// Seconds from the run's start.
  package var start: Double
  package var length: Double
  package var amounts: Amounts
  /// Watts of all accelerators: over the power models.
  package var power: PowerSpread
}

/// A draw by several power models, in watts.
package struct PowerSpread: Hashable, Sendable {
  package var mean: Double
  package var median: Double
  package var least: Double
  package var most: Double

  /// Of at least one.
  init(_ watts: [Double]) {
    let sorted = watts.sorted()
    mean = watts.reduce(0, +) / Double(watts.count)
    median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    least = sorted[0]
    most = sorted[sorted.count - 1]
  }
}

/// What amounts are divided by, all over finished requests.
package struct BillDenominators: Hashable, Sendable {
  package var requests = 0
  package var inputTokens = 0
  package var outputTokens = 0
  /// Prompt and output tokens of requests that met every objective; nil: none is stated.
  package var objectiveTokens: Int?

  package var tokens: Int { inputTokens + outputTokens }
}

/// What a single request bears of a bill.
package struct RequestCharge: Hashable, Sendable {
  /// nil: it has no whole answer, or none yet.
  package var answer: Amounts?
  /// Of its attempts that were worked on and dropped, in their order.
  package var attempts: [Amounts] = []

  package init() {}

  package var total: Amounts { attempts.reduce(answer ?? Amounts(), +) }
}

/// How single requests fare, in nearest-rank quantiles.
package struct RequestBill: Hashable, Sendable {
  package var energy: Spread
  /// Operational by location and embodied, at least and at most.
  package var carbonLow: Spread
  package var carbonHigh: Spread
  package var costLow: Spread
  package var costHigh: Spread

  package struct Spread: Hashable, Sendable {
    package var mean: Double
    package var p50: Double
    package var p99: Double
  }
}

/// How far an energy reaches.
package enum EnergyBoundary: String, Sendable {
  case accelerators
  case acceleratorsWithFacility = "accelerators with their share of the facility"
  case servers
  case facility
}

extension Bill {
  /// The widest boundary that is known; nil: no energy is.
  package var boundary: EnergyBoundary? {
    guard known.contains(.acceleratorEnergy) else { return nil }
    let facility = known.contains(.facilityOverhead)
    guard known.contains(.hostEnergy) else {
      return facility ? .acceleratorsWithFacility : .accelerators
    }
    return facility ? .facility : .servers
  }

  /// Joules within it, as a share of `amounts`.
  package func energy(_ amounts: Amounts) -> Double? {
    boundary == nil ? nil : amounts.facilityEnergy
  }

  /// Operational by location, and embodied as far as that is known: the carbon column of
  /// breakdowns. nil unless the operational part is known.
  package func knownCarbon(_ amounts: Amounts) -> Interval? {
    known.contains(.operationalCarbon) ? .ordered(amounts.carbonLow, amounts.carbonHigh) : nil
  }

  package func operationalCarbon(_ amounts: Amounts) -> Double? {
    known.contains(.operationalCarbon) ? amounts[.operationalCarbon] : nil
  }

  /// Operational by location and embodied, where both are known.
  package func carbon(_ amounts: Amounts) -> Interval? {
    guard known.contains(.operationalCarbon), known.contains(.embodiedLow) else { return nil }
    return .ordered(amounts.carbonLow, amounts.carbonHigh)
  }

  /// nil unless what holding the accelerators costs is known.
  package func cost(_ amounts: Amounts) -> Interval? {
    known.contains(.provisionLow) ? .ordered(amounts.costLow, amounts.costHigh) : nil
  }

  package func water(_ amounts: Amounts) -> Double? {
    known.contains(.siteWater) || known.contains(.sourceWater) ? amounts.water : nil
  }

  /// SCI (ISO/IEC 21031): operational and embodied grams of CO2e per functional unit, idle time of
  /// provisioned machines included.
  package var softwareCarbonIntensity: Interval? {
    guard let carbon = carbon(total), let units, units > 0 else { return nil }
    return carbon * (1 / units)
  }

  private var units: Double? {
    switch plan.functionalUnit {
    case .request: Double(denominators.requests)
    case .millionTokens: Double(denominators.tokens) / 1e6
    case .millionOutputTokens: Double(denominators.outputTokens) / 1e6
    }
  }
}
