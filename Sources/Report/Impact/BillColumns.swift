import Impact

/// The figures that every row of a bill's tables has: those that are known, and of what is a range
/// both ends.
struct BillColumns {
  private struct Column {
    var title: String
    var value: (Amounts) -> Double
  }

  private let columns: [Column]

  init(_ bill: Bill) {
    var columns: [Column] = []
    func range(_ unit: String, _ value: @escaping (Amounts) -> Interval?) {
      guard let total = value(bill.total) else { return }
      guard total.low < total.high else {
        columns.append(Column(title: unit) { value($0)?.low ?? 0 })
        return
      }
      columns.append(Column(title: unit + " low") { value($0)?.low ?? 0 })
      columns.append(Column(title: unit + " high") { value($0)?.high ?? 0 })
    }
    if bill.boundary != nil { columns.append(Column(title: "Wh") { $0.facilityEnergy / 3600 }) }
    range("gCO2e") { bill.knownCarbon($0) }
    if bill.water(bill.total) != nil { columns.append(Column(title: "L") { $0.water }) }
    range(bill.plan.currency) { bill.cost($0) }
    self.columns = columns
  }

  var titles: [String] { columns.map(\.title) }

  /// `amounts` over so many `units`, in the order of the titles.
  func figures(_ amounts: Amounts, per units: Double = 1) -> [String] {
    columns.map { BillUnit.digits($0.value(amounts) / units) }
  }
}
