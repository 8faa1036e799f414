import TextAndBytes

/// A request of the original Kavier's traces with what that tool makes use of.
package struct KavierRow: Sendable {
  package var inputTokens = 0
  package var outputTokens = 0
  /// Nanoseconds; nil where the file has none.
  package var arrival: Int64?
  /// As it stands there; empty where the file has none.
  package var session = ""
  /// Empty where the file has none.
  package var tokens: [Int64] = []

  package init() {}
}

/// The rows of such a trace, one by one in the order of the file.
package struct KavierRows: Sendable {
  /// Token lists count only in a file that has `input_tokens`, `output_tokens` and `session_id`.
  package var needsEveryColumn: Bool
  /// A token list has as many tokens as the row's count says.
  package var checksTokenLists: Bool

  package init(needsEveryColumn: Bool, checksTokenLists: Bool) {
    self.needsEveryColumn = needsEveryColumn
    self.checksTokenLists = checksTokenLists
  }

  private static let required = ["num_input_tokens", "num_output_tokens"]
  private static let optional = ["session_id", "ts", "input_tokens", "output_tokens"]

  /// Hands on each row; throws all that is wrong with the file.
  package func read(
    path: String, _ take: (borrowing KavierRow) throws -> Void
  ) throws {
    var rows = try RecordReader.open(
      path: path, syntax: .csv, kind: "kavier", required: Self.required, optional: Self.optional)
    let hasLists = rows.mayHave(4) && (!needsEveryColumn || (rows.mayHave(2) && rows.mayHave(5)))
    var row = KavierRow()
    while try rows.advance() {
      if fill(&row, from: &rows, hasLists: hasLists) { try take(row) }
    }
    if rows.rowsRead == 0 {
      rows.problems.add(FileProblem(file: path, message: "the file has no row below its header"))
    }
    guard rows.problems.isEmpty else { throw rows.problems }
  }

  /// False: the row cannot be used, and the reader knows why.
  private func fill(
    _ row: inout KavierRow, from rows: inout RecordReader, hasLists: Bool
  ) -> Bool {
    let before = rows.problems.count
    row.inputTokens = Int(rows.tokens(0) ?? 0)
    row.outputTokens = Int(rows.tokens(1) ?? 0)
    row.arrival = rows.isAbsent(3) ? nil : rows.nanoseconds(3, unit: .seconds)
    row.tokens.removeAll(keepingCapacity: true)
    if hasLists, !rows.isAbsent(4) {
      row.session = rows.text(2)
      _ = rows.appendList(4, to: &row.tokens)
      if checksTokenLists, rows.problems.count == before { check(row, &rows) }
    }
    return rows.problems.count == before
  }

  private func check(_ row: KavierRow, _ rows: inout RecordReader) {
    guard !row.tokens.isEmpty, row.tokens.count != row.inputTokens else { return }
    rows.report(4, "found \(row.tokens.count) tokens; num_input_tokens says \(row.inputTokens)")
  }
}
