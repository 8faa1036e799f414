/// The runs of sweeps in an SQLite file: a row a run, under the hash of its plan, so that no plan is run
/// twice. A run that is written stays, whatever happens to the program afterwards.
///
/// SQLite rather than Parquet: rows come one by one and must not be lost, runs are looked up by their
/// hash, and queries need no other program.
package final class RunStore {
  let database: Database
  package let path: String

  /// Stores of another layout are refused.
  private static let layout: Int64 = 1

  /// Opens the store at `path`, which is made where it is missing.
  package init(path: String) throws(StoreProblem) {
    self.path = path
    database = try Database(path, .readWrite)
    try checkLayout(isNew: true)
    // What ends the program may come at any time; what ends the machine may cost the last rows.
    try database.run("PRAGMA journal_mode = WAL")
    try database.run("PRAGMA synchronous = NORMAL")
    try makeTables()
  }

  /// Opens a store to read it.
  package init(reading path: String) throws(StoreProblem) {
    self.path = path
    database = try Database(path, .readOnly)
    try checkLayout(isNew: false)
  }

  private func checkLayout(isNew: Bool) throws(StoreProblem) {
    var found: Int64 = 0
    try database.rows("PRAGMA user_version") { row in
      if case .integer(let n)? = row.first { found = n }
    }
    var tables = 0
    try database.rows("SELECT name FROM sqlite_master") { _ in tables += 1 }
    if tables == 0, isNew {
      try database.run("PRAGMA user_version = \(Self.layout)")
    } else if found != Self.layout {
      throw StoreProblem(
        path: path,
        message: found == 0
          ? "no store of kavier sweep"
          : "a store of layout \(found); this program has layout \(Self.layout)")
    }
  }

  private func makeTables() throws(StoreProblem) {
    let columns = RunRow.columns.map { "\($0.name.quotedName) \($0.type)" }.joined(separator: ", ")
    try database.run(
      """
      CREATE TABLE IF NOT EXISTS runs (
        hash TEXT PRIMARY KEY, status TEXT NOT NULL, message TEXT, seed INTEGER, \(columns))
      """)
    // A program that has figures more than the one that made the store adds them.
    let known = try names(of: "runs")
    for column in RunRow.columns where !known.contains(column.name) {
      try database.run("ALTER TABLE runs ADD COLUMN \(column.name.quotedName) \(column.type)")
    }
    try database.run("CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT)")
    try database.run("CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT)")
  }

  private func names(of table: String) throws(StoreProblem) -> [String] {
    var names: [String] = []
    try database.rows("SELECT name FROM pragma_table_info('\(table)')") { row in
      names.append(row[0].plain)
    }
    return names
  }

  /// The hashes of all its runs; of those alone whose plans could be run, where `refused` is false.
  package func hashes(refused: Bool = true) throws(StoreProblem) -> Set<String> {
    var hashes: Set<String> = []
    let those = refused ? "" : " WHERE status != 'refused'"
    try database.rows("SELECT hash FROM runs" + those) { hashes.insert($0[0].plain) }
    return hashes
  }

  /// Adds a run; one with the same hash stays as it is.
  package func add(_ row: RunRow) throws(StoreProblem) {
    let names = ["hash", "status", "message", "seed"] + RunRow.columns.map(\.name)
    let values: [StoreValue] =
      [
        .text(row.hash), .text(row.status.rawValue), StoreValue(row.message),
        .integer(Int64(clamping: row.seed)),
      ] + row.fields
    try database.run(
      """
      INSERT OR IGNORE INTO runs (\(names.map(\.quotedName).joined(separator: ", ")))
      VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
      """, values)
  }

  /// Adds the runs of another store; how many it had that were not here.
  package func add(runsOf other: RunStore) throws(StoreProblem) -> Int {
    let before = try hashes().count
    let theirs = try other.names(of: "runs")
    // One that was stopped before it had any.
    guard !theirs.isEmpty else { return 0 }
    let ours = try names(of: "runs")
    let names = ours.filter(theirs.contains)
    let quoted = names.map(\.quotedName).joined(separator: ", ")
    let places = names.map { _ in "?" }.joined(separator: ", ")
    var rows: [[StoreValue]] = []
    try other.database.rows("SELECT \(quoted) FROM runs") { rows.append($0) }
    try database.transaction { () throws(StoreProblem) in
      for row in rows {
        try database.run("INSERT OR IGNORE INTO runs (\(quoted)) VALUES (\(places))", row)
      }
    }
    return try hashes().count - before
  }

  // MARK: what the store is of

  func about(_ name: String) throws(StoreProblem) -> String? {
    var value: String?
    try database.rows("SELECT value FROM about WHERE name = ?", [.text(name)]) {
      value = $0[0].plain
    }
    return value
  }

  func setAbout(_ name: String, _ value: String) throws(StoreProblem) {
    try database.run("INSERT OR REPLACE INTO about VALUES (?, ?)", [.text(name), .text(value)])
  }
}
