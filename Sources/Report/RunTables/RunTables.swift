package import Parquet
package import ServingSim

/// A finished run as files that any program reads, to the bit, so that it can be billed, reported and
/// drawn again without simulating it: Parquet tables of its requests, engines and windows of time,
/// and run.json, which has the rest and says what the tables are.
///
/// An instant is two columns, `NAME_s` with whole seconds and `NAME_ps` with the picoseconds within
/// the second; a span is one, `NAME_ps`. Null stands for never and for none.
package enum RunTables {
  /// The file that is read first and written last.
  package static let documentName = "run.json"
  static let format = "kavier-run"
  /// Readers refuse every other version: a run is cheap to repeat.
  static let version: Int64 = 5

  static let requests = "requests.parquet"
  static let engines = "engines.parquet"
  static let windows = "windows.parquet"
  /// Only of a run in which requests were held.
  static let held = "held.parquet"
  /// Only of a run in which requests were dropped that had been worked on.
  static let lost = "lost.parquet"
  /// Only of a run in which replicas computed prompts for others.
  static let handoffs = "handoffs.parquet"
  /// Only of a run in which KV entries came from tiers.
  static let loads = "loads.parquet"

  /// Names of all files that a run can have.
  package static let names = [
    requests, engines, windows, held, lost, handoffs, loads, documentName,
  ]

  /// Reads a run from the bytes of its run.json; `table` gives the file of a name. Throws what is
  /// wrong with the files, when they are not whole or not of one run.
  package static func read(
    document bytes: [UInt8], table: (String) throws(ParquetProblem) -> FileBytes
  ) throws(RunTablesError) -> FinishedRun {
    var reader = try RunReader(try RunDocument(bytes))
    return try reader.run(table)
  }
}

/// What is wrong with one of a run's files.
package struct RunTablesError: Error, Hashable, CustomStringConvertible {
  /// The file's name.
  package var file: String
  /// A clause that goes behind the file's name.
  package var message: String

  package init(file: String, message: String) {
    self.file = file
    self.message = message
  }

  package var description: String { "\(file): \(message)" }

  static let again = "simulate again"

  static func document(_ message: String) -> RunTablesError {
    RunTablesError(file: RunTables.documentName, message: message)
  }

  static let notARun = document(
    "not a recorded run; expected a run.json that `kavier simulate --out` wrote")

  static func version(_ found: String) -> RunTablesError {
    document(
      "a recorded run of format \(found); this program reads \(RunTables.version): \(again)")
  }

  /// Its sum is another.
  static func changed(_ file: String) -> RunTablesError {
    RunTablesError(
      file: file,
      message: """
        damaged: its bytes are not those that were written, so it was cut or changed, or is of \
        another run; \(again)
        """)
  }

  /// The sums are right and a value is not.
  static func impossible(
    _ file: String, _ place: String, found: String, expected: String
  ) -> RunTablesError {
    RunTablesError(
      file: file, message: "damaged: \(place): found \(found); expected \(expected); \(again)")
  }
}

/// What run.json says of a table.
struct RunTableSummary: Hashable {
  var file: String
  var rows: Int
  /// SHA-256 of the file, in hexadecimal.
  var sum: String
}
