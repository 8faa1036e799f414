import Charts
import Impact

/// A bill's breakdowns as tables, for terminals and pages.
enum BillTables {
  struct Table {
    var caption: String
    var data: DataTable
  }

  /// Those that have something to tell apart.
  static func all(_ bill: Bill) -> [Table] {
    let parts: [(caption: String, data: DataTable)] = [
      ("What a million tokens take", rates(bill)), ("What each phase takes", phases(bill)),
      ("What each group of replicas takes", table("Group", bill.groups, bill)),
      ("What each tenant takes", table("Tenant", bill.tenants ?? [], bill)),
      ("What each class of service takes", table("Class", bill.classes ?? [], bill)),
      ("What a request takes", requests(bill)),
      ("Energy by power model", ensemble(bill)),
    ]
    return parts.filter { !$0.data.rows.isEmpty }.map { Table(caption: $0.caption, data: $0.data) }
  }

  private static func rates(_ bill: Bill) -> DataTable {
    let denominators = bill.denominators
    var table = DataTable(header: ["Per million tokens", "tokens (M)"] + columns(bill))
    func add(_ name: String, _ tokens: Int) {
      guard denominators.requests > 0, tokens > 0 else { return }
      let millions = Double(tokens) / 1e6
      table.rows.append(
        [name, BillUnit.digits(millions)] + figures(bill, bill.total, per: millions))
    }
    add("all", denominators.tokens)
    add("input", denominators.inputTokens)
    add("output", denominators.outputTokens)
    if let met = denominators.objectiveTokens { add("that met the SLO", met) }
    return table
  }

  private static func phases(_ bill: Bill) -> DataTable {
    DataTable(
      header: ["Phase"] + columns(bill),
      rows: BillPhase.allCases.map { phase in
        [phase.name] + figures(bill, bill.phases[phase.rawValue], per: 1)
      })
  }

  private static func table(_ title: String, _ parts: [BillPart], _ bill: Bill) -> DataTable {
    DataTable(
      header: [title, "requests"] + columns(bill),
      rows: parts.count > 1
        ? parts.map { part in
          [part.name ?? "(nobody)", Figures.count(part.requests)]
            + figures(bill, part.amounts, per: 1)
        } : [])
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

  private static func requests(_ bill: Bill) -> DataTable {
    var table = DataTable(header: ["A request", "mean", "p50", "p99"])
    guard let requests = bill.requests else { return table }
    func add(_ name: String, _ spread: RequestBill.Spread, _ scale: Double) {
      table.rows.append(
        [name] + [spread.mean, spread.p50, spread.p99].map { BillUnit.digits($0 * scale) })
    }
    if bill.boundary != nil { add("energy (Wh)", requests.energy, 1 / 3600) }
    if bill.operationalCarbon(bill.total) != nil { add("carbon (gCO2e)", requests.carbon, 1) }
    if bill.cost(bill.total) != nil { add("cost (\(bill.plan.currency))", requests.cost, 1) }
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
