package import ServingSim
package import TextAndBytes

/// Writes the files of a run: each of `tables`, in any order, then the document.
package final class RunWriter {
  private let run: FinishedRun
  private let kinds: [FinishedReplica]
  private let contents: [RunTable]
  private var summaries: [String: RunTableSummary] = [:]

  package init(_ run: FinishedRun) {
    self.run = run
    let (kinds, kindOfEngine) = Words.gather(run.replicas)
    self.kinds = kinds
    var tables: [RunTable] = [
      .requests(run), .engines(run, kinds: kindOfEngine), .windows(run),
    ]
    if !run.recording.held.isEmpty { tables.append(.held(run)) }
    if !run.recording.lost.isEmpty { tables.append(.lost(run)) }
    if !run.recording.handoffs.isEmpty { tables.append(.handoffs(run)) }
    if !run.recording.loads.isEmpty { tables.append(.loads(run)) }
    contents = tables
  }

  /// Names of the tables' files.
  package var tables: [String] { contents.map(\.name) }

  /// Hands a table's bytes to `sink` in large chunks; rethrows its errors.
  package func write(_ table: String, to sink: @escaping ByteSink) throws {
    for content in contents where content.name == table {
      summaries[table] = try content.write(to: sink)
    }
  }

  /// run.json, once all tables are written: it has their sums.
  package func document() -> String {
    let summaries = tables.compactMap { self.summaries[$0] }
    precondition(summaries.count == tables.count, "a table has not been written")
    return RunDocument.text(run, kinds: kinds, tables: summaries)
  }
}
