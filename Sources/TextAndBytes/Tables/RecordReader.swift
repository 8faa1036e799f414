/// The records of a CSV file with a header line, or the objects of a JSON file: for each wanted
/// column, where its value lies. Columns are found by name; others are skipped.
///
/// What is wrong with a record is added to `problems` and reading goes on; what ends the reading
/// is thrown.
package struct RecordReader: ~Copyable {
  package struct Column {
    package var name: String
    var isRequired: Bool
  }

  package enum Syntax { case csv, jsonLines }

  /// What a column was taken for.
  package struct ColumnUse {
    /// A number of the caller's.
    package var purpose: Int
    package var column: Int
    /// How its times are written, where it has any.
    package var time: TimeSpelling?

    package init(purpose: Int, column: Int, time: TimeSpelling?) {
      self.purpose = purpose
      self.column = column
      self.time = time
    }
  }

  /// What kind of file it is, for messages.
  let kind: String
  package let columns: [Column]
  package let syntax: Syntax
  package var lines: LineReader
  package var problems: FileProblems
  /// The values of the current record, one a column, relative to the line's start.
  package var cells: [Cell]
  /// The line the current record begins on; of Parquet, its row.
  package var number = 0
  package var rowsRead = 0
  package var blankLines = 0
  /// For CSV: how many fields the header names, and the column each one is.
  var columnOfField: [Int] = []
  /// For CSV: the header's names.
  package var names: [String] = []
  /// For CSV: what stands between fields, told by the header.
  package var delimiter = UInt8(ascii: ",")
  /// For JSON: the columns' names as bytes.
  let keys: [[UInt8]]
  /// For JSON: whether some columns lie in nested objects, `usage.prompt_tokens`.
  let hasPaths: Bool
  /// The unit of times, where the user says it; it goes before that of the format.
  package var statedUnit: TimeUnit?
  /// What the columns of the first record were taken for.
  package var uses: [ColumnUse] = []
  /// Values of the current record that no column asks for: the field's number or, in JSON, where its
  /// key lies.
  package var unmapped: [(name: Range<Int>, value: Cell)] = []

  /// Opens the file and reads a CSV header.
  package static func open(
    _ source: consuming ByteSource, syntax: Syntax, layout: JSONLayout = .lines, kind: String,
    required: [String], optional: [String] = []
  ) throws(FileProblems) -> RecordReader {
    do throws(FileProblem) {
      let columns =
        required.map { Column(name: $0, isRequired: true) }
        + optional.map { Column(name: $0, isRequired: false) }
      var rows = RecordReader(
        lines: try LineReader.open(source, layout: layout), syntax: syntax, kind: kind,
        columns: columns)
      if syntax == .csv { try rows.readHeader() }
      return rows
    } catch {
      throw FileProblems(error)
    }
  }

  private init(
    lines: consuming LineReader, syntax: Syntax, kind: String, columns: [Column]
  ) {
    self.lines = lines
    self.syntax = syntax
    self.kind = kind
    self.columns = columns
    keys = columns.map { Array($0.name.utf8) }
    hasPaths = columns.contains { $0.name.contains(".") }
    problems = FileProblems()
    cells = [Cell](repeating: .absent, count: columns.count)
  }

  /// Goes to the next record that can be read; false at the end.
  package mutating func advance() throws(FileProblem) -> Bool {
    while try lines.advance() {
      guard !isBlank() else {
        blankLines += 1
        continue
      }
      rowsRead += 1
      number = lines.isTable ? rowsRead : lines.number
      if try syntax == .csv ? splitCSV() : scanJSON() { return true }
    }
    return false
  }

  /// Reads every record; throws when any of them was wrong.
  package mutating func eachRecord(
    _ body: (inout RecordReader) -> Void
  ) throws(FileProblems) {
    do throws(FileProblem) {
      while try advance() { body(&self) }
    } catch {
      problems.add(error)
    }
    guard problems.isEmpty else { throw problems }
  }

  private func isBlank() -> Bool {
    for at in lines.line where lines.buffer[at] > UInt8(ascii: " ") { return false }
    return true
  }

  package mutating func report(_ message: String, check: String? = nil) {
    let item = lines.item.map { "item \($0): " } ?? ""
    var problem = FileProblem(file: lines.path, line: number, message: item + message)
    problem.check = check
    problems.add(problem)
  }

  package mutating func report(_ column: Int, _ message: String, check: String? = nil) {
    report("\(columns[column].name): \(message)", check: check)
  }

  /// Why a record breaks off, where it is the last one of a file without a last line ending.
  var cutOffHint: String { lines.cutOffHint }
}

/// Typed values of the current record. Each reports what is wrong with it and then yields nil.
extension RecordReader {
  /// The columns that every such file has.
  var required: [String] { columns.filter(\.isRequired).map(\.name) }

  package func isAbsent(_ column: Int) -> Bool { cells[column].kind == .absent }

  /// Whether any record can have a value of the column.
  package func mayHave(_ column: Int) -> Bool {
    syntax == .jsonLines || columnOfField.contains(column)
  }

  /// Names of the current record's values that no column asks for; of CSV, of any record's.
  package var unreadNames: [String] {
    switch syntax {
    case .csv: zip(names, columnOfField).filter { $0.1 < 0 }.map(\.0)
    case .jsonLines:
      unmapped.map { entry in
        let start = lines.line.lowerBound
        return String(
          decoding: lines.buffer[start + entry.name.lowerBound..<start + entry.name.upperBound],
          as: UTF8.self)
      }
    }
  }

  /// Where the value lies in the line's buffer.
  package func range(_ column: Int) -> Range<Int> {
    let start = lines.line.lowerBound
    return start + cells[column].start..<start + cells[column].end
  }

  /// The value as text; the empty text when it is absent.
  package func text(_ column: Int) -> String {
    let bytes = lines.buffer.span.extracting(range(column))
    switch cells[column].kind {
    case .absent: return ""
    case .escaped: return syntax == .csv ? Escapes.csv(bytes) : Escapes.json(bytes)
    case .plain, .quoted, .nested:
      return String(decoding: lines.buffer[range(column)], as: UTF8.self)
    }
  }

  /// A whole number within bounds.
  package mutating func integer(_ column: Int, in bounds: ClosedRange<Int64>) -> Int64? {
    let value = Numbers.integer(lines.buffer.span.extracting(range(column)))
    if let value, bounds.contains(value) { return value }
    reportFound(
      column, "allowed are whole numbers from \(bounds.lowerBound) to \(bounds.upperBound)")
    return nil
  }

  /// A number times 10^`scale`; nil, and nothing reported, when it is none.
  package func decimal(_ column: Int, scale: Int) -> Int64? {
    Numbers.decimal(lines.buffer.span.extracting(range(column)), scale: scale)
  }

  /// A date with a time, in nanoseconds since 1970.
  package mutating func timestamp(_ column: Int) -> Int64? {
    let value = Timestamp.nanoseconds(lines.buffer.span.extracting(range(column)))
    if let value { return value }
    reportFound(column, "times are written like 2023-11-16 18:15:46.6805900")
    return nil
  }

  /// Appends the whole numbers of a list; false when something else is in it.
  package mutating func appendList(_ column: Int, to numbers: inout [Int64]) -> Bool {
    let isList = Numbers.appendList(lines.buffer.span.extracting(range(column)), to: &numbers)
    if !isList { reportFound(column, "allowed are lists of whole numbers like [1, 2, 3]") }
    return isList
  }

  package mutating func reportFound(_ column: Int, _ allowed: String) {
    guard !isAbsent(column) else { return report(column, "has no value; \(allowed)") }
    report(column, "found \(excerpt(text(column))); \(allowed)")
  }
}
