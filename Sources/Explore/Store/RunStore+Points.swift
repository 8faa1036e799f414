package import Scenarios

/// The points of a sweep beside its runs: the table `points`, and the view `results` that joins both.
extension RunStore {
  /// Makes the tables for `sweep`. Points that are known of this very sweep (`signature`) stay; those
  /// of another one go, and its runs stay.
  package func begin(_ sweep: Sweep, signature: String) throws(StoreProblem) {
    guard try about("sweep") != signature else { return }
    let axes = SweepColumns(sweep)
    let declared = axes.names.map { ", " + $0.quotedName }.joined()
    try database.transaction { () throws(StoreProblem) in
      try database.run("DROP VIEW IF EXISTS results")
      try database.run("DROP TABLE IF EXISTS points")
      try database.run(
        """
        CREATE TABLE points (point INTEGER, seed INTEGER, hash TEXT\(declared),
          PRIMARY KEY (point, seed))
        """)
      let figures = ["status", "message"] + RunRow.columns.map(\.name)
      try database.run(
        """
        CREATE VIEW results AS SELECT points.point, \(axes.names.map { "points.\($0.quotedName), " }.joined())
          points.seed, points.hash, \(figures.map { "runs.\($0.quotedName)" }.joined(separator: ", "))
        FROM points JOIN runs ON runs.hash = points.hash ORDER BY points.point, points.seed
        """)
      try setAbout("sweep", signature)
      try setAbout("name", sweep.name)
    }
  }

  /// The hashes of the points that have been planned, by number and seed.
  package func planned() throws(StoreProblem) -> [SweepRun.ID: String] {
    var known: [SweepRun.ID: String] = [:]
    try database.rows("SELECT point, seed, hash FROM points") { row in
      if case .integer(let point) = row[0], case .integer(let seed) = row[1] {
        known[SweepRun.ID(point: Int(point), seed: UInt64(clamping: seed))] = row[2].plain
      }
    }
    return known
  }

  /// Notes what plan a point comes to.
  package func add(
    _ id: SweepRun.ID, hash: String, labels: [StoreValue]
  ) throws(StoreProblem) {
    let places = labels.map { _ in ", ?" }.joined()
    try database.run(
      "INSERT OR REPLACE INTO points VALUES (?, ?, ?\(places))",
      [.integer(Int64(id.point)), .integer(Int64(clamping: id.seed)), .text(hash)] + labels)
  }
}

/// How the axes of a sweep stand in a table.
package struct SweepColumns: Sendable {
  /// The last part of a field's path where no other column is called so; else the path, or `axis` and
  /// the path.
  package let names: [String]
  /// Of columns whose values are all numbers with one unit, the unit; else nil.
  package let units: [String?]

  /// Columns that `results` has anyway.
  private static let taken =
    ["point", "seed", "hash", "status", "message"] + RunRow.columns.map(\.name)

  package init(_ sweep: Sweep) {
    let paths = sweep.columns
    let short = paths.map { path in
      path.split(separator: ".").last { Int($0) == nil }.map(String.init) ?? path
    }
    // SQL does not tell case apart.
    func isSame(_ a: String, _ b: String) -> Bool { a.lowercased() == b.lowercased() }
    var chosen: [String] = []
    for (path, name) in zip(paths, short) {
      let isOnlyOne = short.count { isSame($0, name) } == 1
      let names = (isOnlyOne ? [name] : []) + [path, "axis \(path)"]
      let free = names.first { name in !(Self.taken + chosen).contains { isSame($0, name) } }
      chosen.append(free ?? "axis \(path) \(chosen.count + 1)")
    }
    names = chosen
    units = paths.indices.map { column in
      let units = Set(sweep.labels(ofColumn: column).map(Self.unit))
      return units.count == 1 ? units.first ?? nil : nil
    }
  }

  /// What stands over the columns where people read them: `rate (/s)`.
  var titles: [String] {
    zip(names, units).map { name, unit in
      unit.map { $0.isEmpty ? name : "\(name) (\($0))" } ?? name
    }
  }

  /// `labels` as they stand in the table.
  package func values(_ labels: [String]) -> [StoreValue] {
    labels.enumerated().map { value($1, ofColumn: $0) }
  }

  func value(_ label: String, ofColumn column: Int) -> StoreValue {
    guard units[column] != nil, let measure = Measure(label) else { return .text(label) }
    return Int64(exactly: measure.number).map { .integer($0) } ?? .real(measure.number)
  }

  /// nil for what is no number with a unit; `2 x 4` is none.
  private static func unit(_ label: String) -> String? {
    Measure(label).flatMap { $0.unit.contains(where: \.isNumber) ? nil : $0.unit }
  }
}

extension RunStore {
  /// Writes down a point, its run where it is a new one, and the files that it depends on.
  func add(
    _ run: SweepRun, _ columns: SweepColumns, _ hashes: PlanHash
  ) throws(StoreProblem) {
    if let row = run.row { try add(row) }
    try add(run.id, hash: run.hash, labels: columns.values(run.labels))
    for file in run.files {
      try database.run(
        "INSERT OR REPLACE INTO files VALUES (?, ?)",
        [.text(file), .text(hashes.digest(ofFile: file))])
    }
  }

  /// Whether a file that points were planned by is another one by now.
  func hasOtherFiles(_ hashes: PlanHash) throws(StoreProblem) -> Bool {
    var isOther = false
    try database.rows("SELECT path, digest FROM files") { row in
      isOther = isOther || hashes.digest(ofFile: row[0].plain) != row[1].plain
    }
    return isOther
  }

  /// What plans the points come to has to be found out anew.
  func forgetPoints() throws(StoreProblem) {
    try database.run("DELETE FROM points")
    try database.run("DELETE FROM files")
  }
}
