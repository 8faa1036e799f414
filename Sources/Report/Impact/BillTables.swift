import ServingModel
import Charts
import Impact
import ServingSim

/// A bill's breakdowns as tables, for terminals and pages.
enum BillTables {
  struct Table {
    var caption: String
    var data: DataTable
  }

  /// What the columns low and high are the ends of; nil without a range.
  static func note(_ bill: Bill) -> String? {
    let cost = bill.cost(bill.total).map { $0.low < $0.high } ?? false
    let carbon = bill.knownCarbon(bill.total).map { $0.low < $0.high } ?? false
    let what = [
      carbon ? "what sources say of making the machines" : nil, cost ? "prices" : nil,
    ].compactMap { $0 }
    guard !what.isEmpty else { return nil }
    return "low and high: by the ends of the ranges of \(what.joined(separator: ", and of "))."
  }

  /// Those that have something to tell apart.
  static func all(_ bill: Bill) -> [Table] {
    let parts: [(caption: String, data: DataTable)] =
      [
        ("What a million tokens take", rates(bill)), ("What each phase takes", phases(bill)),
        ("What each group of replicas takes", table("Group", bill.groups, bill)),
        ("What each region of the fleet takes", table("Fleet in", bill.fleetRegions, bill)),
      ]
      + RequestLabel.allCases.map { label in
        ("What each \(label.phrase) takes", table(label.title, bill.byLabel[label] ?? [], bill))
      } + [
        ("What a request takes", requests(bill)), ("Energy by power model", ensemble(bill)),
      ]
    return parts.filter { !$0.data.rows.isEmpty }.map { Table(caption: $0.caption, data: $0.data) }
  }

  private static func rates(_ bill: Bill) -> DataTable {
    let denominators = bill.denominators
    let columns = BillColumns(bill)
    var table = DataTable(header: ["Per million tokens", "tokens (M)"] + columns.titles)
    func add(_ name: String, _ tokens: Int) {
      guard denominators.requests > 0, tokens > 0 else { return }
      let millions = Double(tokens) / 1e6
      table.rows.append(
        [name, BillUnit.digits(millions)] + columns.figures(bill.total, per: millions))
    }
    add("all", denominators.tokens)
    add("input", denominators.inputTokens)
    add("output", denominators.outputTokens)
    if let met = denominators.objectiveTokens { add("that met the SLO", met) }
    return table
  }

  private static func phases(_ bill: Bill) -> DataTable {
    let columns = BillColumns(bill)
    return DataTable(
      header: ["Phase"] + columns.titles,
      rows: BillPhase.allCases.map { phase in
        [phase.name] + columns.figures(bill.phases[phase.rawValue])
      })
  }

  /// More tenants, classes or the like than these are summed up in one row; tenants.csv, classes.csv
  /// and the others have them all.
  static let mostParts = 20

  private static func table(_ title: String, _ parts: [BillPart], _ bill: Bill) -> DataTable {
    let columns = BillColumns(bill)
    var table = DataTable(header: [title, "requests"] + columns.titles)
    guard parts.count > 1 else { return table }
    func add(_ name: String, _ part: BillPart) {
      table.rows.append(
        [name, Figures.count(part.requests)] + columns.figures(part.amounts))
    }
    let largest = LargestParts(parts, most: mostParts)
    for part in largest.shown where part.name != nil { add(part.name ?? "", part) }
    if let others = largest.others { add("\(Figures.count(others.count)) others", others.sum) }
    for part in largest.shown where part.name == nil { add("(nobody)", part) }
    return table
  }

  private static func requests(_ bill: Bill) -> DataTable {
    var table = DataTable(header: ["A request", "mean", "p50", "p99"])
    guard let requests = bill.requests else { return table }
    func add(_ name: String, _ spread: RequestBill.Spread, _ scale: Double) {
      table.rows.append(
        [name] + [spread.mean, spread.p50, spread.p99].map { BillUnit.digits($0 * scale) })
    }
    func add(_ name: String, _ unit: String, _ low: RequestBill.Spread, _ high: RequestBill.Spread)
    {
      guard low != high else { return add("\(name) (\(unit))", low, 1) }
      add("\(name) low (\(unit))", low, 1)
      add("\(name) high (\(unit))", high, 1)
    }
    if bill.boundary != nil { add("energy (Wh)", requests.energy, 1 / 3600) }
    if bill.knownCarbon(bill.total) != nil {
      add("carbon", "gCO2e", requests.carbonLow, requests.carbonHigh)
    }
    if bill.cost(bill.total) != nil {
      add("cost", bill.plan.currency, requests.costLow, requests.costHigh)
    }
    return table
  }

  private static func ensemble(_ bill: Bill) -> DataTable {
    var table = DataTable(header: ["Power model", "accelerators (Wh)"])
    guard bill.ensemble.count > 1 else { return table }
    for model in bill.ensemble {
      table.rows.append([model.name, BillUnit.digits(model.joules / 3600)])
    }
    table.rows.append([
      "median of each window", BillUnit.digits(bill.total[.acceleratorEnergy] / 3600),
    ])
    return table
  }
}
