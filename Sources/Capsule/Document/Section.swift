package import Charts

/// A part of the capsule's report.
package struct Section: Sendable {
  /// `1.1` and so on, as on the command line.
  package var id: String
  package var title: String
  /// What it ran, and on what.
  package var setUp: String
  package var tables: [Table] = []
  package var charts: [Chart] = []
  /// What follows from the tables.
  package var findings: [String] = []
}

/// A table with a caption. The first column is text, the others are figures.
package struct Table: Sendable {
  package var caption: String
  package var header: [String]
  package private(set) var rows: [[String]] = []

  package init(_ caption: String, _ header: [String]) {
    self.caption = caption
    self.header = header
  }

  package mutating func add(_ row: [String]) {
    precondition(row.count == header.count, "a row differs from the header in length")
    rows.append(row)
  }
}
