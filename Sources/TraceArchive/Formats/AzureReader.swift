/// Azure's public LLM inference traces: one row a request, no content.
enum AzureReader: TraceReader {
  static let summary = "Azure LLM inference traces (CSV: times and token counts)"
  static let isJSONLines: Bool? = false
  static let required = ["TIMESTAMP", "ContextTokens", "GeneratedTokens"]

  static func read(path: String, options: TraceReadOptions) throws(TraceProblems) -> RequestTrace {
    let rows = try RecordReader.open(
      path: path, syntax: .csv, format: .azure, required: required)
    let trace = TraceBuilder(file: path, format: .azure, columns: .counts, sort: options.sort)
    return try trace.reading(rows) { rows, trace in
      let arrival = rows.timestamp(0)
      let input = rows.tokens(1)
      let output = rows.tokens(2)
      guard let arrival, let input, let output else { return }
      trace.add(TraceBuilder.Row(arrival: arrival, input: input, output: output), line: rows.number)
    }
  }
}
