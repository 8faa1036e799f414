import TextAndBytes

/// The request tables of BLIS (TraceV2), whose 0 in `think_time_us` means that it is unknown.
enum BLISReader: TraceReader {
  static let summary = "BLIS TraceV2 tables (CSV: clients, SLO classes, sessions, measured times)"
  static let isJSONLines: Bool? = false
  static let required = ["request_id", "arrival_time_us", "input_tokens", "output_tokens"]
  static let optional = [
    "tenant_id", "slo_class", "session_id", "round_index", "prefix_group", "prefix_length",
    "streaming", "image_tokens", "audio_tokens", "video_tokens", "reason_ratio", "model",
    "first_chunk_time_us", "last_chunk_time_us", "status", "error_message", "finish_reason",
    "adapter", "think_time_us", "vllm_priority", "client_id",
  ]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .tenantID, .userID, .sloClass, .sessionID, .turn,
    .segments, .streaming, .imageTokens, .audioTokens, .videoTokens, .reasoningTokens, .model,
    .status, .errorType, .finishReason, .adapter, .think, .priority, .ttft, .endToEnd, .extra,
  ]
  private static let statuses = [
    "ok": "ok", "success": "ok", "completed": "ok", "error": "failed", "failed": "failed",
    "timeout": "timeout", "cancelled": "cancelled", "incomplete": "cancelled",
    "rejected": "rejected",
  ]

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let layout = RowLayout(syntax: .csv, required: required, optional: optional)
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .arrival, 1, .microseconds)
      rows.need(&record, .inputTokens, 2)
      rows.need(&record, .outputTokens, 3)
      let plain: [(TraceField, Int)] = [
        (.tenantID, 4), (.sloClass, 5), (.sessionID, 6), (.turn, 7), (.streaming, 10),
        (.imageTokens, 11), (.audioTokens, 12), (.videoTokens, 13), (.model, 15),
        (.errorType, 19), (.finishReason, 20), (.adapter, 21), (.userID, 24),
      ]
      for (field, column) in plain { rows.take(&record, field, column) }
      takePrefix(&rows, &record)
      takeTimes(&rows, &record)
      if !rows.isAbsent(18) { record[text: .status] = statuses[rows.text(18)] }
      if !rows.isAbsent(14), let share = Double(rows.text(14)), share > 0, share <= 1 {
        record[.reasoningTokens] = Int64((Double(record.outputTokens) * share).rounded())
      }
      // vLLM's priorities count downwards.
      if !rows.isAbsent(23), let priority = rows.integer(23, in: -1_000_000...1_000_000) {
        record[.priority] = -priority
      }
      record[text: .extra] = rows.extra(with: [0])
    }
  }

  private static func takePrefix(_ rows: inout RecordReader, _ record: inout TraceRecord) {
    guard !rows.isAbsent(8), !rows.isAbsent(9), let tokens = rows.tokens(9), tokens > 0 else {
      return
    }
    record[text: .segments] = PromptSegment.text([
      PromptSegment(kind: "prefix_group \(rows.text(8))", id: 0, tokens: tokens)
    ])
  }

  private static func takeTimes(_ rows: inout RecordReader, _ record: inout TraceRecord) {
    guard let arrival = record[.arrival] else { return }
    for (field, column) in [(TraceField.ttft, 16), (.endToEnd, 17)] where !rows.isAbsent(column) {
      guard let time = rows.nanoseconds(column, unit: .microseconds), time > 0 else { continue }
      if time / 1000 >= arrival { record[field] = time / 1000 - arrival }
    }
    if !rows.isAbsent(22), let think = rows.nanoseconds(22, unit: .microseconds), think > 0 {
      record[.think] = think / 1000
    }
  }
}
