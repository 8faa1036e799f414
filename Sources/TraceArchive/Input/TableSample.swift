import TextAndBytes

/// The names of a table's columns and what its first records hold, to tell what each column means.
/// JSON Lines are a table of their keys, those of nested objects by their paths.
struct TableSample {
  let syntax: RecordReader.Syntax
  let names: [String]
  private let path: String

  /// How many records are looked at.
  static let rows = 1000
  /// A table of more columns has too many to look at.
  static let mostColumns = JSONOutline.mostKeys

  init(path: String) throws(FileProblems) {
    self.path = path
    let head = try FormatGuess.head(path)
    syntax = head.isJSON ? .jsonLines : .csv
    names = Array(head.paths.prefix(Self.mostColumns))
  }

  /// What the first records have in these columns; the empty text where there is none.
  func values(of columns: [String]) throws(FileProblems) -> [String: [String]] {
    guard !columns.isEmpty else { return [:] }
    var reader = try RecordReader.open(
      path: path, syntax: syntax, kind: "", required: [], optional: columns)
    var values = [[String]](repeating: [], count: columns.count)
    do throws(FileProblem) {
      while reader.rowsRead < Self.rows, try reader.advance() {
        for column in columns.indices { values[column].append(reader.text(column)) }
      }
    } catch {
      // The reading proper says so.
    }
    return Dictionary(zip(columns, values)) { first, _ in first }
  }
}
