import TextAndBytes

/// inference-perf's report of all requests (0.1 to 0.4, `per_request_lifecycle_metrics.json`;
/// reportgen/base.py and apis/base.py): a list, with times in seconds of a clock of its own.
enum InferencePerfReader: TraceReader {
  static let summary = "inference-perf reports (per_request_lifecycle_metrics.json)"
  static let isJSONLines: Bool? = true
  static let required = ["start_time", "end_time", "info"]
  static let alternatives = [
    ["start_time", "end_time", "info", "request"], ["start_time", "end_time", "info", "error"],
    ["successes", "failures", "load_summary"],
  ]
  static let fields: [TraceField] =
    [
      .arrival, .inputTokens, .outputTokens, .cachedInputTokens, .status, .errorType,
      .ttft, .endToEnd, .extra,
    ] + SaidColumns.fields
  static let isUnordered = true

  static func recognises(_ first: JSON) -> Bool {
    first["info"]?.fields != nil || first["successes"] != nil
  }

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    feed.header.describeBenchmark(system: nil, model: nil, concurrency: nil)
    try feed.eachObject { (json, place) throws(FileProblem) in
      guard json["start_time"] != nil else {
        feed.report(
          """
          has totals and no requests; those of inference-perf are in \
          per_request_lifecycle_metrics.json, which report.request_lifecycle.per_request asks for
          """, at: place)
        return feed.drop(TraceFeed.unreadable)
      }
      let request = request(json)
      guard request.start != nil else { return feed.drop("requests without a start") }
      var record = TraceRecord()
      guard request.fill(&record, place, feed) else { return }
      record[text: .adapter] = json["info"]?["lora_adapter"]?.text
      // The body as it was sent.
      if let body = json["request"].flatMap({ JSON(text: $0.text ?? $0.compact) }),
        body.fields != nil
      {
        var body = ObjectFields(body, place, feed)
        body.takeSaid(&record)
      }
      record[.cachedInputTokens] =
        usage(json["info"])?["prompt_tokens_details"]?["cached_tokens"]?.integer
      try feed.emit(&record)
    }
  }

  private static func usage(_ info: JSON?) -> JSON? {
    info?["response_metrics"]?["server_usage"]
  }

  private static func request(_ json: JSON) -> BenchmarkRequest {
    let start = json["start_time"]
    let info = json["info"]
    let response = info?["response_metrics"]
    var request = BenchmarkRequest()
    request.start = start?.scaled(9)
    // The server's own counts, where it sent them.
    request.input =
      usage(info)?["prompt_tokens"] ?? info?["request_metrics"]?["text"]?["input_tokens"]
      ?? info?["input_tokens"]
    request.output =
      usage(info)?["completion_tokens"] ?? response?["output_tokens"] ?? info?["output_tokens"]
    if let error = json["error"] {
      request.status = "failed"
      request.error = error["error_type"]?.text ?? error.text
      return request
    }
    let times =
      (response?["output_token_times"] ?? response?["chunk_times"] ?? info?["output_token_times"])?
      .array ?? []
    let parts = times.compactMap { $0.nanoseconds(after: start) }
    request.firstToken = parts.first
    request.end = parts.last ?? json["end_time"]?.nanoseconds(after: start)
    request.gaps = zip(parts.dropFirst(), parts).map { $0 - $1 }
    return request
  }
}
