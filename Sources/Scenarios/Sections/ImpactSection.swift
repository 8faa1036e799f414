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
  /// As it was written, for plans.
  var node: DocumentNode

  init?(_ root: Fields) {
    guard let fields = root.fields("impact") else { return nil }
    node = fields.whole
    start = fields.scalar("start", expected: Self.startExpected) { Timestamp.milliseconds($0) }
    grid = SignalSection(
      fields, "grid", scalar: "a country's code like DEU, or a carbon intensity like 380 g/kWh",
      column: "carbon_intensity")
    marketGrid = fields.quantity("market_grid", .intensity, zeroAllowed: true)
    pue = fields.usageEffectiveness()
    host = HostSection(fields)
    if let water = fields.fields("water") {
      siteWater = water.quantity("site", .waterUse, zeroAllowed: true)
      sourceWater = water.scalar(
        "source", expected: "catalogue, or \(Units<Double>.waterUse.expected)"
      ) {
        $0 == "catalogue" ? .catalogue : Units<Double>.waterUse.parse($0).map { .stated($0) }
      }
      water.finish()
    }
    embodied = fields.fields("embodied").map { EmbodiedSection($0) }
    price = fields.priceRange()
    ownership = fields.fields("ownership").flatMap { Ownership($0) }
    tariff = SignalSection(
      fields, "tariff", scalar: "a price of one kWh like 0.15", column: "price")
    currency = fields.text("currency")
    power = PowerChoice.list(fields)
    functionalUnit = fields.choice("functional_unit", of: FunctionalUnit.self)
    if let price, ownership != nil {
      fields.issues.add(price.origin, price.path, "stated beside ownership; state one of them")
    }
    fields.finish()
  }

  static let startExpected = "an instant like 2026-06-21T18:00:00Z"
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

  init?(_ parent: Fields, _ name: String, scalar expected: String, column: String) {
    guard let node = parent.node(name) else { return nil }
    let path = parent.path(name)
    guard case .mapping = node.content else {
      let stated = parent.scalar(
        node, path: path, expected: "\(expected), or {trace: FILE}"
      ) { $0 }
      guard let stated else { return nil }
      self = .scalar(stated)
      return
    }
    let fields = Fields(node, path: path, issues: parent.issues)
    fields.require("trace", "a CSV file")
    let trace = fields.text("trace")
    let stated = fields.text("column")
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
    guard let node = parent.node("host") else { return nil }
    guard case .mapping = node.content else {
      let names = Hosts.all.map(\.name)
      let stated = parent.scalar(
        node, path: parent.path("host"),
        expected: "one of \(names.joined(separator: ", ")), or a mapping"
      ) { names.contains($0) ? $0 : nil }
      guard let stated else { return nil }
      self = .named(stated)
      return
    }
    let fields = Fields(node, path: parent.path("host"), issues: parent.issues)
    fields.require("idle", "the draw without the accelerators', like 1150 W")
    fields.require("accelerators", "how many accelerators a host has")
    let idle = fields.quantity("idle", .watts, zeroAllowed: true)
    let share = fields.scalar("per_accelerator_watt", expected: "a number from 1") {
      Fields.number($0).flatMap { $0 >= 1 && $0 <= 10 ? $0 : nil }
    }
    let accelerators = fields.wholeNumber("accelerators", in: 1...1024)
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
    fields.require("lifetime", "a time like 4 y")
    lifetime = fields.quantity("lifetime", .years)
    accelerator = fields.massRange("accelerator")
    if let node = fields.node("host"), case .scalar("catalogue", _) = node.content {
      hostIsCatalogue = true
    } else {
      host = fields.massRange("host")
    }
    fields.finish()
  }
}
