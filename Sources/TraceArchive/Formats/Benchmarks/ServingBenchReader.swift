import TextAndBytes

/// `vllm bench serve --save-result --save-detailed` (vLLM 0.6 to 0.12, benchmarks/serve.py): an
/// object a run, with a list over the requests for each figure; times in seconds.
enum VLLMBenchReader: TraceReader {
  static let summary = "vllm bench serve results with --save-detailed (JSON: lists over requests)"
  static let isJSONLines: Bool? = true
  static let required = ["backend", "model_id", "total_input_tokens", "total_output_tokens"]
  static let fields = ServingBench.fields
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    try ServingBench.read(feed, detail: "vllm bench serve --save-result --save-detailed")
  }
}

/// `python -m sglang.bench_serving --output-details` (SGLang 0.4 to 0.5, bench_serving.py): lines with
/// the same lists, for the most part without the times of sending.
enum SGLangBenchReader: TraceReader {
  static let summary = "sglang.bench_serving results with --output-details (JSON Lines)"
  static let isJSONLines: Bool? = true
  static let required = ["backend", "dataset_name", "total_input_tokens", "total_output_tokens"]
  static let fields = ServingBench.fields
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    try ServingBench.read(feed, detail: "sglang.bench_serving --output-details")
  }
}

/// What both write.
private enum ServingBench {
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .app, .model, .status, .errorType, .ttft, .endToEnd,
    .extra,
  ]

  static func read(_ feed: TraceFeed, detail: String) throws(FileProblems) {
    var runs = 0
    try feed.eachObject { (json, place) throws(FileProblem) in
      guard let inputs = json["input_lens"]?.array, let outputs = json["output_lens"]?.array else {
        feed.report(
          "has totals and no list of requests (input_lens, output_lens); \(detail) writes it",
          at: place)
        return feed.drop(TraceFeed.unreadable)
      }
      guard outputs.count == inputs.count else {
        feed.report(
          "input_lens has \(inputs.count) values, output_lens \(outputs.count)", at: place)
        return feed.drop(TraceFeed.unreadable)
      }
      let run = Run(json, count: inputs.count)
      guard run.isTimed || feed.options.leavesOutUnreadable else {
        feed.report(
          """
          start_times: not in the file, and requests were sent at random, \(run.rate ?? 0) a second: \
          when each was sent cannot be known. --lenient takes them without times, to be sent when a \
          client is free
          """, at: place)
        return feed.drop(TraceFeed.unreadable)
      }
      feed.header.describeBenchmark(
        system: run.system, model: json["model_id"]?.text, concurrency: run.concurrency)
      for index in inputs.indices {
        var record = TraceRecord()
        record[text: .model] = json["model_id"]?.text
        if runs > 0 { record[text: .app] = "run \(runs)" }
        let request = run.request(index, input: inputs[index], output: outputs[index])
        if request.fill(&record, place, feed) { try feed.emit(&record) }
      }
      runs += 1
    }
    if runs > 1 {
      feed.note("\(runs) runs are in the file, each from time 0; their requests are put together")
    }
  }

  /// The lists of one run.
  struct Run {
    private let starts: [JSON]?
    private let firstStart: Int64
    private let ttfts: [JSON]
    private let gaps: [JSON]
    private let latencies: [JSON]
    private let errors: [JSON]
    let system: String?
    /// Requests a second; nil: all at once.
    let rate: Double?
    /// Requests under way at most, where they were sent as fast as that allows.
    let concurrency: Int64?

    init(_ json: JSON, count: Int) {
      let starts = json["start_times"]?.array
      self.starts = starts?.count == count ? starts : nil
      firstStart = self.starts?.compactMap { $0.scaled(9) }.min() ?? 0
      ttfts = json["ttfts"]?.array ?? []
      gaps = json["itls"]?.array ?? []
      latencies = json["latencies"]?.array ?? []
      errors = json["errors"]?.array ?? []
      system = json["backend"]?.text
      rate = json["request_rate"]?.double
      let most = json["max_concurrency"]?.integer.flatMap {
        (1...1_000_000).contains($0) ? $0 : nil
      }
      concurrency = rate == nil ? most : nil
    }

    /// Whether it is known when requests were sent: by the clock, all at once, or in a closed loop.
    var isTimed: Bool { starts != nil || rate == nil }

    func request(_ index: Int, input: JSON, output: JSON) -> BenchmarkRequest {
      var request = BenchmarkRequest(input: input, output: output)
      if let start = starts?[index].scaled(9) {
        request.start = start - firstStart
      } else if rate == nil, concurrency == nil {
        request.start = 0
      }
      let error = errors.count > index ? errors[index].text ?? "" : ""
      let ttft = ttfts.count > index ? ttfts[index].scaled(9) : nil
      if !error.isEmpty {
        request.status = "failed"
        // The last line of a traceback names the error.
        request.error = error.split(separator: "\n").last.map { String($0.prefix(200)) }
        return request
      }
      request.gaps = gaps.count > index ? (gaps[index].array ?? []).compactMap { $0.scaled(9) } : []
      guard let ttft, ttft > 0 else { return request }
      request.firstToken = ttft
      request.end = latencies.count > index ? latencies[index].scaled(9) : end(after: ttft, request)
      return request
    }

    /// Both generators stop the clock with the last part.
    private func end(after ttft: Int64, _ request: BenchmarkRequest) -> Int64? {
      var end = ttft
      for gap in request.gaps {
        let (sum, overflow) = end.addingReportingOverflow(gap)
        guard !overflow else { return nil }
        end = sum
      }
      return end
    }
  }
}
