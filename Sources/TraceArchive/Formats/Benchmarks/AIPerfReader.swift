import TextAndBytes

/// The per-request results of aiperf 0.2 to 0.3 (`profile_export.jsonl`; models/record_models.py,
/// MetricRecordInfo). Metrics are numbers with their unit.
enum AIPerfReader: TraceReader {
  static let summary = "aiperf results (profile_export.jsonl: requests with their metrics)"
  static let isJSONLines: Bool? = true
  static let required = ["metadata", "metrics"]
  static let alternatives = [["metadata", "metrics"], ["input_config", "request_latency"]]
  static let fields: [TraceField] =
    [
      .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .reasoningTokens, .status,
      .errorType, .ttft, .endToEnd, .extra,
    ] + SaidColumns.fields
  static let hasDates = true
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    feed.header.describeBenchmark(system: nil, model: nil, concurrency: nil)
    try feed.eachObject { (json, place) throws(FileProblem) in
      guard json["metadata"] != nil, json["metrics"] != nil else {
        feed.report(
          "has totals and no requests; those of aiperf are in profile_export.jsonl beside it",
          at: place)
        return feed.drop(TraceFeed.unreadable)
      }
      var all = ObjectFields(json, place, feed)
      var metadata = ObjectFields(all.take("metadata") ?? .object([]), place, feed)
      var metrics = ObjectFields(all.take("metrics") ?? .object([]), place, feed)
      guard metadata.take("benchmark_phase")?.text != "warmup" else {
        return feed.pass("requests of the warm-up")
      }
      var record = TraceRecord()
      metadata.take(&record, .sessionID, "conversation_id")
      metadata.take(&record, .turn, "turn_index")
      metadata.takeSaid(&record)
      var request = request(&metrics)
      request.start = metadata.take("request_start_ns")?.scaled(0)
      if request.start == nil { metadata.fail("metadata.request_start_ns: has no value") }
      let error = all.take("error")
      request.error = (error?["type"] ?? error?["code"])?.text ?? error?.text
      let isCancelled = metadata.take("was_cancelled")?.flag == true
      request.status = isCancelled ? "cancelled" : error == nil ? "ok" : "failed"
      record[.reasoningTokens] = count(&metrics, "reasoning_token_count")?.integer
      guard all.isSound, metadata.isSound else { return feed.drop(TraceFeed.unreadable) }
      guard request.fill(&record, place, feed) else { return }
      record[text: .extra] = all.extra(
        and: [.init("metadata", .object(metadata.rest)), .init("metrics", .object(metrics.rest))])
      try feed.emit(&record)
    }
  }

  private static func request(_ metrics: inout ObjectFields) -> BenchmarkRequest {
    var request = BenchmarkRequest()
    let failedInput = count(&metrics, "error_isl")
    request.input = count(&metrics, "input_sequence_length") ?? failedInput
    request.output =
      count(&metrics, "output_sequence_length") ?? count(&metrics, "output_token_count")
    request.firstToken =
      time(&metrics, "time_to_first_token").first ?? time(&metrics, "ttft").first
    request.end = time(&metrics, "request_latency").first
    request.gaps = time(&metrics, "inter_chunk_latency")
    return request
  }

  private static func count(_ metrics: inout ObjectFields, _ key: String) -> JSON? {
    guard let metric = metrics.take(key) else { return nil }
    return metric["value"] ?? (metric.fields == nil ? metric : nil)
  }

  /// One time or several, in nanoseconds; without a unit in milliseconds.
  private static func time(_ metrics: inout ObjectFields, _ key: String) -> [Int64] {
    guard let metric = metrics.take(key), let value = metric["value"] ?? Optional(metric) else {
      return []
    }
    let scale: Int
    switch metric["unit"]?.text {
    case "s", "sec", "seconds": scale = 9
    case "us", "microseconds": scale = 3
    case "ns", "nanoseconds": scale = 0
    default: scale = 6
    }
    return value.array?.compactMap { $0.scaled(scale) } ?? value.scaled(scale).map { [$0] } ?? []
  }
}
