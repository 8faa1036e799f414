import TextAndBytes

/// Vidur's and Etalon's tables of lengths, some with arrivals. The total and the ratio follow from
/// the two counts.
enum LengthsReader: TraceReader {
  static let summary = "Vidur and Etalon tables (CSV: token counts, maybe arrivals)"
  static let isJSONLines: Bool? = false
  static let required = ["num_prefill_tokens", "num_decode_tokens"]
  static let fields: [TraceField] = [.arrival, .inputTokens, .outputTokens, .sessionID, .extra]

  static let optionalArrival: String? = "arrived_at"

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let layout = RowLayout(
      syntax: .csv, required: required,
      optional: ["arrived_at", "session_id", "num_total_tokens", "pd_ratio"])
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .inputTokens, 0)
      rows.need(&record, .outputTokens, 1)
      rows.take(&record, .arrival, 2, .seconds)
      rows.take(&record, .sessionID, 3)
      let total = rows.isAbsent(4) ? nil : rows.tokens(4)
      let isSum = total.map { Int64($0) == record.inputTokens + record.outputTokens } ?? true
      record[text: .extra] = rows.extra(with: isSum ? [] : [4])
    }
  }
}
