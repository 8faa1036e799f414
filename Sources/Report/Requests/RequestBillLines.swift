import Impact
import TextAndBytes

/// What a request bears of its run's bill, for a terminal.
enum RequestBillLines {
  static func lines(_ request: ExplainedRequest) -> [String] {
    guard let bill = request.bill, let charge = bill.charge else {
      return ExplainedRequestText.labelled(
        "Bill", "not known: the run's plan.yaml states no impact, which `kavier bill` can be given")
    }
    guard charge != RequestCharge() else {
      return ExplainedRequestText.labelled(
        "Bill", "it bears nothing: it has no whole answer, and no dropped attempt was worked on")
    }
    let columns = BillColumns(bill)
    guard !columns.titles.isEmpty else { return unknown(bill) }
    var table = TextTable(header: ["Takes"] + columns.titles)
    if let answer = charge.answer { table.add(["its answer"] + columns.figures(answer)) }
    if !charge.attempts.isEmpty {
      table.add(
        ["its dropped attempts"] + columns.figures(charge.attempts.reduce(Amounts(), +)))
    }
    table.add(["the whole run"] + columns.figures(bill.total))
    return table.lines(width: TextLayout.width) + note(bill) + unknown(bill)
  }

  private static func note(_ bill: Bill) -> [String] {
    BillTables.note(bill).map { TextLayout.wrap($0, width: TextLayout.width) } ?? []
  }

  private static func unknown(_ bill: Bill) -> [String] {
    guard !bill.unknowns.isEmpty else { return [] }
    return ExplainedRequestText.labelled("Unknown", bill.unknowns.joined(separator: "; "))
  }
}
