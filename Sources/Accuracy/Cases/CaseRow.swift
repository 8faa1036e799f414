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

  /// The empty text where the file has no such column or the row no value.
  subscript(_ column: String) -> String { indexOf[column].map { cells[$0] } ?? "" }

  func optional(_ column: String) -> String? { self[column].isEmpty ? nil : self[column] }

  /// All values of `columns` that the row has.
  func values(of columns: [String]) -> [String: String] {
    var values: [String: String] = [:]
    for column in columns where !self[column].isEmpty { values[column] = self[column] }
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
    if let value = Double(text), value.rounded() == value,
      (Double(least)...Double(most)).contains(value)
    {
      return Int(value)
    }
    report(
      "\(column): found \(text.debugDescription); allowed are whole numbers from \(least) to \(most)"
    )
    return nil
  }

  /// `1`, `0`, `True`, `False`; `otherwise` where there is none.
  mutating func flag(_ column: String, otherwise: Bool) -> Bool {
    guard let text = optional(column) else { return otherwise }
    switch text.lowercased() {
    case "1", "true", "1.0": return true
    case "0", "false", "0.0": return false
    default:
      report("\(column): found \(text.debugDescription); allowed are 1, 0, True and False")
      return otherwise
    }
  }

  /// The same, where there has to be one.
  mutating func needed<Value>(_ column: String, _ value: Value?, for user: String) -> Value? {
    if value == nil, optional(column) == nil {
      report("\(column): has no value; \(user) needs one")
    }
    return value
  }
}
