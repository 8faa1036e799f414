import TextAndBytes

/// The arena trace of VTC as a table: each tenant is one model of the arena, served as one adapter.
enum VTCReader: TraceReader {
  static let summary = "VTC arena traces (CSV: times, tenants, token counts)"
  static let isJSONLines: Bool? = false
  static let required = ["arrival_s", "tenant", "input_tokens", "output_tokens"]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .tenantID, .adapter, .extra,
  ]

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let layout = RowLayout(syntax: .csv, required: required, optional: ["adapter"])
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .arrival, 0, .seconds)
      rows.need(&record, .tenantID, 1)
      rows.need(&record, .inputTokens, 2)
      rows.need(&record, .outputTokens, 3)
      rows.take(&record, .adapter, 4)
      if !record.has(.adapter) { record[text: .adapter] = record[text: .tenantID] }
    }
  }
}
