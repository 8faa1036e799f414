/// Rows that a query gives.
package struct StoreTable: Sendable {
  package var columns: [String]
  package var rows: [[StoreValue]]

  package init(columns: [String], rows: [[StoreValue]]) {
    self.columns = columns
    self.rows = rows
  }
}

extension RunStore {
  /// All runs of its sweep with the values of their axes.
  package static let results = "SELECT * FROM results"

  /// Whether there is a sweep in it.
  package var isOfSweep: Bool { get throws(StoreProblem) { try about("sweep") != nil } }

  /// Whether any of its points has been run.
  package var hasFinishedRuns: Bool {
    get throws(StoreProblem) {
      var isAny = false
      try database.rows("SELECT 1 FROM results WHERE status != 'refused' LIMIT 1") { _ in
        isAny = true
      }
      return isAny
    }
  }

  /// What `sql` gives. Throws SQLite's words where it is none.
  package func query(_ sql: String) throws(StoreProblem) -> StoreTable {
    var table = StoreTable(columns: try database.columns(ofQuery: sql), rows: [])
    try database.rows(sql) { table.rows.append($0) }
    return table
  }
}
