import TextAndBytes

/// Reads tidy case files: one row a metric, rows of one `case_id` describe one set-up.
package enum CaseFile {
  /// Adds what the file at `path` holds. Rows that are wrong stay as rows without a case, and what
  /// is wrong is added to the problems.
  package static func read(path: String, into cases: inout MeasuredCases) {
    do throws(FileProblems) {
      let table = try CSVTable.read(
        path: path, kind: "a case file", required: CaseColumns.required)
      cases.addKeyColumns(table.columns.filter { !CaseColumns.isKnown($0) })
      var reader = CaseFileReader(table, keyColumns: cases.keyColumns)
      for row in table.rows { reader.add(row, to: &cases) }
      cases.add(table.problems)
    } catch {
      cases.add(error)
    }
  }
}

/// Goes through one file's rows and keeps what their cases said first.
private struct CaseFileReader {
  private let table: CSVTable
  private let keyColumns: [String]
  private let indexOf: [String: Int]
  private var seen: [String: First] = [:]

  /// The first row of a case.
  private struct First {
    var row: CaseRow
    /// nil: the row is wrong.
    var index: Int?
  }

  init(_ table: CSVTable, keyColumns: [String]) {
    self.table = table
    self.keyColumns = keyColumns
    indexOf = Dictionary(
      table.columns.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
  }

  mutating func add(_ raw: CSVTable.Row, to cases: inout MeasuredCases) {
    var row = CaseRow(raw, of: table, indexOf: indexOf)
    let id = row.text("case_id")
    let metric = row.text("metric")
    let value = row.needed("value", row.positive("value"), for: "every row")
    let index = caseIndex(id, &row, &cases)
    for problem in row.problems { cases.add(problem) }
    let isGood = row.problems.isEmpty
    cases.add(
      MeasuredRow(
        caseID: id, caseIndex: isGood ? index : nil, metric: metric, value: value,
        keys: row.values(of: keyColumns),
        problem: isGood && index != nil
          ? nil : row.problems.first?.message ?? "the case's first row is wrong"))
  }

  private mutating func caseIndex(
    _ id: String, _ row: inout CaseRow, _ cases: inout MeasuredCases
  ) -> Int? {
    if let first = seen[id] {
      compare(&row, with: first.row)
      return first.index
    }
    let index = row.measuredCase(id: id).map { cases.add($0) }
    seen[id] = First(row: row, index: index)
    return index
  }

  private func compare(_ row: inout CaseRow, with first: CaseRow) {
    for column in CaseColumns.setUp where !row.states(sameAs: first, column) {
      row.report(
        "\(column): found \(row[column].debugDescription); line \(first.line) of the same "
          + "case_id has \(first[column].debugDescription)")
    }
  }
}
