package import Impact

/// The bill for a terminal: at most 80 columns, totals first.
package enum BillText {
  package static func render(_ bill: Bill) -> String {
    let parts = [
      totals(bill), rates(bill), phases(bill), table("Group", bill.groups, bill),
      bill.tenants.map { table("Tenant", $0, bill) } ?? [],
      bill.classes.map { table("Class", $0, bill) } ?? [],
      requests(bill), ensemble(bill), unknowns(bill),
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static func labelled(_ label: String, _ text: String) -> [String] {
    TextLayout.row([(label, 10), (text, TextLayout.width - 12)])
  }

  private static func totals(_ bill: Bill) -> [String] {
    let total = bill.total
    var lines: [String] = []
    if let boundary = bill.boundary {
      lines += labelled(
        "Energy",
        "\(BillUnit.energy(total.facilityEnergy)) (\(boundary.rawValue)), "
          + "of it accelerators \(BillUnit.energy(total[.acceleratorEnergy]))")
    }
    if let operational = bill.operationalCarbon(total) {
      lines += labelled("Carbon", carbon(bill, operational))
    }
    if bill.known.contains(.marketCarbon) {
      lines += labelled(
        "", "market-based \(BillUnit.mass(total[.marketCarbon])) CO2e operational")
    }
    if let water = bill.water(total) {
      lines += labelled(
        "Water",
        "\(BillUnit.volume(water)), of it on site \(BillUnit.volume(total[.siteWater]))")
    }
    if let cost = bill.cost(total) {
      lines += labelled("Cost", BillUnit.money(cost, bill.plan.currency))
    }
    if let intensity = bill.softwareCarbonIntensity {
      lines += labelled(
        "SCI",
        "\(BillUnit.range(intensity, "g")) CO2e per "
          + bill.plan.functionalUnit.rawValue.map { $0 == "_" ? " " : String($0) }.joined())
    }
    return lines
  }

  private static func carbon(_ bill: Bill, _ operational: Double) -> String {
    var text = "\(BillUnit.mass(operational)) CO2e operational (location-based)"
    if bill.known.contains(.embodiedLow) {
      let embodied = Interval(bill.total[.embodiedLow], bill.total[.embodiedHigh])
      text += ", embodied \(BillUnit.mass(embodied))"
    }
    return text
  }

  private static func rates(_ bill: Bill) -> [String] {
    let denominators = bill.denominators
    guard denominators.requests > 0 else { return [] }
    var table = TextTable(
      header: ["Per million tokens", "tokens (M)"] + columns(bill))
    func add(_ name: String, _ tokens: Int) {
      guard tokens > 0 else { return }
      let millions = Double(tokens) / 1e6
      table.add(
        [name, BillUnit.digits(millions)]
          + figures(bill, bill.total, per: millions))
    }
    add("all", denominators.tokens)
    add("input", denominators.inputTokens)
    add("output", denominators.outputTokens)
    if let met = denominators.objectiveTokens { add("that met the SLO", met) }
    return table.lines(width: TextLayout.width)
  }

  private static func phases(_ bill: Bill) -> [String] {
    var table = TextTable(header: ["Phase"] + columns(bill))
    for phase in BillPhase.allCases {
      table.add([phase.name] + figures(bill, bill.phases[phase.rawValue], per: 1))
    }
    return table.lines(width: TextLayout.width)
  }

  private static func table(_ title: String, _ parts: [BillPart], _ bill: Bill) -> [String] {
    guard parts.count > 1 else { return [] }
    var table = TextTable(header: [title, "requests"] + columns(bill))
    for part in parts {
      table.add(
        [part.name ?? "(nobody)", Figures.count(part.requests)]
          + figures(bill, part.amounts, per: 1))
    }
    return table.lines(width: TextLayout.width)
  }

  private static func columns(_ bill: Bill) -> [String] {
    var names: [String] = []
    if bill.boundary != nil { names.append("Wh") }
    if bill.operationalCarbon(bill.total) != nil { names.append("gCO2e") }
    if bill.water(bill.total) != nil { names.append("L") }
    if bill.cost(bill.total) != nil { names.append(bill.plan.currency) }
    return names
  }

  /// In the order of `columns`; carbon is operational and, where known, the least embodied.
  private static func figures(_ bill: Bill, _ amounts: Amounts, per units: Double) -> [String] {
    var figures: [Double] = []
    if let joules = bill.energy(amounts) { figures.append(joules / 3600) }
    if bill.operationalCarbon(amounts) != nil { figures.append(amounts.carbonLow) }
    if let water = bill.water(amounts) { figures.append(water) }
    if let cost = bill.cost(amounts) { figures.append(cost.low) }
    return figures.map { BillUnit.digits($0 / units) }
  }

  private static func requests(_ bill: Bill) -> [String] {
    guard let requests = bill.requests else { return [] }
    var table = TextTable(header: ["A request", "mean", "p50", "p99"])
    func add(_ name: String, _ spread: RequestBill.Spread, _ scale: Double) {
      table.add(
        [name]
          + [spread.mean, spread.p50, spread.p99].map {
            BillUnit.digits($0 * scale)
          })
    }
    if bill.boundary != nil { add("energy (Wh)", requests.energy, 1 / 3600) }
    if bill.operationalCarbon(bill.total) != nil { add("carbon (gCO2e)", requests.carbon, 1) }
    if bill.cost(bill.total) != nil { add("cost (\(bill.plan.currency))", requests.cost, 1) }
    return table.lines(width: TextLayout.width)
  }

  private static func ensemble(_ bill: Bill) -> [String] {
    guard bill.ensemble.count > 1 else { return [] }
    var table = TextTable(header: ["Power model", "accelerators (Wh)"])
    for model in bill.ensemble {
      table.add([model.name, BillUnit.digits(model.joules / 3600)])
    }
    table.add([
      "median of each window",
      BillUnit.digits(bill.total[.acceleratorEnergy] / 3600),
    ])
    return table.lines(width: TextLayout.width)
  }

  private static func unknowns(_ bill: Bill) -> [String] {
    guard !bill.unknowns.isEmpty else { return [] }
    return labelled("Unknown", bill.unknowns.joined(separator: "; "))
  }
}

/// Amounts in the unit that suits them.
enum BillUnit {
  /// Four significant digits of what is at least 0.1, three of what is less.
  static func digits(_ x: Double) -> String {
    var decimals = 4
    var bound = 0.1
    guard x > 0, x < bound else { return Figures.significant(x, digits: 4) }
    while x < bound / 10, decimals < 12 {
      bound /= 10
      decimals += 1
    }
    return Figures.fixed(x, decimals: decimals)
  }

  static func energy(_ joules: Double) -> String {
    let wattHours = joules / 3600
    return wattHours >= 1000 ? figure(wattHours / 1000, "kWh") : figure(wattHours, "Wh")
  }

  static func mass(_ grams: Double) -> String {
    grams >= 1000 ? figure(grams / 1000, "kg") : figure(grams, "g")
  }

  static func mass(_ grams: Interval) -> String {
    grams.high >= 1000 ? range(grams * 1e-3, "kg") : range(grams, "g")
  }

  static func volume(_ litres: Double) -> String { figure(litres, "L") }

  static func money(_ amount: Interval, _ currency: String) -> String { range(amount, currency) }

  static func range(_ amount: Interval, _ unit: String) -> String {
    let low = BillUnit.digits(amount.low)
    return amount.low == amount.high
      ? "\(low) \(unit)" : "\(low) to \(BillUnit.digits(amount.high)) \(unit)"
  }

  private static func figure(_ value: Double, _ unit: String) -> String {
    "\(BillUnit.digits(value)) \(unit)"
  }
}
