import Parquet
package import Report
package import ServingSim
package import TextAndBytes

/// The files of a recorded run in memory: run.json and its tables.
package struct RecordedFiles {
  package var files: [String: [UInt8]] = [:]

  package init(files: [String: [UInt8]]) { self.files = files }

  package init(_ run: FinishedRun) throws {
    let writer = RunWriter(run)
    for table in writer.tables {
      var bytes: [UInt8] = []
      try writer.write(table) { bytes += $0 }
      files[table] = bytes
    }
    files[RunTables.documentName] = Array(writer.document().utf8)
  }

  package var document: JSON? {
    JSON(text: String(decoding: files[RunTables.documentName] ?? [], as: UTF8.self))
  }

  package func read() throws(RunTablesError) -> FinishedRun {
    let files = files
    return try RunTables.read(document: files[RunTables.documentName] ?? []) {
      name throws(ParquetProblem) in
      guard let bytes = files[name] else { throw ParquetProblem("cannot be opened") }
      return FileBytes(bytes)
    }
  }

  /// Makes all sums right again after files were changed, as whoever forges a run would: written
  /// from the description in Docs/ReportsAndFiles.md.
  package mutating func seal() {
    guard case .object(let fields) = document else { return }
    let sealed = fields.filter { $0.key != "sha256" }.map { field in
      guard field.key == "tables", case .array(let tables) = field.value else { return field }
      return JSON.Field(field.key, .array(tables.map { self.sealed($0) }))
    }
    let sum = SHA256.sum(of: JSON.object(sealed).compact)
    let whole = JSON.object(sealed + [JSON.Field("sha256", .string(sum))])
    files[RunTables.documentName] = Array(whole.document.utf8)
  }

  private func sealed(_ table: JSON) -> JSON {
    guard let name = table["file"]?.text, let bytes = files[name] else { return table }
    var (sealed, sum) = (table, SHA256())
    sum.update(bytes[...])
    sealed["sha256"] = .string(sum.finish())
    return sealed
  }
}
