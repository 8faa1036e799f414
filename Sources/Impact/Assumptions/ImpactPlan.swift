package import ServingModel
package import ServingSim
package import SimKernel

/// Everything that turns a recording into a bill, resolved. What is nil is not known, and whatever
/// depends on it is left out of the bill and said to be.
package struct ImpactPlan: Sendable {
  /// The power models to use: with several, the median of them in every window of time.
  package var power: [PowerChoice]
  package var host: Sourced<HostPower>?
  package var facility: Sourced<PowerUsageEffectiveness>?
  /// Carbon intensity in gCO2e/kWh, from the run's start.
  package var grid: Sourced<StepSeries>?
  /// By contract, in gCO2e/kWh.
  package var marketIntensity: Sourced<Double>?
  package var water: WaterUse
  package var embodied: EmbodiedPlan?
  package var price: PricePlan?
  /// Currency per kWh, from the run's start; nil where the price holds the electricity.
  package var tariff: Sourced<StepSeries>?
  package var currency: String
  package var functionalUnit: FunctionalUnit
  /// What is different in regions of the fleet, by their names.
  package var regions: [String: RegionImpact] = [:]
  /// What holding an accelerator of a group costs, by the groups' names, where that is not what it costs
  /// elsewhere.
  package var groupPrices: [String: PricePlan] = [:]
  /// When the run starts, in milliseconds since 1970 in UTC; nil: no calendar.
  package var start: Int64?

  package init(
    power: [PowerChoice] = [.fitted], host: Sourced<HostPower>? = nil,
    facility: Sourced<PowerUsageEffectiveness>? = nil, grid: Sourced<StepSeries>? = nil,
    marketIntensity: Sourced<Double>? = nil, water: WaterUse = WaterUse(),
    embodied: EmbodiedPlan? = nil, price: PricePlan? = nil, tariff: Sourced<StepSeries>? = nil,
    currency: String = "USD", functionalUnit: FunctionalUnit = .request, start: Int64? = nil
  ) {
    precondition(!power.isEmpty, "a bill without a power model")
    self.power = power
    self.host = host
    self.facility = facility
    self.grid = grid
    self.marketIntensity = marketIntensity
    self.water = water
    self.embodied = embodied
    self.price = price
    self.tariff = tariff
    self.currency = currency
    self.functionalUnit = functionalUnit
    self.start = start
  }
}

/// What takes the place of the figures of the whole plan for replicas in one region; nil: nothing does.
package struct RegionImpact: Sendable {
  package var grid: Sourced<StepSeries>?
  package var tariff: Sourced<StepSeries>?
  package var price: PricePlan?

  package init(
    grid: Sourced<StepSeries>? = nil, tariff: Sourced<StepSeries>? = nil, price: PricePlan? = nil
  ) {
    self.grid = grid
    self.tariff = tariff
    self.price = price
  }
}

extension ImpactPlan {
  /// What holds in a region; nil: in none.
  package func grid(in region: String?) -> Sourced<StepSeries>? {
    region.flatMap { regions[$0]?.grid } ?? grid
  }

  package func tariff(in region: String?) -> Sourced<StepSeries>? {
    region.flatMap { regions[$0]?.tariff } ?? tariff
  }

  package func price(of replica: FinishedReplica) -> PricePlan? {
    groupPrices[replica.group] ?? replica.region.flatMap { regions[$0]?.price } ?? price
  }
}

/// A value with where it comes from.
package struct Sourced<Value: Sendable>: Sendable {
  package var value: Value
  package var source: String

  package init(_ value: Value, source: String) {
    self.value = value
    self.source = source
  }
}

/// A least and a most, where sources differ.
package struct Interval: Hashable, Sendable {
  package var low: Double
  package var high: Double

  package init(_ low: Double, _ high: Double) {
    precondition(low <= high && low >= 0, "a range upside down")
    self.low = low
    self.high = high
  }

  /// For two ends that were rounded, each by itself: those of a range of no width may have crossed.
  package static func ordered(_ a: Double, _ b: Double) -> Self { Self(min(a, b), max(a, b)) }

  package static func + (a: Self, b: Self) -> Self { Self(a.low + b.low, a.high + b.high) }
  package static func * (a: Self, k: Double) -> Self { Self(a.low * k, a.high * k) }
}

/// Which power model an accelerator gets.
package enum PowerChoice: Hashable, Sendable {
  /// Its architecture's, fitted to measured draws.
  case fitted
  case curve(PowerCurve)

  package func law(for accelerator: Accelerator) -> PowerLaw {
    switch self {
    case .fitted: .fitted(PowerModels.model(for: accelerator))
    case .curve(let curve): .curve(curve)
    }
  }

  package var name: String {
    switch self {
    case .fitted: "fitted"
    case .curve(let curve): curve.name
    }
  }
}

/// What a host draws beside its accelerators: `idle + (perAcceleratorWatt - 1) x their draw`.
package struct HostPower: Hashable, Sendable {
  /// Watts of a host with its accelerators' draw left out.
  package var idle: Double
  /// Watts of the host for each watt of its accelerators, theirs included; at least 1.
  package var perAcceleratorWatt: Double
  package var accelerators: Int

  package init(idle: Double, perAcceleratorWatt: Double, accelerators: Int) {
    precondition(
      idle >= 0 && perAcceleratorWatt >= 1 && accelerators > 0, "a host that gives power")
    self.idle = idle
    self.perAcceleratorWatt = perAcceleratorWatt
    self.accelerators = accelerators
  }
}

/// Facility energy over IT energy: one figure, or a curve of the IT load.
package struct PowerUsageEffectiveness: Hashable, Sendable {
  /// By IT load as a share of the most that the servers can draw, ascending; straight lines between,
  /// level outside.
  package var points: [Point]

  package struct Point: Hashable, Sendable {
    package var load: Double
    package var pue: Double

    package init(load: Double, pue: Double) {
      self.load = load
      self.pue = pue
    }
  }

  package init(_ points: [Point]) {
    precondition(
      !points.isEmpty && zip(points, points.dropFirst()).allSatisfy { $0.load < $1.load },
      "a PUE curve out of order")
    self.points = points
  }

  package init(_ pue: Double) { self.init([Point(load: 0, pue: pue)]) }

  package func value(load: Double) -> Double {
    guard let after = points.firstIndex(where: { $0.load >= load }) else {
      return points[points.count - 1].pue
    }
    guard after > 0 else { return points[0].pue }
    let (a, b) = (points[after - 1], points[after])
    return a.pue + (b.pue - a.pue) * (load - a.load) / (b.load - a.load)
  }
}

/// Litres per kWh: evaporated on site for each of IT energy, and for each of the electricity made.
package struct WaterUse: Sendable {
  package var site: Sourced<Double>?
  package var source: Sourced<Double>?

  package init(site: Sourced<Double>? = nil, source: Sourced<Double>? = nil) {
    self.site = site
    self.source = source
  }
}

/// Carbon of making the machines, spread evenly over their life.
package struct EmbodiedPlan: Sendable {
  package var lifetimeYears: Double
  /// kgCO2e of one accelerator; nil: the catalogue's.
  package var accelerator: Sourced<Interval>?
  /// kgCO2e of a host without its accelerators, for each accelerator in it; nil: not known.
  package var host: Sourced<Interval>?

  package init(
    lifetimeYears: Double, accelerator: Sourced<Interval>? = nil, host: Sourced<Interval>? = nil
  ) {
    self.lifetimeYears = lifetimeYears
    self.accelerator = accelerator
    self.host = host
  }
}

/// What holding an accelerator costs.
package enum PricePlan: Sendable {
  /// The catalogue's range of rents, in USD.
  case catalogue
  /// Currency per accelerator-hour.
  case rent(Sourced<Interval>)
  case ownership(Ownership)
}

/// SCI's R: what the carbon is said per.
package enum FunctionalUnit: String, CaseIterable, Sendable {
  case request
  case millionTokens = "million_tokens"
  case millionOutputTokens = "million_output_tokens"
}
