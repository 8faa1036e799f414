import TextAndBytes

/// LLMServingSim's workloads: requests with token ids, or sessions whose requests follow each other
/// after a tool's time.
enum LLMServingSimReader: TraceReader {
  static let summary = "LLMServingSim workloads (JSON Lines: times, token counts, token ids)"
  static let isJSONLines: Bool? = true
  static let required = ["arrival_time_ns"]
  static let fields: [TraceField] =
    [
      .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .link, .think, .trigger,
      .extra,
    ] + SaidColumns.fields

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    try feed.eachObject { (json, place) throws(FileProblem) in
      var fields = ObjectFields(json, place, feed)
      guard let requests = fields.take("sub_requests")?.array else {
        return try readRequest(fields, place, feed)
      }
      try readSession(fields, requests, place, feed)
    }
  }

  private static func readRequest(
    _ fields: ObjectFields, _ place: JSONPlace, _ feed: TraceFeed
  ) throws(FileProblem) {
    var fields = fields
    var record = TraceRecord()
    record.line = place.line
    fields.take(&record, .arrival, "arrival_time_ns", .nanoseconds)
    try emit(&record, &fields, feed)
  }

  private static func readSession(
    _ head: ObjectFields, _ requests: [JSON], _ place: JSONPlace, _ feed: TraceFeed
  ) throws(FileProblem) {
    var head = head
    var first = TraceRecord()
    head.take(&first, .arrival, "arrival_time_ns", .nanoseconds)
    head.take(&first, .sessionID, "session_id")
    var said = TraceRecord()
    head.takeSaid(&said)
    var tool: Int64?
    var parent: Int64?
    for (turn, json) in requests.enumerated() {
      var record = turn == 0 ? first : TraceRecord()
      record.line = place.line
      record.session = first.session ?? "line \(place.line)"
      record[.turn] = Int64(turn)
      record[.parentID] = parent
      record[text: .link] = turn == 0 ? "root" : "turn"
      record[.think] = tool.map { $0 / 1000 }
      if tool != nil { record[text: .trigger] = "tool" }
      var fields = ObjectFields(json, place, feed)
      fields.takeSaid(&record)
      record.takeSaid(of: said)
      tool = fields.take("tool_duration_ns")?.scaled(0)
      parent = feed.upcomingID
      guard try emit(&record, &fields, feed, and: turn == 0 ? head.rest : []) else { return }
    }
  }

  @discardableResult
  private static func emit(
    _ record: inout TraceRecord, _ fields: inout ObjectFields, _ feed: TraceFeed,
    and more: [JSON.Field] = []
  ) throws(FileProblem) -> Bool {
    fields.need(&record, .inputTokens, "input_toks")
    fields.need(&record, .outputTokens, "output_toks")
    record.inputIDs = ids(fields.take("input_tok_ids"))
    record.outputIDs = ids(fields.take("output_tok_ids"))
    fields.takeSaid(&record)
    record[text: .extra] = fields.extra(and: more)
    guard fields.isSound else {
      feed.drop(TraceFeed.unreadable)
      return false
    }
    try feed.emit(&record)
    return true
  }

  private static func ids(_ json: JSON?) -> [Int32] {
    guard case .integers(let ids) = json else { return [] }
    return ids.map { Int32(clamping: $0) }
  }
}
