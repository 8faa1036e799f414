package import ServingModel

/// How many predictions of one group have the error that was to be expected of them. Of right
/// intervals half of them lie in the one, and nine of ten in the other.
package struct IntervalCoverage: Hashable, Sendable {
  /// What the group's rows have in common, one value a grouping column.
  package var group: [String]
  /// Predicted rows with an interval.
  package var rows: Int
  /// Of them in the interval of half, and in that of nine of ten.
  package var half: Int
  package var ninetieth: Int

  init(group: [String], of predictions: [Prediction]) {
    self.group = group
    let scored = predictions.filter { $0.isWithinHalf != nil }
    rows = scored.count
    half = scored.count { $0.isWithinHalf == true }
    ninetieth = scored.count { $0.isWithinNinetieth == true }
  }

  /// By family, after all of them together; empty where no prediction has an interval.
  package static func all(_ predictions: [Prediction]) -> [IntervalCoverage] {
    let families = Dictionary(grouping: predictions) { $0.row.keys["family"] ?? "" }
    let rows = families.map { IntervalCoverage(group: [$0.key], of: $0.value) }
      .filter { $0.rows > 0 }.sorted { $0.group[0] < $1.group[0] }
    return rows.isEmpty ? [] : [IntervalCoverage(group: [], of: predictions)] + rows
  }
}

extension ExpectedError {
  /// What is to be expected of a figure; nil where nothing is known, as of tails and of power.
  package static func of(metric name: String, among errors: [ExpectedError]) -> ExpectedError? {
    errors.first { $0.metric.covers(name) }
  }
}
