import Parquet
package import TraceArchive

/// A trace of the original, CSV or Parquet by its extension.
package struct OriginalTrace: Sendable {
  package let path: String
  private let behaviour: Behaviour

  package init(path: String, _ behaviour: Behaviour) {
    self.path = path
    self.behaviour = behaviour
  }

  /// Hands on each request in the order of the file; throws all that is wrong with it.
  package func read(_ take: (borrowing KavierRow) throws -> Void) throws {
    switch Self.fileExtension(path) {
    case "csv", "csv.gz":
      let rows = KavierRows(
        needsEveryColumn: !behaviour.corrects(.columns),
        checksTokenLists: behaviour.corrects(.tokenLists))
      try rows.read(path: path, take)
    case "parquet": try ParquetRows(path: path, behaviour).read(take)
    default:
      throw OriginalProblems(["\(path): a trace is a file .csv, .csv.gz or .parquet"])
    }
  }

  private static func fileExtension(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.lowercased().split(separator: ".").dropFirst()
    return parts.last == "gz" ? parts.suffix(2).joined(separator: ".") : String(parts.last ?? "")
  }
}
