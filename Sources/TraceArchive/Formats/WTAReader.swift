import TextAndBytes

/// The Workflow Trace Archive's tasks, of which those are requests that say in `params` how many
/// tokens they have. Tasks have times in milliseconds and numbers for names; what `params` says is
/// preferred.
enum WTAReader: TraceReader {
  static let summary = "Workflow Trace Archive tasks with token counts in params (Parquet)"
  static let isJSONLines: Bool? = false
  static let required = ["id", "ts_submit", "workflow_id", "params"]
  static let fields: [TraceField] =
    [
      .requestID, .arrival, .inputTokens, .outputTokens, .sessionID, .dependsOn, .queueing,
      .endToEnd, .extra,
    ] + SaidColumns.fields
  static let isUnordered = true

  /// What `params` has under the names of our own columns.
  static let params: [TraceField] =
    [.inputTokens, .outputTokens, .arrival, .sessionID, .queueing, .endToEnd] + SaidColumns.fields

  /// The tasks of an archive's directory.
  static func tasks(in path: String) -> String {
    let tasks = "\(path)/tasks/schema-1.0"
    return Folder.names(in: tasks).first { $0.hasSuffix(".parquet") }.map { "\(tasks)/\($0)" }
      ?? path
  }

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let layout = RowLayout(
      syntax: .csv, required: required,
      optional: ["parents", "user_id", "group_id", "runtime", "wait_time"])
    try feed.eachRow(layout, of: tasks(in: feed.path)) { rows, record in
      rows.need(&record, .requestID, 0)
      takeParams(&rows, &record)
      rows.take(&record, .dependsOn, 4)
      for (field, column) in [(TraceField.arrival, 1), (.endToEnd, 7), (.queueing, 8)]
      where !record.has(field) && rows.text(column) != "-1" {
        rows.take(&record, field, column, .milliseconds)
      }
      for (field, column) in [(TraceField.sessionID, 2), (.userID, 5), (.tenantID, 6)]
      where !record.has(field) && rows.text(column) != "-1" {
        rows.take(&record, field, column)
      }
    }
  }

  private static func takeParams(_ rows: inout RecordReader, _ record: inout TraceRecord) {
    let params = JSON(text: rows.text(3))
    for field in Self.params {
      guard let value = params?[field.name] else { continue }
      switch field.kind {
      case .integer(let bounds):
        guard let number = value.integer, bounds.contains(number) else { continue }
        record[field] = number
      case .choice(let words):
        guard let word = value.text, words.contains(word) else { continue }
        record[text: field] = word
      default: record[text: field] = value.text
      }
    }
    guard !record.has(.inputTokens) || !record.has(.outputTokens) else { return }
    rows.reportFound(3, "expected is JSON with input_tokens and output_tokens")
  }
}
