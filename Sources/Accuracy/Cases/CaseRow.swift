import TextAndBytes

/// Typed values of one row of a case file. Each says what is wrong with it and then yields nil.
struct CaseRow {
  let file: String
  let line: Int
  private let cells: [String]
  private let indexOf: [String: Int]
  private(set) var problems: [FileProblem] = []

  init(_ row: CSVTable.Row, of table: CSVTable, indexOf: [String: Int]) {
    file = table.file
    line = row.line
    cells = row.cells
    self.indexOf = indexOf
  }

  /// The empty text where the file has no such column or the row no value, which tables also write
  /// as `nan`, `NA`, `None` and the like.
  subscript(_ column: String) -> String {
    let text = written(column)
    return Numbers.isUnknown(text) ? "" : text
  }

  /// As it stands in the file.
  private func written(_ column: String) -> String {
    indexOf[column].map { cells[$0].trimmingBlanks } ?? ""
  }

  func optional(_ column: String) -> String? { self[column].isEmpty ? nil : self[column] }

  /// All values of `columns` that the row has.
  func values(of columns: [String]) -> [String: String] {
    var values: [String: String] = [:]
    for column in columns {
      // What words mean in columns that nobody else reads, their owner knows.
      let text = CaseColumns.isKnown(column) ? self[column] : written(column)
      if !text.isEmpty { values[column] = text }
    }
    return values
  }

  mutating func report(_ message: String) {
    problems.append(FileProblem(file: file, line: line, message: message))
  }

  /// A text that has to be there.
  mutating func text(_ column: String) -> String {
    if self[column].isEmpty { report("\(column): has no value; one is needed") }
    return self[column]
  }

  /// A number above zero; nil without a message where there is none.
  mutating func positive(
    _ column: String, upTo most: Double = 1e12, orInfinite: Bool = false
  ) -> Double? {
    guard let text = optional(column) else { return nil }
    if let value = Double(text), value > 0, value <= most || orInfinite && value == .infinity {
      // Shares of less would be beyond all numbers.
      if value >= 1e-9 { return value }
      report("\(column): found \(text.debugDescription); allowed are numbers from 0.000000001")
      return nil
    }
    report(
      "\(column): found \(text.debugDescription); allowed are numbers above 0, up to "
        + "\(Int64(most))" + (orInfinite ? ", and inf" : ""))
    return nil
  }

  /// A whole number, also written `8.0`; nil without a message where there is none.
  mutating func count(_ column: String, from least: Int = 1, upTo most: Int = 1_000_000) -> Int? {
    guard let text = optional(column) else { return nil }
    if let value = text.wholeNumber, (least...most).contains(value) { return value }
    report(
      "\(column): found \(text.debugDescription); allowed are whole numbers from \(least) to \(most)"
    )
    return nil
  }

  /// How many accelerators share something: 0 says that they share nothing, which is 1.
  mutating func degree(_ column: String) -> Int? {
    count(column, from: 0, upTo: StatedParallelism.most).map { max(1, $0) }
  }

  /// `1`, `0`, `True`, `False`; `otherwise` where there is none.
  mutating func flag(_ column: String, otherwise: Bool) -> Bool {
    guard let text = optional(column) else { return otherwise }
    if let flag = text.flag { return flag }
    report("\(column): found \(text.debugDescription); allowed are 1, 0, True and False")
    return otherwise
  }

  /// Whether both rows state the same: `8` and `8.0` are one number, `1` and `True` one flag.
  func states(sameAs other: CaseRow, _ column: String) -> Bool {
    let (text, otherText) = (self[column], other[column])
    guard text != otherText else { return true }
    if CaseColumns.flags.contains(column) {
      return text.flag != nil && text.flag == otherText.flag
    }
    return CaseColumns.numbers.contains(column) && Double(text) != nil
      && Double(text) == Double(otherText)
  }

  /// The same, where there has to be one.
  mutating func needed<Value>(_ column: String, _ value: Value?, for user: String) -> Value? {
    if value == nil, optional(column) == nil {
      report("\(column): has no value; \(user) needs one")
    }
    return value
  }
}

extension String {
  /// nil where it is none, or one that no file of measurements needs.
  var wholeNumber: Int? { Numbers.integer(Array(utf8).span).flatMap { Int(exactly: $0) } }

  /// nil where it is none.
  fileprivate var flag: Bool? {
    switch lowercased() {
    case "true": true
    case "false": false
    default:
      switch wholeNumber {
      case 1: true
      case 0: false
      default: nil
      }
    }
  }

  /// Without spaces and tabs around it, which quotes may have kept.
  fileprivate var trimmingBlanks: String {
    guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
    let start = drop(while: \.isWhitespace)
    let blanks = start.reversed().prefix(while: \.isWhitespace).count
    return String(start.dropLast(blanks))
  }
}
