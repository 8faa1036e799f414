/// The per-request results of aiperf (`profile_export.jsonl`).
enum AIPerfReader: TraceReader {
  static let summary = "aiperf results (JSON Lines: requests with their metrics)"
  static let isJSONLines: Bool? = true
  static let required = ["metadata", "metrics"]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .reasoningTokens, .status,
    .errorType, .ttft, .endToEnd, .extra,
  ]
  static let hasDates = true
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(TraceProblems) {
    feed.header["provenance"] = .string("benchmark_run")
    try feed.eachObject { (json, place) throws(TraceProblem) in
      var record = TraceRecord()
      record.line = place.line
      var all = ObjectFields(json, place, feed)
      var metadata = ObjectFields(all.take("metadata") ?? .object([]), place, feed)
      var metrics = ObjectFields(all.take("metrics") ?? .object([]), place, feed)
      metadata.take(&record, .arrival, "request_start_ns", .nanoseconds)
      metadata.take(&record, .sessionID, "conversation_id")
      metadata.take(&record, .turn, "turn_index")
      guard let input = value(&metrics, "input_sequence_length")?.integer,
        let output =
          (value(&metrics, "output_sequence_length")
          ?? value(&metrics, "output_token_count") ?? .integer(0)).integer,
        (0...Int64(Int32.max)).contains(input), (0...Int64(Int32.max)).contains(output)
      else { return feed.drop("no token counts") }
      record.inputTokens = input
      record.outputTokens = output
      record[.reasoningTokens] = value(&metrics, "reasoning_token_count")?.integer
      record[.ttft] = value(&metrics, "time_to_first_token")?.scaled(3)
      record[.endToEnd] = value(&metrics, "request_latency")?.scaled(3)
      let error = all.take("error")
      record[text: .errorType] = (error?["type"] ?? error?["code"])?.text ?? error?.text
      let isCancelled = metadata.take("was_cancelled")?.flag == true
      record[text: .status] = isCancelled ? "cancelled" : error == nil ? "ok" : "failed"
      record[text: .extra] = all.extra(
        and: [.init("metadata", .object(metadata.rest)), .init("metrics", .object(metrics.rest))])
      guard all.isSound, metadata.isSound else { return feed.drop(TraceFeed.unreadable) }
      try feed.emit(&record)
    }
  }

  /// A metric is a number, or a number with its unit.
  private static func value(_ metrics: inout ObjectFields, _ key: String) -> JSON? {
    guard let metric = metrics.take(key) else { return nil }
    return metric["value"] ?? metric
  }
}

/// The report of GuideLLM: benchmarks with their requests.
enum GuideLLMReader: TraceReader {
  static let summary = "GuideLLM reports (JSON: benchmarks with their requests)"
  static let isJSONLines: Bool? = true
  static let required = ["benchmarks"]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .app, .status, .ttft, .endToEnd, .extra,
  ]
  static let hasDates = true
  static let isUnordered = true
  private static let groups = [
    ("successful", "ok"), ("incomplete", "cancelled"), ("errored", "failed"),
  ]

  static func read(_ feed: TraceFeed) throws(TraceProblems) {
    feed.header["provenance"] = .string("benchmark_run")
    try feed.eachObject { (json, place) throws(TraceProblem) in
      for (index, benchmark) in (json["benchmarks"]?.array ?? []).enumerated() {
        for (group, status) in groups {
          for request in benchmark["requests"]?[group]?.array ?? [] {
            var record = TraceRecord()
            record.line = place.line
            record[text: .status] = status
            record[text: .app] = "benchmark \(index)"
            try emit(&record, ObjectFields(request, place, feed), feed)
          }
        }
      }
    }
  }

  private static func emit(
    _ record: inout TraceRecord, _ fields: ObjectFields, _ feed: TraceFeed
  ) throws(TraceProblem) {
    var fields = fields
    guard let input = fields.take("prompt_tokens")?.integer,
      let output = (fields.take("output_tokens") ?? .integer(0)).integer,
      (0...Int64(Int32.max)).contains(input), (0...Int64(Int32.max)).contains(output)
    else { return feed.drop("no token counts") }
    record.inputTokens = input
    record.outputTokens = output
    let start = fields.take("request_start_time") ?? fields.take("start_time")
    record.arrival = start?.scaled(9)
    record[.ttft] = fields.take("time_to_first_token_ms")?.scaled(3)
    record[.endToEnd] = fields.take("request_latency")?.scaled(6)
    // The texts of prompts and answers: a trace holds no content.
    for key in ["prompt", "output", "request_args"] { _ = fields.take(key) }
    record[text: .extra] = fields.extra()
    guard fields.isSound else { return feed.drop(TraceFeed.unreadable) }
    try feed.emit(&record)
  }
}
