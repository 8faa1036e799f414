import TextAndBytes

/// Mooncake's traces, whose prompts are lists of block ids: `hash_ids` holds one id a block, a last
/// block that is not full included. Read are also what others made of the format:
/// - aiperf 0.3 (dataset/loader/models.py, MooncakeTrace): `session_id`, and `delay` in milliseconds
///   from the end of the turn before; every field but the prompt may be missing;
/// - Dynamo's replays (MooncakeRow): the same, also as `input_tokens`, `output_tokens`,
///   `created_time` and `delay_ms`, and `priority`.
///
/// A row of a session without a time waits for the row of the session before it. What only a
/// tokenizer or a model can tell, the length of a text or of an answer, is asked for.
enum MooncakeReader: TraceReader {
  static let summary = """
    Mooncake traces (JSON Lines: times, token counts, prefix block ids), also with sessions and delays
    """
  static let isJSONLines: Bool? = true
  static let required = ["timestamp", "input_length", "output_length"]
  static let alternatives = [
    required, ["session_id", "input_length", "output_length"], ["input_length", "output_length"],
    ["input_length", "hash_ids"], ["created_time", "input_tokens", "output_tokens"],
    ["text_input", "output_length"], ["text_input", "timestamp"], ["text_input", "session_id"],
    ["messages", "output_length"],
  ]
  static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .link, .think, .priority,
    .prefixIDs, .extra,
  ]

  private enum Column: Int, CaseIterable {
    case timestamp, createdTime, inputLength, inputTokens, outputLength, outputTokens
    case hashIDs, sessionID, delay, delayMilliseconds, priority, textInput, messages, tools

    var name: String {
      [
        "timestamp", "created_time", "input_length", "input_tokens", "output_length",
        "output_tokens", "hash_ids", "session_id", "delay", "delay_ms", "priority", "text_input",
        "messages", "tools",
      ][rawValue]
    }
  }

  static func read(_ feed: TraceFeed) throws(FileProblems) {
    let hashing = TraceHeader.Hashing(
      kind: .prefixChain, blockSize: feed.options.mooncakeBlockSize)
    feed.header.hashing = hashing
    let layout = RowLayout(
      syntax: .jsonLines, required: [], optional: Column.allCases.map(\.name))
    var sessions = MooncakeSessions()
    try feed.eachRow(layout) { rows, record in
      let before = rows.problems.count
      guard fillCounts(&record, &rows) else { return }
      fillTime(&record, &rows)
      rows.takeBlocks(&record, Column.hashIDs.rawValue, hashing)
      rows.take(&record, .sessionID, Column.sessionID.rawValue)
      rows.take(&record, .priority, Column.priority.rawValue)
      guard rows.problems.count == before else { return }
      sessions.link(&record, id: feed.upcomingID)
    }
    for note in sessions.notes { feed.note(note) }
  }

  /// False, and reported, where one is not stated.
  private static func fillCounts(
    _ record: inout TraceRecord, _ rows: inout RecordReader
  ) -> Bool {
    let input = [Column.inputLength, .inputTokens].first { !rows.isAbsent($0.rawValue) }
    let output = [Column.outputLength, .outputTokens].first { !rows.isAbsent($0.rawValue) }
    let text = [Column.textInput, .messages].first { !rows.isAbsent($0.rawValue) }
    if let input {
      rows.need(&record, .inputTokens, input.rawValue)
    } else if let text {
      rows.report(
        """
        \(text.name): has a text and no input_length; count its tokens with the model's tokenizer \
        and state them as input_length
        """)
    } else {
      rows.reportMissing(["input_length"], of: required)
    }
    if let output {
      rows.need(&record, .outputTokens, output.rawValue)
    } else if rows.hasKey(near: "output_length") {
      rows.reportMissing(["output_length"], of: required)
    } else {
      rows.report(
        """
        output_length: has no value; how long an answer gets is not in the file, so state its tokens \
        as output_length, or leave such rows out with --lenient
        """)
    }
    return input != nil && output != nil
  }

  private static func fillTime(_ record: inout TraceRecord, _ rows: inout RecordReader) {
    for column in [Column.timestamp, .createdTime] where !rows.isAbsent(column.rawValue) {
      rows.take(&record, .arrival, column.rawValue, .milliseconds)
      break
    }
    for column in [Column.delay, .delayMilliseconds] where !rows.isAbsent(column.rawValue) {
      rows.take(&record, .think, column.rawValue, .milliseconds)
      break
    }
    if !record.has(.arrival), rows.hasKey(near: "timestamp") {
      rows.reportMissing(["timestamp"], of: required)
    }
  }
}

/// The turns of sessions, by the row before.
private struct MooncakeSessions {
  private struct Turn {
    var id: Int64
    var number: Int64
    var tokens: Int64
  }

  private var last: [String: Turn] = [:]
  private var withoutTime = 0
  private var shorter = 0

  /// A turn without a time of its own waits for the one before.
  mutating func link(_ record: inout TraceRecord, id: Int64) {
    defer { if !record.has(.arrival), !record.has(.parentID) { withoutTime += 1 } }
    guard let session = record.session else { return }
    let before = last[session]
    if let before {
      record[.turn] = before.number + 1
      if !record.has(.arrival) {
        record[.parentID] = before.id
        record[text: .link] = "turn"
        if !record.has(.think) { record[.think] = 0 }
        if record.inputTokens < before.tokens, !record.has(.prefixIDs) { shorter += 1 }
      }
    } else {
      record[.turn] = 0
      // A first turn without a time has nothing to wait for.
      if !record.has(.arrival) { record.remove(.think) }
    }
    last[session] = Turn(
      id: id, number: (before?.number ?? -1) + 1,
      tokens: record.inputTokens + record.outputTokens)
  }

  var notes: [String] {
    var notes: [String] = []
    if withoutTime > 0 {
      notes.append(
        "\(withoutTime) rows have no time and follow no other: they are sent when a client is free")
    }
    if shorter > 0 {
      notes.append(
        """
        \(shorter) turns have shorter prompts than the turn before had with its answer: input_length \
        is taken for the whole prompt, as Dynamo does; aiperf sends the turns before with it
        """)
    }
    return notes
  }
}

extension RecordReader {
  /// A column of block ids, as many as the prompt has blocks.
  mutating func takeBlocks(
    _ record: inout TraceRecord, _ column: Int, _ hashing: TraceHeader.Hashing
  ) {
    guard !isAbsent(column) else { return }
    let before = problems.count
    take(&record, .prefixIDs, column)
    guard problems.count == before, record.has(.inputTokens) else { return }
    _ = checkBlockCount(column, record.prefixIDs.count, of: record, like: hashing)
  }
}
