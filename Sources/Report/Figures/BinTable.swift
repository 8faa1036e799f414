import Charts

/// Figures by stretches of time, for those who want the numbers of a picture.
enum BinTable {
  typealias Column = (title: String, text: (RunDigest, Int) -> String?)

  /// A row for each stretch of each run.
  static func table(_ runs: [RunDigest], columns: [Column]) -> DataTable {
    rows(runs, columns, count: { $0.bins.count }) { run, bin in
      (Double(bin) * run.bins.length, Double(bin + 1) * run.bins.length)
    }
  }

  /// The same by the columns of `LoadGrid`.
  static func loads(_ runs: [RunDigest], columns: [Column]) -> DataTable {
    rows(runs, columns, count: { $0.load.fleet.count }) { run, column in
      (run.load.edges[column], run.load.edges[column + 1])
    }
  }

  private static func rows(
    _ runs: [RunDigest], _ columns: [Column], count: (RunDigest) -> Int,
    _ stretch: (RunDigest, Int) -> (Double, Double)
  ) -> DataTable {
    let isMany = runs.count > 1
    var table = DataTable(
      header: (isMany ? ["Run"] : []) + ["From (s)", "To (s)"] + columns.map(\.title))
    for run in runs {
      for index in 0..<count(run) {
        let (from, to) = stretch(run, index)
        let times = [from, to].map { Figures.significant($0, digits: 4) }
        table.rows.append(
          (isMany ? [run.label] : []) + times + columns.map { $0.text(run, index) ?? "-" })
      }
    }
    return table
  }
}
