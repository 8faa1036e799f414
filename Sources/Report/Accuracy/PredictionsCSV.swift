package import Accuracy

/// predictions.csv: one row for each measured row, in the same order.
package enum PredictionsCSV {
  /// `keyColumns` are the columns of the case files that are repeated.
  package static func text(_ predictions: [Prediction], keyColumns: [String]) -> String {
    let columns = ["case_id", "metric", "measured", "predicted", "ape", "status", "reason"]
    var text = row(columns + keyColumns)
    for prediction in predictions {
      let figures = [
        number(prediction.row.value), number(prediction.predicted),
        number(prediction.absoluteError.map { $0 * 100 }),
      ]
      text += row(
        [prediction.row.caseID, prediction.row.metric] + figures
          + [prediction.status, prediction.reason]
          + keyColumns.map { prediction.row.keys[$0] ?? "" })
    }
    return text
  }

  private static func row(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  private static func number(_ value: Double?) -> String {
    value.map { Figures.rounded($0) } ?? ""
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}

extension Figures {
  /// Six significant digits at least, as a plain number.
  static func rounded(_ x: Double) -> String { significant(x, digits: 6) }
}
