import ServingSim
import TextAndBytes

/// A report over seeds for a terminal: at most 80 columns, the answer first.
package enum SeedText {
  package static func render(_ report: SeedReport) -> String {
    let verdicts = report.verdicts
    let answer = (ObjectiveTable.headline(verdicts).map { [$0] } ?? []) + report.remarks
    let parts = [
      paragraph(report.name) + answer.flatMap(paragraph),
      ObjectiveTable.lines(verdicts),
      report.runs[0].metrics.remarks.flatMap {
        TextLayout.row([("Note", 4), ($0.text, TextLayout.width - 6)])
      },
      table(report), notes(report),
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static func paragraph(_ text: String) -> [String] {
    TextLayout.wrap(text, width: TextLayout.width)
  }

  /// Each figure that is not 0 with every seed, under the heading of its section.
  private static func table(_ report: SeedReport) -> [String] {
    var table = TextTable(header: ["", "mean", "90 % interval", "least", "most"])
    let rows = report.rows.filter { row in row.values.contains { $0 != 0 } }
    for row in rows { table.add(cells(row, report.currency)) }
    return table.lines(under: rows.map(\.figure.section))
  }

  private static func cells(_ row: SeedReport.Row, _ currency: String) -> [String] {
    let unit = FigureUnit(row.figure, largest: row.estimate.mean, currency: currency)
    let (least, most) = (row.values.min() ?? 0, row.values.max() ?? 0)
    return [
      "  " + unit.label(row.figure), unit.digits(row.estimate.mean),
      row.estimate.interval.map(unit.range) ?? "-", unit.digits(least), unit.digits(most),
    ]
  }

  private static func notes(_ report: SeedReport) -> [String] {
    var notes: [String] = []
    if report.rows.contains(where: { $0.estimate.interval != nil }) {
      notes.append(
        "90 % interval: of the mean over all seeds (Student's t). What predictions are off by is not "
          + "in it.")
    }
    if report.rows.contains(where: \.figure.isMoney) {
      notes.append("Costs and embodied CO2e are the high ends of their ranges.")
    }
    if !report.verdicts.isEmpty {
      notes.append(
        "Verdicts take the errors to expect and every seed: one seed on the other side leaves them "
          + "open.")
    }
    return notes.flatMap(paragraph)
  }
}
