import TextAndBytes

/// The agentic coding traces of kv-cache-tester: one session a file or line, with the requests of its
/// agent and, nested, of sub-agents. Times count from the session's start, so no request has an
/// arrival: the first of a session is free to start, the others wait and think.
enum WekaReader: TraceReader {
  static let summary =
    "kv-cache-tester's agentic traces (JSON: sessions with sub-agents, block ids)"
  static let isJSONLines: Bool? = true
  static let required = ["id", "block_size", "hash_id_scope", "requests"]
  static let fields: [TraceField] =
    [
      .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .dependsOn, .link, .agentID,
      .think,
      .trigger, .streaming, .prefixIDs, .finishReason, .ttft, .endToEnd, .systemTokens,
      .toolTokens, .extra,
    ] + SaidColumns.fields

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    feed.header["arrival_mode"] = .string("closed")
    feed.header.hashing = TraceHeader.Hashing(
      kind: .prefixChain, blockSize: 64, scope: .session, hasPartialBlocks: false)
    feed.header["time", "resolution_us"] = .integer(1_000_000)
    try feed.eachObject { (json, place) throws(FileProblem) in
      guard let id = json["id"]?.text, let requests = json["requests"]?.array else {
        feed.drop(TraceFeed.unreadable)
        return feed.report(
          "a session needs id and requests", line: place.line, file: place.file)
      }
      if let size = json["block_size"]?.integer, size != 64 {
        throw FileProblem(
          file: place.file, line: place.line,
          message: "block_size: found \(size); these traces have blocks of 64 tokens")
      }
      var fields = ObjectFields(json, place, feed)
      for key in ["id", "requests", "block_size", "hash_id_scope"] { _ = fields.take(key) }
      try emitSession(id, &fields, feed)
      var session = WekaSession(id: id, place: place, feed: feed)
      _ = try session.emit(requests, agent: nil, start: 0, after: nil, about: [])
    }
  }

  private static func emitSession(
    _ id: String, _ fields: inout ObjectFields, _ feed: TraceFeed
  ) throws(FileProblem) {
    var session = TraceSession(id: id)
    session.models = fields.take("models")?.array?.compactMap(\.text) ?? []
    session.systemTokens = fields.take("system_tokens")?.integer
    session.toolTokens = fields.take("tool_tokens")?.integer
    session.extra = fields.extra()
    try feed.emit(session)
  }
}

/// The requests of one session.
private struct WekaSession {
  let id: String
  let place: JSONPlace
  let feed: TraceFeed

  /// A request that later ones wait for, and when it ended, in seconds from the session's start.
  struct Ended {
    var id: Int64
    var end: Double
  }

  /// Hands on one agent's requests and those of the sub-agents between them; returns the last one.
  mutating func emit(
    _ requests: [JSON], agent: String?, start: Double, after spawner: Ended?,
    about marker: [JSON.Field]
  ) throws(FileProblem) -> Ended? {
    var last: Ended?
    var children: [Ended] = []
    var blocks: [Int64] = []
    var turn: Int64 = 0
    for json in requests {
      guard let offset = seconds(json, "t"), let duration = seconds(json, "api_time") else {
        feed.drop(TraceFeed.unreadable)
        continue
      }
      let time = start + offset
      if json["type"]?.text == "subagent" {
        let name = json["agent_id"]?.text ?? "agent"
        let path = agent.map { "\($0)/\(name)" } ?? name
        let parts = json["requests"]?.array ?? []
        let child = try emit(
          parts, agent: path, start: time, after: last ?? spawner,
          about: (json.fields ?? []).filter { !["requests", "agent_id", "type"].contains($0.key) })
        if let child { children.append(child) }
        continue
      }
      var record = TraceRecord()
      record.line = place.line
      record.session = id
      record.agent = agent
      record[.turn] = turn
      link(&record, at: time, last: last, spawner: spawner, children: children)
      guard try fill(&record, json, turn == 0 ? marker : [], previous: &blocks) else { continue }
      let number = feed.upcomingID
      try feed.emit(&record)
      last = Ended(id: number, end: time + duration)
      children = []
      turn += 1
    }
    return last
  }

  /// A time, 0 where there is none; nil, and reported, where it is longer than thirty years.
  private func seconds(_ json: JSON, _ key: String) -> Double? {
    guard let value = json[key] else { return 0 }
    if let seconds = value.double, (0...1e9).contains(seconds) { return seconds }
    feed.report(
      "\(key): found \(excerpt(value.compact)); allowed are seconds from 0 to 1000000000", at: place
    )
    return nil
  }

  /// What the request waits for. A sub-agent that was still at work when it was sent is not waited
  /// for; times are rounded to a second.
  private func link(
    _ record: inout TraceRecord, at time: Double, last: Ended?, spawner: Ended?,
    children: [Ended]
  ) {
    let joined = children.filter { $0.end <= time + 2 }
    if let last {
      record[.parentID] = last.id
      record[text: .link] = joined.isEmpty ? "turn" : "join"
      if !joined.isEmpty { record.dependsOn = [last.id] + joined.map(\.id) }
    } else if let spawner {
      record.dependsOn = [spawner.id]
      record[text: .link] = "spawn"
    } else {
      record[text: .link] = "root"
    }
    let ends = ([last ?? spawner].compactMap { $0 } + joined).map(\.end)
    if let end = ends.max() { record[.think] = Int64((max(0, time - end) * 1e6).rounded()) }
  }

  private func fill(
    _ record: inout TraceRecord, _ json: JSON, _ marker: [JSON.Field],
    previous: inout [Int64]
  ) throws(FileProblem) -> Bool {
    var fields = ObjectFields(json, place, feed)
    fields.need(&record, .inputTokens, "in")
    fields.need(&record, .outputTokens, "out")
    fields.takeSaid(&record)
    fields.take(&record, .finishReason, "stop")
    if record[text: .finishReason]?.isEmpty == true { record.remove(.finishReason) }
    fields.take(&record, .endToEnd, "api_time", .seconds)
    fields.take(&record, .ttft, "ttft", .seconds)
    switch fields.take("type")?.text {
    case "s": record[.streaming] = 1
    case "n": record[.streaming] = 0
    default: break
    }
    let kinds = json["input_types"]?.array?.compactMap(\.text) ?? []
    if !kinds.isEmpty { record[text: .trigger] = kinds.contains("tool_result") ? "tool" : "user" }
    previous = blocks(
      &fields, previous, limit: min(record.inputTokens / 64, Int64(PrefixRuns.most)))
    record.prefixIDs = previous
    let expected = record.inputTokens / 64
    if !previous.isEmpty, Int64(previous.count) != expected {
      fields.fail(
        """
        hash_ids: found \(previous.count) ids for a prompt of \(record.inputTokens) tokens; with \
        64 tokens a block and full blocks only it has \(expected)
        """)
    }
    var about = ObjectFields(.object(marker), place, feed)
    about.take(&record, .systemTokens, "system_tokens")
    about.take(&record, .toolTokens, "tool_tokens")
    record[text: .extra] = fields.extra(
      and: about.rest.isEmpty ? [] : [.init("subagent", .object(about.rest))])
    if !fields.isSound { feed.drop(TraceFeed.unreadable) }
    return fields.isSound
  }

  /// The block ids: a list, or how many are those of the agent's request before (`hk`) and runs of
  /// further ones (`hn`).
  /// One more than the prompt has blocks is enough to tell that there are too many.
  private func blocks(
    _ fields: inout ObjectFields, _ previous: [Int64], limit: Int64
  ) -> [Int64] {
    if case .integers(let ids)? = fields.take("hash_ids") { return ids }
    guard let kept = fields.take("hk")?.integer else { return [] }
    var ids = Array(previous.prefix(Int(clamping: max(0, kept))))
    for run in fields.take("hn")?.array ?? [] {
      guard case .integers(let pair) = run, pair.count == 2, pair[1] >= 0,
        !pair[0].addingReportingOverflow(pair[1]).overflow
      else { continue }
      let room = max(0, limit + 1 - Int64(ids.count))
      ids.append(contentsOf: pair[0]..<pair[0] + min(pair[1], room))
    }
    return ids
  }
}
