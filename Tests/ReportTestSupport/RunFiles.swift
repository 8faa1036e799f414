package import Impact
import Report
package import ServingSim
package import TextAndBytes

/// The files that a run leaves, read as anybody reads them: by their headers, from their text.
package struct RunFiles {
  package var requests: Table
  package var timeline: Table
  package var bill: Table?
  package var report: JSON

  /// A CSV file without quotes.
  package struct Table {
    package var columns: [String: Int]
    package var rows: [[String]]

    package subscript(_ row: Int, _ column: String) -> Double? {
      columns[column].flatMap { Double(rows[row][$0]) }
    }

    package func text(_ row: Int, _ column: String) -> String {
      columns[column].map { rows[row][$0] } ?? ""
    }

    /// The replica of a row, with its rank where it has several: as reports name it.
    package func engine(_ row: Int) -> String {
      let rank = text(row, "dp_rank")
      return text(row, "replica") + (rank.isEmpty ? "" : " dp\(rank)")
    }

    /// The rows of each replica, in order: those of a fleet are looked through once.
    package var rowsByEngine: [String: [Int]] { Dictionary(grouping: rows.indices, by: engine) }

    /// Of `column` over `meant` rows, or all, each times its `weight` column.
    package func sum(
      _ column: String, times weight: String? = nil, over meant: [Int]? = nil
    ) -> Double {
      (meant ?? Array(rows.indices)).reduce(0) { sum, row in
        guard let value = self[row, column] else { return sum }
        return sum + value * (weight.flatMap { self[row, $0] } ?? 1)
      }
    }
  }

  package init(_ run: FinishedRun, bill: Bill?) throws {
    requests = try Self.table { try RequestsCSV.write(run, to: $0) }
    timeline = try Self.table { try TimelineCSV.write(run, to: $0) }
    self.bill = try bill.map { bill in try Self.table { try BillCSV.write(bill, to: $0) } }
    report = JSON(text: JSONReport.render(Metrics(run), bill: bill)) ?? .object([])
  }

  private static func table(_ write: (@escaping ByteSink) throws -> Void) throws -> Table {
    var bytes: [UInt8] = []
    try write { bytes += $0 }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let names = lines.first ?? []
    return Table(
      columns: Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) }),
      rows: Array(lines.dropFirst()))
  }
}
