import Impact
import TextAndBytes

/// `impact`: what a run's energy, carbon, water and cost are reckoned with. Everything is optional.
struct ImpactSection: Sendable {
  var start: Stated<Int64>?
  var grid: SignalSection?
  var marketGrid: Stated<Double>?
  var pue: PowerUsageEffectiveness?
  var host: HostSection?
  var siteWater: Stated<Double>?
  var sourceWater: Stated<WaterSource>?
  var embodied: EmbodiedSection?
  var price: Stated<PriceChoice>?
  var ownership: Ownership?
  var tariff: SignalSection?
  var currency: Stated<String>?
  var power: [PowerChoice]?
  var functionalUnit: Stated<FunctionalUnit>?
  var regions: [RegionImpactSection]
  var groups: [GroupImpactSection]
  /// As it was written, for plans.
  var node: DocumentNode

  init?(_ root: Fields) {
    let section = root.fields("impact", "What energy, carbon, water and cost are reckoned with.")
    guard let fields = section else { return nil }
    fields.introduce(
      "See [Energy, carbon, water and cost](EnergyCarbonWaterAndCost.md). All of it is optional. What is "
        + "left out is unknown, and the bill says so.")
    node = fields.whole
    start = fields.scalar(
      "start", expected: Self.startExpected,
      "When the run starts. Files of values over time need it."
    ) { Timestamp.milliseconds($0) }
    grid = SignalSection(gridOf: fields)
    marketGrid = fields.quantity(
      "market_grid", .intensity, zeroAllowed: true,
      "The market-based carbon intensity, that of the contract.")
    pue = fields.usageEffectiveness()
    host = HostSection(fields)
    let water = fields.fields("water", "The use of water.").map { WaterSection($0) }
    siteWater = water?.site
    sourceWater = water?.source
    embodied = fields.fields("embodied", "Carbon of making the machines.")
      .map { EmbodiedSection($0) }
    price = fields.priceRange()
    ownership = fields.fields(
      "ownership", "What owning an accelerator costs; excludes `price`."
    ).flatMap { Ownership($0) }
    tariff = SignalSection(tariffOf: fields)
    currency = fields.text("currency", "The currency of all prices.", .default("USD"))
    power = PowerChoice.list(fields)
    functionalUnit = fields.choice(
      "functional_unit", of: FunctionalUnit.self, "What the carbon of SCI is stated per.",
      .default("request"))
    regions = fields.mappings(
      "regions", "What is different in a region of the fleet: `fleet.region`."
    ).map { RegionImpactSection($0) }
    groups = fields.mappings(
      "groups",
      "What is different for a group of the fleet, like `[{name: spot, price: 0.8}]`: `fleet.name`."
    ).map { GroupImpactSection($0) }
    if let price, ownership != nil {
      fields.issues.add(price.origin, price.path, "stated beside ownership; state one of them")
    }
    fields.finish()
  }

  static let startExpected = "an instant like 2026-06-21T18:00:00Z"
}

/// An entry of `impact.regions`: what takes the place of the fields of `impact` there.
struct RegionImpactSection: Sendable {
  var name: Stated<String>?
  var grid: SignalSection?
  var tariff: SignalSection?
  var price: Stated<PriceChoice>?

  init(_ fields: Fields) {
    fields.introduce(
      "Each field takes the place of the one of `impact` for the replicas that stand there.")
    name = fields.text("name", "The region.", .required("the name of a region"))
    grid = SignalSection(gridOf: fields)
    tariff = SignalSection(tariffOf: fields)
    price = fields.priceRange()
    fields.finish()
  }
}

/// An entry of `impact.groups`.
struct GroupImpactSection: Sendable {
  var name: Stated<String>?
  var price: Stated<PriceChoice>?

  init(_ fields: Fields) {
    fields.introduce(
      "For groups that are bought in another way, as on a spot market. It takes the place of the prices "
        + "of `impact` and of its regions.")
    name = fields.text("name", "The group.", .required("the name of a group"))
    price = fields.priceRange(.required("a price of one accelerator-hour like 0.8"))
    fields.finish()
  }
}

/// `water`: what evaporates, in litres per kWh.
private struct WaterSection {
  var site: Stated<Double>?
  var source: Stated<WaterSource>?

  init(_ fields: Fields) {
    site = fields.quantity(
      "site", .waterUse, zeroAllowed: true, "Water on the site, for each kWh of the servers.")
    source = fields.scalar(
      "source", expected: "catalogue, or \(Units<Double>.waterUse.expected)",
      "Water for making the electricity. `catalogue` is that of the country of `grid`."
    ) {
      $0 == "catalogue" ? .catalogue : Units<Double>.waterUse.parse($0).map { .stated($0) }
    }
    fields.finish()
  }
}

enum WaterSource: Hashable, Sendable {
  /// The country's of `grid`.
  case catalogue
  case stated(Double)
}

enum PriceChoice: Hashable, Sendable {
  case catalogue
  case range(Interval)
}

/// A signal that a word or a number states, or a file over time.
enum SignalSection: Sendable {
  case scalar(Stated<String>)
  case file(trace: Stated<String>, column: String, path: String)

  var file: Stated<String>? {
    if case .file(let trace, _, _) = self { trace } else { nil }
  }

  init?(gridOf fields: Fields) {
    self.init(
      fields, "grid", scalar: "a country's code like DEU, or a carbon intensity like 380 g/kWh",
      meaning: "The location-based carbon intensity of the electricity. `kavier catalog grids` has "
        + "the codes.",
      column: "carbon_intensity", unit: "g/kWh")
  }

  init?(tariffOf fields: Fields) {
    self.init(
      fields, "tariff", scalar: "a price of one kWh like 0.15",
      meaning: "The price of electricity, in `currency`.", column: "price",
      unit: "`currency` per kWh")
  }

  /// `column` is the file's when none is stated, and its values are in `unit`.
  init?(
    _ parent: Fields, _ name: String, scalar: String, meaning: String, column: String, unit: String
  ) {
    let expected = "\(scalar), or {trace: FILE}"
    guard let node = parent.node(name, expected, meaning) else { return nil }
    let path = parent.path(name)
    guard case .mapping = node.content else {
      let stated = parent.scalar(node, path: path, expected: expected) { $0 }
      guard let stated else { return nil }
      self = .scalar(stated)
      return
    }
    let fields = parent.below(name, node)
    fields.introduce(
      "A CSV file of a value over time, in equal steps. Each value holds until the next.")
    let trace = fields.text(
      "trace", "The file, with a column `timestamp` (UTC where it names no time zone).",
      .required("a CSV file"))
    let stated = fields.text("column", "The column of the values, in \(unit).", .default(column))
    fields.finish()
    guard let trace else { return nil }
    self = .file(
      trace: trace, column: stated?.value ?? column, path: path)
  }
}

/// `host`: a kind from the catalogue, or what one draws.
enum HostSection: Sendable {
  case named(Stated<String>)
  case described(HostPower)

  init?(_ parent: Fields) {
    let names = Hosts.all.map(\.name)
    let expected = "one of \(names.joined(separator: ", ")), or a mapping"
    let node = parent.node(
      "host", expected, "What the servers draw in addition to their accelerators.")
    guard let node else { return nil }
    guard case .mapping = node.content else {
      let stated = parent.scalar(node, path: parent.path("host"), expected: expected) {
        names.contains($0) ? $0 : nil
      }
      guard let stated else { return nil }
      self = .named(stated)
      return
    }
    let fields = parent.below("host", node)
    let idle = fields.quantity(
      "idle", .watts, zeroAllowed: true, "The power of a host, whatever its accelerators draw.",
      .required("the draw without the accelerators', like 1150 W"))
    let share = fields.number(
      "per_accelerator_watt", in: 1...10, expected: "a number from 1",
      "Watts of the server for each watt of its accelerators, that watt included. At most 10.",
      .default("1"))
    let accelerators = fields.wholeNumber(
      "accelerators", in: 1...1024,
      "Accelerators of one host. A replica with fewer accounts for its share of the host.",
      .required("how many accelerators a host has"))
    fields.finish()
    guard let idle, let accelerators else { return nil }
    self = .described(
      HostPower(
        idle: idle.value, perAcceleratorWatt: share?.value ?? 1, accelerators: accelerators.value))
  }
}

/// `embodied`: carbon of making the machines.
struct EmbodiedSection: Sendable {
  var lifetime: Stated<Double>?
  /// nil: the catalogue's.
  var accelerator: Stated<Interval>?
  var host: Stated<Interval>?
  var hostIsCatalogue = false

  init(_ fields: Fields) {
    lifetime = fields.quantity(
      "lifetime", .years, "The time that the carbon is spread over evenly.",
      .required("a time like 4 y"))
    accelerator = fields.massRange(
      "accelerator", "The carbon of one accelerator.", .default("the catalogue's"))
    host = fields.massRange(
      "host",
      "The carbon of a host without its accelerators, for each accelerator in it. `catalogue` is a "
        + "server of eight. When it is left out, hosts are not counted.",
      orCatalogue: true)
    hostIsCatalogue = fields.isStated("host", as: "catalogue")
    fields.finish()
  }
}
