import Charts
import Impact

/// Energy, carbon, water and cost: in the answer, and in a section of their own.
enum BillSection {
  /// For the answer's tiles; none without a bill.
  static func tiles(_ bill: Bill?) -> [AnswerSection.Tile] {
    guard let bill else { return [] }
    return [cost(bill), carbon(bill), energy(bill)].compactMap { $0 }
  }

  private static func cost(_ bill: Bill) -> AnswerSection.Tile? {
    bill.cost(bill.total).map { total in
      let rate = millions(bill).map {
        BillUnit.money(total * (1 / $0), bill.plan.currency) + " per million tokens"
      }
      return AnswerSection.Tile(
        name: "Cost", figure: BillUnit.money(total, bill.plan.currency), note: rate ?? "")
    }
  }

  private static func carbon(_ bill: Bill) -> AnswerSection.Tile? {
    bill.operationalCarbon(bill.total).map { grams in
      let embodied = bill.carbon(bill.total).map {
        "; with making the machines \(BillUnit.mass($0))"
      }
      return AnswerSection.Tile(
        name: "Carbon (CO2e)", figure: BillUnit.mass(grams),
        note: "of the electricity, by place" + (embodied ?? ""))
    }
  }

  private static func energy(_ bill: Bill) -> AnswerSection.Tile? {
    bill.energy(bill.total).map { joules in
      let rate = millions(bill).map { BillUnit.energy(joules / $0) + " per million tokens" }
      return AnswerSection.Tile(
        name: "Energy", figure: BillUnit.energy(joules),
        note: [bill.boundary?.rawValue, rate].compactMap { $0 }.joined(separator: "; "))
    }
  }

  /// Of prompt and output tokens; nil for none.
  private static func millions(_ bill: Bill) -> Double? {
    bill.denominators.tokens > 0 ? Double(bill.denominators.tokens) / 1e6 : nil
  }

  /// Breakdowns, what is unknown, and every figure that was assumed; empty without a bill.
  static func html(_ runs: [RunDigest]) -> String {
    runs.compactMap { run in run.bill.map { (run, $0) } }.map { run, bill in
      let whose = runs.count > 1 ? ": \(run.label)" : ""
      let tables = BillTables.all(bill).map {
        HTMLText.table($0.data, caption: $0.caption + whose)
      }
      let note = BillTables.note(bill).map { HTMLText.paragraph($0) } ?? ""
      let unknown = bill.unknowns.map { HTMLText.paragraph("Not known\(whose): \($0).") }
      let assumptions = HTMLText.table(
        DataTable(
          header: ["Assumption", "Value", "Source"],
          rows: bill.assumptions.map { [$0.name, $0.value, $0.source] }),
        caption: "What energy, carbon, water and cost are reckoned with" + whose)
      return HTMLText.element("div", "class=\"tables\"", tables.joined()) + note
        + unknown.joined()
        + HTMLText.element("div", "class=\"words\"", assumptions)
    }.joined()
  }
}
