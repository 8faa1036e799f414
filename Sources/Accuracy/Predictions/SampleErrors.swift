/// Median errors of one group of rows: in sample, and by fits that left something of it out.
package struct SampleErrors: Hashable, Sendable {
  package var group: [String]
  /// Rows that were predicted.
  package var rows: Int
  /// One a set of predictions; nil without any error.
  package var medians: [Double?]
}

/// The same groups in several sets of predictions.
package struct SampleTable: Hashable, Sendable {
  package var columns: [String]
  /// What the sets are: `in sample` ...
  package var samples: [String]
  package var rows: [SampleErrors]

  /// `samples` predict the same rows.
  package init(_ samples: [(name: String, predictions: [Prediction])], by columns: [String]) {
    let tables = samples.map { ErrorTable($0.predictions, by: columns) }
    self.columns = columns
    self.samples = samples.map(\.name)
    rows = (tables.first?.rows ?? []).enumerated().map { index, first in
      SampleErrors(
        group: first.group, rows: first.predicted,
        medians: tables.map { $0.rows[index].medianError })
    }
    .filter { $0.rows > 0 }
  }
}
