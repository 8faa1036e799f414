import TextAndBytes

/// Azure's public LLM inference traces of 2023, 2024 and 2025: one row a request, no content.
enum AzureReader: TraceReader {
  static let summary = "Azure LLM inference traces (CSV: times and token counts)"
  static let isJSONLines: Bool? = false
  static let required = ["TIMESTAMP", "ContextTokens", "GeneratedTokens"]
  static let fields: [TraceField] = [.arrival, .inputTokens, .outputTokens, .imageCount, .extra]
  static let hasDates = true

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let layout = RowLayout(syntax: .csv, required: required, optional: ["NumImages"])
    var whole = 0
    var fractional = 0
    try feed.eachRow(layout) { rows, record in
      rows.needDate(&record, 0)
      if rows.hasFraction(0) { fractional += 1 } else { whole += 1 }
      rows.need(&record, .inputTokens, 1)
      rows.need(&record, .outputTokens, 2)
      rows.take(&record, .imageCount, 3)
    }
    guard whole > 0, fractional > 0 else { return }
    feed.observe(
      "mixed-times", "\(whole) times have no fraction of a second, \(fractional) have one")
  }
}
