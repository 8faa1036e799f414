package import Accuracy
import TextAndBytes

/// What `kavier validate` prints.
package struct AccuracyReport {
  private let tables: [ErrorTable]
  private let coverage: [IntervalCoverage]
  private let skipped: [SkippedRows]

  /// `tables` are the errors of `predictions`.
  package init(tables: [ErrorTable], of predictions: [Prediction]) {
    self.tables = tables
    coverage = IntervalCoverage.all(predictions)
    skipped = SkippedRows.all(predictions)
  }

  package var text: String {
    var text = tables.map(Self.text).joined(separator: "\n")
    if !coverage.isEmpty { text += "\n" + Self.coverageText(coverage[...]) }
    if !skipped.isEmpty { text += "\n" + skippedText }
    return text + "\nErrors are of the measured value, in %; bias is the median of predicted over\n"
      + "measured less one.\n"
  }

  /// Empty where no prediction has an interval.
  static func coverageText(_ coverage: ArraySlice<IntervalCoverage>) -> String {
    guard !coverage.isEmpty else { return "" }
    var cells = TextTable(header: ["in the stated interval of", "rows", "50 %", "90 %"])
    for row in coverage {
      func share(_ count: Int) -> String {
        Figures.fixed(Double(count) / Double(row.rows) * 100, decimals: 1)
      }
      cells.add([
        row.group.first.map { $0.isEmpty ? "-" : $0 } ?? "all rows", "\(row.rows)",
        share(row.half), share(row.ninetieth),
      ])
    }
    return lines(cells)
  }

  /// Reasons are sentences: they go on in further lines.
  private var skippedText: String {
    let width = skipped.map { "\($0.rows)".count }.max() ?? 0
    let lines = skipped.flatMap { skipped in
      let others = skipped.others > 0 ? " (and \(skipped.others) others like it)" : ""
      let wrapped = TextLayout.wrap(skipped.reason + others, width: TextLayout.width - width - 2)
      return wrapped.enumerated().map { index, line in
        TextLayout.padLeft(index == 0 ? "\(skipped.rows)" : "", to: width) + "  " + line
      }
    }
    return "rows not predicted, and why\n" + lines.map { $0 + "\n" }.joined()
  }

  private static func lines(_ cells: TextTable) -> String {
    cells.lines(width: TextLayout.width).map { $0 + "\n" }.joined()
  }

  private static func text(_ table: ErrorTable) -> String {
    let name = table.columns.isEmpty ? "all rows" : table.columns.joined(separator: " ")
    var cells = TextTable(header: [name, "rows", "unsupported", "median", "mean", "bias"])
    for row in table.rows {
      cells.add([
        row.group.map { $0.isEmpty ? "-" : $0 }.joined(separator: " "), "\(row.predicted)",
        "\(row.unsupported)", percent(row.medianError), percent(row.meanError),
        Figures.signedPercent(row.bias),
      ])
    }
    return lines(cells)
  }

  private static func percent(_ share: Double?) -> String {
    share.map { Figures.fixed($0 * 100, decimals: 1) } ?? "-"
  }

  package var json: String {
    JSON.object(of: [
      ("summaries", .array(tables.map(Self.json))), ("coverage", .array(coverage.map(Self.json))),
      ("skipped", .array(skipped.map(Self.json))),
    ]).document
  }

  private static func json(_ row: IntervalCoverage) -> JSON {
    .object(of: [
      ("family", row.group.first.map { .string($0) } ?? .null), ("rows", .count(row.rows)),
      ("in_50", .count(row.half)), ("in_90", .count(row.ninetieth)),
    ])
  }

  private static func json(_ skipped: SkippedRows) -> JSON {
    .object(of: [
      ("reason", .string(skipped.reason)), ("rows", .count(skipped.rows)),
      ("others_like_it", .count(skipped.others)),
    ])
  }

  private static func json(_ table: ErrorTable) -> JSON {
    .object(of: [
      ("by", .array(table.columns.map { .string($0) })), ("groups", .array(table.rows.map(json))),
    ])
  }

  private static func json(_ row: ErrorSummary) -> JSON {
    .object(of: [
      ("group", .array(row.group.map { .string($0) })), ("rows", .count(row.predicted)),
      ("unsupported", .count(row.unsupported)), ("median_ape", percentage(row.medianError)),
      ("mean_ape", percentage(row.meanError)), ("bias", percentage(row.bias)),
    ])
  }

  private static func percentage(_ share: Double?) -> JSON {
    .optional(share.map { $0 * 100 })
  }

  /// predictions.json: the rows of predictions.csv.
  package static func json(_ predictions: [Prediction], keyColumns: [String]) -> String {
    let rows = predictions.map { prediction in
      JSON.object(
        of: [
          ("case_id", .string(prediction.row.caseID)),
          ("metric", .string(prediction.row.metric)),
          ("measured", .optional(prediction.row.value)),
          ("predicted", .optional(prediction.predicted)),
          ("ape", percentage(prediction.absoluteError)),
          ("status", .string(prediction.status)), ("reason", .string(prediction.reason)),
        ]
          + keyColumns.map { key in
            (key, prediction.row.keys[key].map { .string($0) } ?? .null)
          })
    }
    let coverage = IntervalCoverage.all(predictions).map(json)
    return JSON.object(
      of: [("predictions", .array(rows))]
        + (coverage.isEmpty ? [] : [("coverage", .array(coverage))])
    ).document
  }
}
