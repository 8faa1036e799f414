import Charts
package import Impact
import TextAndBytes

/// The bill for a terminal: at most 80 columns, totals first.
package enum BillText {
  package static func render(_ bill: Bill) -> String {
    let parts = [totals(bill)] + BillTables.all(bill).map(lines) + [note(bill), unknowns(bill)]
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
    if let lost = bill.lost { lines += labelled("In vain", inVain(lost, bill)) }
    if let intensity = bill.softwareCarbonIntensity {
      lines += labelled(
        "SCI",
        "\(BillUnit.range(intensity, "g")) CO2e per "
          + bill.plan.functionalUnit.rawValue.map { $0 == "_" ? " " : String($0) }.joined())
    }
    return lines
  }

  /// Of the totals, what attempts cost that were dropped.
  private static func inVain(_ lost: Amounts, _ bill: Bill) -> String {
    let figures = [
      bill.boundary.map { _ in BillUnit.energy(lost.facilityEnergy) },
      bill.operationalCarbon(lost).map { "\(BillUnit.mass($0)) CO2e operational" },
      bill.cost(lost).map { BillUnit.money($0, bill.plan.currency) },
    ]
    return figures.compactMap { $0 }.joined(separator: ", ") + ", for attempts that were dropped"
  }

  private static func carbon(_ bill: Bill, _ operational: Double) -> String {
    var text = "\(BillUnit.mass(operational)) CO2e operational (location-based)"
    if bill.known.contains(.embodiedLow) {
      let embodied = Interval(bill.total[.embodiedLow], bill.total[.embodiedHigh])
      text += ", embodied \(BillUnit.mass(embodied))"
    }
    return text
  }

  private static func lines(_ table: BillTables.Table) -> [String] {
    var text = TextTable(header: table.data.header)
    for row in table.data.rows { text.add(row) }
    return text.lines(width: TextLayout.width)
  }

  /// What two columns of one amount mean.
  private static func note(_ bill: Bill) -> [String] {
    guard let note = BillTables.note(bill) else { return [] }
    return TextLayout.wrap(note, width: TextLayout.width)
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
