import TextAndBytes

/// LLMPerf's responses (2.0, `..._individual_responses.json`; token_benchmark_ray.py and
/// common_metrics.py): a list without times, of clients that each send their next request when the
/// last one has ended. How many there were stands in `..._summary.json` beside it.
enum LLMPerfReader: TraceReader {
  static let summary = "LLMPerf responses (individual_responses.json)"
  static let isJSONLines: Bool? = true
  static let required = ["ttft_s", "end_to_end_latency_s", "number_input_tokens"]
  static let fields: [TraceField] = [
    .inputTokens, .outputTokens, .model, .status, .errorType, .ttft, .endToEnd, .extra,
  ]

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let summary = summary(beside: feed.path)
    let clients = summary?["num_concurrent_requests"]?.integer
    feed.header.describeBenchmark(
      system: nil, model: summary?["model"]?.text, concurrency: clients ?? 1)
    feed.header["arrival_mode"] = .string("closed")
    if clients == nil {
      feed.header["collection", "load"] = nil
      feed.note("no summary beside it that says how many clients there were")
    }
    feed.note("requests have no times: they are sent when a client is free")
    try feed.eachObject { (json, place) throws(FileProblem) in
      var request = BenchmarkRequest()
      request.input = json["number_input_tokens"]
      request.output = json["number_output_tokens"]
      if let code = json["error_code"] {
        request.status = "failed"
        request.error = code.compact
      }
      request.firstToken = json["ttft_s"]?.scaled(9)
      request.end = json["end_to_end_latency_s"]?.scaled(9)
      var record = TraceRecord()
      record[text: .model] = summary?["model"]?.text
      if request.fill(&record, place, feed) { try feed.emit(&record) }
    }
  }

  private static func summary(beside path: String) -> JSON? {
    let end = "_individual_responses.json"
    guard path.hasSuffix(end) else { return nil }
    return try? JSON.file(String(path.dropLast(end.count)) + "_summary.json", limit: 1 << 24)
  }
}
