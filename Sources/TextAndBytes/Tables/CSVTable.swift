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
  package var problems: FileProblems

  /// Reads the file, also when it is gzip. `kind` names such files in messages.
  package static func read(
    path: String, kind: String, required: [String]
  ) throws(FileProblems) -> CSVTable {
    let columns = try header(of: path)
    // Also where a column is missing: the reader says so.
    let needed = Set(required)
    let optional = columns.filter { !needed.contains($0) }
    let source: ByteSource
    do throws(FileProblem) {
      source = try ByteSource.open(path: path)
    } catch {
      throw FileProblems(error)
    }
    var reader = try RecordReader.open(
      source, syntax: .csv, kind: kind, required: required, optional: optional)
    var place: [String: Int] = [:]
    for (index, column) in reader.columns.enumerated() { place[column.name] = index }
    let order = columns.compactMap { place[$0] }
    var rows: [Row] = []
    do throws(FileProblem) {
      while try reader.advance() {
        rows.append(Row(line: reader.number, cells: order.map { reader.text($0) }))
      }
    } catch {
      reader.problems.add(error)
    }
    return CSVTable(file: path, columns: columns, rows: rows, problems: reader.problems)
  }

  /// The names in the first line that is not blank.
  package static func header(of path: String) throws(FileProblems) -> [String] {
    do throws(FileProblem) {
      var lines = try LineReader.open(path: path)
      while try lines.advance() {
        let names = names(lines.buffer.span.extracting(lines.line))
        guard !names.isEmpty else { continue }
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) {
          throw FileProblem(
            file: path, line: lines.number,
            message: "two columns are named \(excerpt(twice)); one is allowed")
        }
        return names
      }
      return []
    } catch {
      throw FileProblems(error)
    }
  }

  /// The names of a header, without those that are empty at its end.
  package static func names(_ line: borrowing Span<UInt8>) -> [String] {
    var names: [String] = []
    var reader = FieldReader(delimiter: Delimiter.sniffed(line))
    while let field = reader.next(line) {
      names.append(field.name(line))
    }
    while names.last == "" { names.removeLast() }
    return names
  }
}
