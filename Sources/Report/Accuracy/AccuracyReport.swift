package import Accuracy
import TextAndBytes

/// What `kavier validate` prints.
package enum AccuracyReport {
  package static func text(_ tables: [ErrorTable]) -> String {
    tables.map(text).joined(separator: "\n")
      + "\nErrors are of the measured value, in %; bias is the median of predicted over\n"
      + "measured less one. Rows that are not predicted say why in predictions.csv.\n"
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
    return cells.lines(width: TextLayout.width).map { $0 + "\n" }.joined()
  }

  private static func percent(_ share: Double?) -> String {
    share.map { Figures.fixed($0 * 100, decimals: 1) } ?? "-"
  }

  package static func json(_ tables: [ErrorTable]) -> String {
    JSON.object(of: [("summaries", .array(tables.map(json)))]).document
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
    return JSON.object(of: [("predictions", .array(rows))]).document
  }
}
