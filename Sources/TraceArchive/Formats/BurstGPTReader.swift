import TextAndBytes

/// BurstGPT's traces: seconds from a first midnight, no content. Release 3 adds sessions and elapsed
/// times in between, so columns are told by name. A failed request has no answer.
enum BurstGPTReader: TraceReader {
  static let summary = "BurstGPT traces 1 to 3 (CSV: times, models, token counts)"
  static let isJSONLines: Bool? = false
  static let required = ["Timestamp", "Request tokens", "Response tokens"]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .model, .app, .status, .endToEnd, .extra,
  ]

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    feed.header["time", "resolution_us"] = .integer(1_000_000)
    feed.header["time", "zone"] = .string("local, from the midnight before the first request")
    let layout = RowLayout(
      syntax: .csv, required: required,
      optional: ["Session ID", "Model", "Log Type", "Elapsed time", "Total tokens"])
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .arrival, 0, .seconds)
      rows.need(&record, .inputTokens, 1)
      rows.need(&record, .outputTokens, 2)
      rows.take(&record, .sessionID, 3)
      rows.take(&record, .model, 4)
      rows.take(&record, .app, 5)
      rows.take(&record, .endToEnd, 6, .seconds)
      record[text: .status] = record[.outputTokens] == 0 ? "failed" : "ok"
      let total = rows.isAbsent(7) ? nil : rows.tokens(7)
      // The total is the sum and says nothing more, unless it is not.
      let isSum = total.map { Int64($0) == record.inputTokens + record.outputTokens } ?? true
      record[text: .extra] = rows.extra(with: isSum ? [] : [7])
    }
  }
}
