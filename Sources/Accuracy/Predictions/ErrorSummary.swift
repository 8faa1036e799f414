/// How far predictions of one group are off.
package struct ErrorSummary: Hashable, Sendable {
  /// What the group's rows have in common, one value a grouping column.
  package var group: [String]
  /// Rows that were predicted, and rows that were not.
  package var predicted: Int
  package var unsupported: Int
  /// Of the absolute errors, as shares of the measured values; nil without any.
  package var medianError: Double?
  package var meanError: Double?
  /// The median of predicted / measured - 1; nil without any.
  package var bias: Double?

  package init(group: [String], of predictions: [Prediction]) {
    self.group = group
    let errors = predictions.compactMap(\.absoluteError)
    predicted = errors.count
    unsupported = predictions.count - errors.count
    medianError = Self.median(errors)
    meanError = errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count)
    bias = Self.median(predictions.compactMap(\.bias))
  }

  private static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// Summaries of all groups by some columns, in the order of their names.
package struct ErrorTable: Hashable, Sendable {
  package var columns: [String]
  package var rows: [ErrorSummary]

  /// A column more than this many values is not worth a table.
  package static let mostValues = 20

  package init(_ predictions: [Prediction], by columns: [String]) {
    var groups: [[String]: [Prediction]] = [:]
    for prediction in predictions {
      groups[columns.map { Self.value(of: $0, prediction.row) }, default: []].append(prediction)
    }
    self.columns = columns
    rows = groups.map { ErrorSummary(group: $0.key, of: $0.value) }
      .sorted { $0.group.lexicographicallyPrecedes($1.group) }
  }

  /// What a report shows: everything, then by family with metric and engine, by accelerator, by
  /// tier, and by each of `extraColumns` that has few values.
  package static func all(
    _ predictions: [Prediction], extraColumns: [String]
  ) -> [ErrorTable] {
    let tables = [[], ["family", "metric", "engine"], ["gpu"], ["tier"]]
      .map { ErrorTable(predictions, by: $0) }
    let extra = extraColumns.map { ErrorTable(predictions, by: [$0]) }
      .filter { $0.rows.count <= mostValues }
    return tables + extra
  }

  /// Engines count by family, so that spellings do not make groups.
  private static func value(of column: String, _ row: MeasuredRow) -> String {
    switch column {
    case "metric": row.metric
    case "engine": EngineFamily(row.keys["engine"] ?? "").name
    default: row.keys[column] ?? ""
    }
  }
}
