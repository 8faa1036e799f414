/// A CSV file as text, with every column it has: for small files whose columns are not all known
/// beforehand.
package struct CSVTable: Sendable {
  package struct Row: Sendable {
    /// Counted from 1.
    package var line: Int
    /// One a column; the empty text where there is no value.
    package var cells: [String]
  }

  package var file: String
  /// In the order of the file.
  package var columns: [String]
  package var rows: [Row]
  /// Records that could not be split into fields; they are not in `rows`.
  package var problems: TraceProblems

  /// Reads the file, also when it is gzip. `kind` names such files in messages.
  package static func read(
    path: String, kind: String, required: [String]
  ) throws(TraceProblems) -> CSVTable {
    let columns = try header(of: path)
    // Also where a column is missing: the reader says so.
    let optional = columns.filter { !required.contains($0) }
    var reader = try RecordReader.open(
      path: path, syntax: .csv, kind: kind, required: required, optional: optional)
    let order = columns.compactMap { name in reader.columns.firstIndex { $0.name == name } }
    var rows: [Row] = []
    do throws(TraceProblem) {
      while try reader.advance() {
        rows.append(Row(line: reader.number, cells: order.map { reader.text($0) }))
      }
    } catch {
      reader.problems.add(error)
    }
    return CSVTable(file: path, columns: columns, rows: rows, problems: reader.problems)
  }

  /// The names in the first line that is not blank.
  package static func header(of path: String) throws(TraceProblems) -> [String] {
    do throws(TraceProblem) {
      var lines = try LineReader.open(path: path)
      while try lines.advance() {
        let names = names(lines.buffer.span.extracting(lines.line))
        guard !names.isEmpty else { continue }
        if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
          throw TraceProblem(
            file: path, line: lines.number,
            message: "two columns are named \(names[twice]); one is allowed")
        }
        return names
      }
      return []
    } catch {
      throw TraceProblems(error)
    }
  }

  private static func names(_ line: borrowing Span<UInt8>) -> [String] {
    var names: [String] = []
    var reader = FieldReader()
    while let field = reader.next(line) {
      names.append(Escapes.csv(line.extracting(field.range)))
    }
    while names.last == "" { names.removeLast() }
    return names
  }
}
