/// Why a file cannot be read as Parquet, as a sentence that goes behind the file's name.
package struct ParquetProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }

  static let cutOff = ParquetProblem(
    "the Parquet data is damaged: it ends early; is the file a part of a download?")

  static func damaged(_ what: String) -> ParquetProblem {
    ParquetProblem("the Parquet data is damaged: \(what)")
  }
}
