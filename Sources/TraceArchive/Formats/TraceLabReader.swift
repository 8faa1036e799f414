import TextAndBytes

/// TraceLab's rounds of coding agents: one model call a line, with what its provider read from its
/// cache and what happened before and during it.
enum TraceLabReader: TraceReader {
  static let summary = "TraceLab rounds (JSON Lines: sessions, provider's cache use, tool calls)"
  static let isJSONLines: Bool? = true
  static let required = [
    "session_id", "round_index", "input_tokens_total", "prefix_tokens", "output_tokens",
  ]
  static let fields: [TraceField] =
    [
      .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .link, .think, .trigger,
      .cachedInputTokens, .cacheWriteTokens, .reasoningTokens, .endToEnd, .extra,
    ] + SaidColumns.fields
  static let hasDates = true
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    feed.header["hashing", "kind"] = .string("none")
    // By session: its last round's id and end.
    var last: [String: (id: Int64, end: Int64?)] = [:]
    try feed.eachObject { (json, place) throws(FileProblem) in
      var record = TraceRecord()
      record.line = place.line
      var fields = ObjectFields(json, place, feed)
      fields.need(&record, .sessionID, "session_id")
      fields.need(&record, .turn, "round_index")
      fields.need(&record, .inputTokens, "input_tokens_total")
      fields.need(&record, .outputTokens, "output_tokens")
      fields.take(&record, .cachedInputTokens, "prefix_tokens")
      fields.take(&record, .cacheWriteTokens, "claude_cache_creation_input_tokens")
      fields.take(&record, .reasoningTokens, "reasoning_output_tokens")
      fields.takeSaid(&record)
      let times = RoundTimes(fields.take("timing_events"), fields.take("tools"))
      record.events = times.events
      record.arrival = times.arrival.map { $0 * 1000 }
      if let arrival = times.arrival, let end = times.end { record[.endToEnd] = end - arrival }
      record[text: .trigger] = times.trigger
      let session = record.session ?? ""
      if let before = last[session] {
        record[.parentID] = before.id
        record[text: .link] = "turn"
        if let arrival = times.arrival, let end = before.end {
          record[.think] = max(0, arrival - end)
        }
      } else {
        record[text: .link] = "root"
      }
      record[text: .extra] = fields.extra()
      guard fields.isSound else { return feed.drop(TraceFeed.unreadable) }
      last[session] = (feed.upcomingID, times.end)
      try feed.emit(&record)
    }
  }
}

/// What happened in a round, in microseconds since 1970.
private struct RoundTimes {
  private static let inputs = ["user_message", "tool_result"]

  var events: [TraceEvent] = []
  var arrival: Int64?
  var end: Int64?
  var trigger: String?

  init(_ timing: JSON?, _ tools: JSON?) {
    for json in timing?.array ?? [] {
      guard let kind = json["event_type"]?.text else { continue }
      let at = Self.time(json["timestamp"])
      add(json, kind: kind, at: at, duration: nil, without: ["event_type", "timestamp"])
      if Self.inputs.contains(kind) {
        if trigger == nil { trigger = kind == "tool_result" ? "tool" : "user" }
        // A round begins when the last of its inputs is there.
        if let at { arrival = max(arrival ?? at, at) }
      } else if let at {
        end = max(end ?? at, at)
      }
    }
    for json in tools?.array ?? [] {
      add(
        json, kind: "tool", at: Self.time(json["emitted_at"]),
        duration: json["tool_wall_latency_ms"]?.scaled(3), without: ["emitted_at"])
    }
    if let from = arrival, let to = end, to < from { end = nil }
  }

  private mutating func add(
    _ json: JSON, kind: String, at: Int64?, duration: Int64?, without keys: [String]
  ) {
    let used = keys + ["tool_name", "is_error"]
    let rest = (json.fields ?? []).filter { !used.contains($0.key) && $0.value != .null }
    events.append(
      TraceEvent(
        kind: kind, at: at, duration: duration, name: json["tool_name"]?.text,
        isError: json["is_error"]?.flag,
        extra: rest.isEmpty ? nil : JSON.object(rest).compact))
  }

  private static func time(_ json: JSON?) -> Int64? {
    json?.text.flatMap { Timestamp.nanoseconds(Array($0.utf8).span) }.map { $0 / 1000 }
  }
}

/// TraceLab's tables for replays: a turn adds `input_len` tokens to `prefix_len` that are there.
enum TraceLabReplayReader: TraceReader {
  static let summary = "TraceLab replay tables (CSV: sessions, added tokens, tool times)"
  static let isJSONLines: Bool? = false
  static let required = [
    "session_id", "arrival_time", "round_idx", "prefix_len", "input_len", "output_len",
  ]
  static let fields: [TraceField] =
    [
      .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .link, .think, .extra,
    ] + SaidColumns.fields
  static let isUnordered = true

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    var last: [String: (id: Int64, wait: Int64?)] = [:]
    let layout = RowLayout(syntax: .csv, required: required, optional: ["tool_wait_after_ms"])
    try feed.eachRow(layout) { rows, record in
      rows.need(&record, .sessionID, 0)
      rows.need(&record, .turn, 2)
      let prefix = rows.tokens(3)
      let added = rows.tokens(4)
      rows.need(&record, .outputTokens, 5)
      let wait = rows.isAbsent(6) ? nil : rows.nanoseconds(6, unit: .milliseconds)
      guard let prefix, let added, let session = record.session else { return }
      record.inputTokens = min(Int64(prefix) + Int64(added), Int64(Int32.max))
      if let before = last[session] {
        record[.parentID] = before.id
        record[text: .link] = "turn"
        record[.think] = before.wait.map { max(0, $0) / 1000 }
      } else {
        rows.need(&record, .arrival, 1, .milliseconds)
        record[text: .link] = "root"
      }
      last[session] = (feed.upcomingID, wait)
    }
  }
}
