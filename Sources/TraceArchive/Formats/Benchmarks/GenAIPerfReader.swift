import TextAndBytes

/// Perf Analyzer's export, which genai-perf 0.0.16 makes its figures of (`profile_export.json`;
/// perf_analyzer src/profile_data_exporter.cc): what was sent and came, with nanoseconds since 1970.
/// Prompts and answers are texts; their tokens are known where the server reported its usage or
/// prompts are token ids.
enum GenAIPerfReader: TraceReader {
  static let summary = "genai-perf and Perf Analyzer exports (profile_export.json)"
  static let isJSONLines: Bool? = true
  static let required = ["experiments"]
  static let fields: [TraceField] =
    [
      .arrival, .inputTokens, .outputTokens, .sessionID, .app, .status, .ttft,
      .endToEnd, .extra,
    ] + SaidColumns.fields
  static let hasDates = true
  static let isUnordered = true

  static func recognises(_ first: JSON) -> Bool { first["experiments"]?.array != nil }

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    try feed.eachObject { (json, place) throws(FileProblem) in
      let experiments = json["experiments"]?.array ?? []
      let mode = experiments.count == 1 ? experiments[0]["experiment"] : nil
      feed.header.describeBenchmark(
        system: json["service_kind"]?.text, model: nil,
        concurrency: mode?["mode"]?.text == "concurrency" ? mode?["value"]?.integer : nil)
      for (index, experiment) in experiments.enumerated() {
        for item in experiment["requests"]?.array ?? [] {
          var record = TraceRecord()
          if experiments.count > 1 { record[text: .app] = "experiment \(index)" }
          let exchange = Exchange(item)
          record.session = exchange.session
          if var payload = exchange.payload(place, feed) { payload.takeSaid(&record) }
          if exchange.request.fill(&record, place, feed) { try feed.emit(&record) }
        }
      }
      if experiments.count > 1 {
        feed.note("\(experiments.count) experiments are in the file; app tells them apart")
      }
    }
  }
}

/// A request with its responses.
private struct Exchange {
  var request = BenchmarkRequest()
  var session: String?
  private let payload: JSON?

  init(_ json: JSON) {
    let inputs = json["request_inputs"]
    payload = inputs?["payload"]?.text.flatMap { JSON(text: $0) }
    session = (inputs?["session_id"] ?? payload?["session_id"])?.text
    request.start = json["timestamp"]?.scaled(0)
    let times = json["response_timestamps"]?.array ?? []
    let outputs = json["response_outputs"]?.array ?? []
    var usage: JSON?
    var parts: [Int64] = []
    for (time, output) in zip(times, outputs) {
      let events = Self.events(output["response"]?.text ?? "")
      usage = events.compactMap { $0["usage"] }.last ?? usage
      // Perf Analyzer's other services have no events; each of their responses is a part.
      let isPart = output["response"] == nil || events.contains(where: Self.hasContent)
      if isPart, let time = time.scaled(0), let start = request.start, time >= start {
        parts.append(time - start)
      }
    }
    request.input = usage?["prompt_tokens"] ?? ids(inputs?["input_ids"])
    request.output = usage?["completion_tokens"] ?? ids(outputs.last?["output_ids"])
    request.firstToken = parts.first
    request.end = parts.last
    request.gaps = zip(parts.dropFirst(), parts).map { $0 - $1 }
  }

  /// The body as it was sent.
  func payload(_ place: JSONPlace, _ feed: TraceFeed) -> ObjectFields? {
    payload.flatMap { $0.fields == nil ? nil : ObjectFields($0, place, feed) }
  }

  /// How many token ids there are.
  private func ids(_ json: JSON?) -> JSON? {
    json?.array.map { .integer(Int64($0.count)) }
  }

  /// The JSON of the events of a stream, or of a whole answer.
  private static func events(_ text: String) -> [JSON] {
    text.split(separator: "\n").compactMap { line in
      let body = line.hasPrefix("data:") ? line.dropFirst(5) : line[...]
      return JSON(text: String(body))
    }
  }

  private static func hasContent(_ event: JSON) -> Bool {
    (event["choices"]?.array ?? []).contains { choice in
      let text =
        choice["delta"]?["content"] ?? choice["delta"]?["reasoning_content"] ?? choice["text"]
        ?? choice["message"]?["content"]
      return text?.text?.isEmpty == false
    }
  }
}
