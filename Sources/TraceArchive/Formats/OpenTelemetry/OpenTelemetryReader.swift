import TextAndBytes

/// Spans of model calls. Spans of other kinds are left aside and counted.
enum OpenTelemetryReader: TraceReader {
  static let summary = """
    spans of model calls: OTLP, Jaeger's and Zipkin's JSON; vLLM, OpenLLMetry, OpenInference
    """
  static let isJSONLines: Bool? = true
  static let required = ["resourceSpans"]
  static let alternatives = [
    ["resourceSpans"], ["resource_spans"], ["batches"], ["spans"], ["data"], ["trace"], ["result"],
    ["traceId", "spanId"], ["trace_id", "span_id"], ["context", "attributes"],
    ["traceId", "id", "timestamp"],
  ]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .parentID, .link, .agentID, .model,
    .responseModel, .userID, .operation, .maxOutputTokens, .streaming, .cachedInputTokens,
    .cacheWriteTokens, .reasoningTokens, .status, .finishReason, .errorType, .queueing, .ttft,
    .endToEnd, .extra,
  ]
  static let hasDates = true
  static let isUnordered = true

  static func recognises(_ first: JSON) -> Bool { TraceSpan.all(in: first)?.isEmpty == false }

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let nesting = try SpanNesting(feed)
    var requests: [String: Int64] = [:]
    var estimated = 0
    try feed.eachObject { (json, place) throws(FileProblem) in
      guard let spans = TraceSpan.all(in: json) else { return passOther(json, place, feed) }
      for span in spans {
        let call = ModelCall(span)
        guard call.operation != nil else {
          feed.pass("spans that are no model calls")
          continue
        }
        guard !nesting.isToldWithin(call) else {
          feed.pass("calls that a span within them tells, too")
          continue
        }
        var record = TraceRecord()
        record.line = place.line
        switch call.fill(&record) {
        case .filled(let isEstimated): estimated += isEstimated ? 1 : 0
        case .lacks(let what):
          feed.drop(what)
          continue
        case .wrong(let fault):
          feed.report(fault, at: place)
          feed.drop(TraceFeed.unreadable)
          continue
        }
        if let parent = span.parent.flatMap({ requests[$0] }) {
          record[.parentID] = parent
          record[text: .link] = "spawn"
        }
        if let id = span.id { requests[id] = feed.upcomingID }
        try feed.emit(&record)
      }
    }
    guard estimated > 0 else { return }
    feed.header["tokenizer"] = .string("estimated: 4 bytes a token")
    feed.note("\(estimated) spans state no usage: their tokens are estimated from their text")
  }

  /// The collector writes metrics and logs into the same file where it is told to.
  private static func passOther(_ json: JSON, _ place: JSONPlace, _ feed: TraceFeed) {
    if json["resourceMetrics"] != nil || json["resourceLogs"] != nil {
      return feed.pass("lines of metrics or logs")
    }
    feed.report("holds no spans", at: place)
    feed.drop(TraceFeed.unreadable)
  }
}

/// Which calls are told by a span within their own: a client's by that of its server. Spans are
/// exported when they end, so the inner one stands first, and a pass of its own finds them.
struct SpanNesting {
  private var parents: [String: String] = [:]
  private var usage: [String: [JSON?]] = [:]
  private var outer: Set<String> = []

  init(_ feed: TraceFeed) throws(FileProblems) {
    let scout = TraceFeed(
      path: feed.path, format: feed.reading.format, options: feed.options, sink: NoSink())
    try scout.eachObject { (json, _) in
      for span in TraceSpan.all(in: json) ?? [] {
        guard let id = span.id else { continue }
        parents[id] = span.parent
        let call = ModelCall(span)
        if call.operation != nil { usage[id] = call.usage }
      }
    }
    for (id, inner) in usage { markOuter(of: id, inner) }
  }

  /// The nearest call around it is the same where it has the same tokens or says none.
  private mutating func markOuter(of id: String, _ inner: [JSON?]) {
    var above = parents[id]
    for _ in 0..<64 {
      guard let span = above, span != id else { return }
      if let stated = usage[span] {
        let isSame = zip(stated, inner).allSatisfy {
          $0?.integer == nil || $0?.integer == $1?.integer
        }
        if isSame { outer.insert(span) }
        return
      }
      above = parents[span]
    }
  }

  func isToldWithin(_ call: ModelCall) -> Bool {
    call.span.id.map { outer.contains($0) } ?? false
  }
}

/// Takes nothing.
private final class NoSink: TraceSink {
  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {}
  func take(_ record: TraceRecord) throws(FileProblem) {}
}
