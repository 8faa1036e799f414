/// Rows that are not predicted for reasons of one kind: what the simulation does not know, not what
/// is wrong in a file.
package struct SkippedRows: Hashable, Sendable {
  /// Of the first such row.
  package var reason: String
  package var rows: Int
  /// How many other reasons differ from it by names and numbers only.
  package var others: Int

  /// By the number of rows, the most first.
  package static func all(_ predictions: [Prediction]) -> [SkippedRows] {
    let skipped = predictions.filter(\.isSkipped).map(\.reason)
    let kinds = Dictionary(grouping: skipped.enumerated()) { kind(of: $0.element) }
    return kinds.values
      // Within a kind the rows keep their order.
      .sorted { ($1.count, $0[0].offset) < ($0.count, $1[0].offset) }
      .map { rows in
        SkippedRows(
          reason: rows[0].element, rows: rows.count, others: Set(rows.map(\.element)).count - 1)
      }
  }

  /// The reason without its details, what stands in quotes, and numbers.
  private static func kind(of reason: String) -> String {
    var kind = ""
    var isQuoted = false
    for character in reason {
      if character == "\"" { isQuoted.toggle() }
      guard !isQuoted, !character.isNumber else { continue }
      guard character != ";", character != ":" else { break }
      kind.append(character)
    }
    return kind
  }
}
