import TextAndBytes

/// The report of GuideLLM 0.2 to 0.4 (`benchmarks.json`; benchmark/schemas/report.py and
/// schemas/request_stats.py): benchmarks with their requests, by how they ended.
enum GuideLLMReader: TraceReader {
  static let summary = "GuideLLM reports (benchmarks.json: benchmarks with their requests)"
  static let isJSONLines: Bool? = true
  static let required = ["benchmarks"]
  static let fields: [TraceField] =
    [
      .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .app, .cachedInputTokens, .status,
      .ttft, .endToEnd, .extra,
    ] + SaidColumns.fields
  static let hasDates = true
  static let isUnordered = true
  private static let groups = [
    ("successful", "ok"), ("incomplete", "cancelled"), ("errored", "failed"),
  ]

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    feed.header.describeBenchmark(system: nil, model: nil, concurrency: nil)
    var benchmarks = 0
    try feed.eachObject { (json, place) throws(FileProblem) in
      for benchmark in json["benchmarks"]?.array ?? [] {
        var listed = 0
        for (group, status) in groups {
          for request in benchmark["requests"]?[group]?.array ?? [] {
            var record = TraceRecord()
            record[text: .app] = "benchmark \(benchmarks)"
            try emit(&record, status, ObjectFields(request, place, feed), place, feed)
            listed += 1
          }
        }
        // Reports may hold a sample of the requests.
        let all = benchmark["metrics"]?["request_totals"]?["total"]?.integer
        if let all, all > Int64(listed) {
          feed.note("benchmark \(benchmarks): \(listed) of its \(all) requests are in the report")
        }
        benchmarks += 1
      }
    }
    if benchmarks > 1 {
      feed.note("\(benchmarks) benchmarks are in the report; app tells them apart")
    }
  }

  private static func emit(
    _ record: inout TraceRecord, _ status: String, _ fields: ObjectFields, _ place: JSONPlace,
    _ feed: TraceFeed
  ) throws(FileProblem) {
    var fields = fields
    let info = fields.take("info")
    var request = BenchmarkRequest()
    request.status = status
    request.input = fields.take("prompt_tokens")
    request.output = fields.take("output_tokens")
    let start = fields.take("request_start_time") ?? fields.take("start_time")
    request.start = start?.scaled(9)
    guard request.start != nil else { return feed.drop("requests without a start") }
    request.firstToken = fields.take("time_to_first_token_ms")?.scaled(6)
    request.end = fields.take("request_latency")?.scaled(9)
    guard request.fill(&record, place, feed) else { return }
    record.session = info?["conversation_id"]?.text
    if record.session != nil { record[.turn] = info?["turn_index"]?.integer }
    record[.cachedInputTokens] = fields.take("cached_tokens")?.integer
    // The texts of prompts and answers: a trace holds no content.
    let arguments = fields.take("request_args")
    fields.takeSaid(&record)
    if let body = arguments?["body"] ?? arguments.flatMap({ JSON(text: $0.text ?? "")?["body"] }),
      body.fields != nil
    {
      var body = ObjectFields(body, place, feed)
      body.takeSaid(&record)
    }
    for key in ["prompt", "output", "reasoning_output", "tool_calls"] {
      _ = fields.take(key)
    }
    record[text: .extra] = fields.extra()
    guard fields.isSound else { return feed.drop(TraceFeed.unreadable) }
    try feed.emit(&record)
  }
}
