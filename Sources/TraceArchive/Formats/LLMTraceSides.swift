/// `sessions`: conversations as a whole.
enum LLMTraceSessions {
  static let columns = [
    "session_id", "arrival_us", "tenant_id", "app", "turns", "system_tokens", "tool_tokens",
    "models", "extra",
  ]

  static func read(directory: String, _ feed: TraceFeed) throws(TraceProblems) {
    guard let path = LLMTraceReader.file("sessions", in: directory) else { return }
    var rows = try RecordReader.open(
      path: path, syntax: LLMTraceReader.isJSONLines(path) ? .jsonLines : .csv,
      kind: "llm-trace's sessions", required: ["session_id"],
      optional: Array(columns.dropFirst()))
    do throws(TraceProblem) {
      while try rows.advance() { feed.keep(session(&rows)) }
    } catch {
      rows.problems.add(error)
    }
    guard rows.problems.isEmpty else { throw rows.problems }
  }

  private static func session(_ rows: inout RecordReader) -> TraceSession {
    var session = TraceSession(id: rows.text(0))
    session.arrival = number(&rows, 1)
    session.tenant = rows.isAbsent(2) ? nil : rows.text(2)
    session.app = rows.isAbsent(3) ? nil : rows.text(3)
    session.turns = number(&rows, 4)
    session.systemTokens = number(&rows, 5)
    session.toolTokens = number(&rows, 6)
    session.models = JSON(text: rows.text(7))?.array?.compactMap(\.text) ?? []
    session.extra = rows.isAbsent(8) ? nil : rows.text(8)
    return session
  }

  private static func number(_ rows: inout RecordReader, _ column: Int) -> Int64? {
    rows.isAbsent(column) ? nil : rows.integer(column, in: .min ... .max)
  }
}

/// `tokens`, `events` and `chunks`: what lies beside the requests, in the order of the requests.
final class LLMTraceSides {
  private var tokens: LineReader?
  private var events: LineReader?
  private var nextTokens: JSON?
  private var nextEvent: JSON?
  private var chunks: LineReader?
  private var nextChunks: JSON?

  init(directory: String) throws(TraceProblem) {
    tokens = try Self.open("tokens", directory)
    events = try Self.open("events", directory)
    chunks = try Self.open("chunks", directory)
  }

  private static func open(
    _ name: String, _ directory: String
  ) throws(TraceProblem) -> LineReader? {
    for path in ["\(directory)/\(name).jsonl", "\(directory)/\(name).jsonl.gz"]
    where ByteSource.exists(path) {
      return try LineReader.open(path: path)
    }
    return nil
  }

  /// Adds what stands there for the record's request.
  func fill(_ record: inout TraceRecord) throws(TraceProblem) {
    if tokens != nil {
      if nextTokens == nil { nextTokens = try Self.next(&tokens) }
      if let found = nextTokens, found["request_id"]?.integer == record.id {
        record.inputIDs = Self.ids(found["input_ids"])
        record.outputIDs = Self.ids(found["output_ids"])
        nextTokens = nil
      }
    }
    try fillChunks(&record)
    guard events != nil else { return }
    while true {
      if nextEvent == nil { nextEvent = try Self.next(&events) }
      guard let found = nextEvent, found["request_id"]?.integer == record.id else { return }
      record.events.append(TraceEvent(found))
      nextEvent = nil
    }
  }

  private func fillChunks(_ record: inout TraceRecord) throws(TraceProblem) {
    guard chunks != nil else { return }
    if nextChunks == nil { nextChunks = try Self.next(&chunks) }
    guard let found = nextChunks, found["request_id"]?.integer == record.id else { return }
    nextChunks = nil
    switch TraceChunk.list(found) {
    case .success(let parts): record.chunks = parts
    case .failure(let fault):
      throw TraceProblem(
        file: chunks?.path ?? "chunks", line: chunks?.number,
        message: "request \(record.id): \(fault.message)")
    }
  }

  private static func ids(_ json: JSON?) -> [Int32] {
    guard case .integers(let ids) = json else { return [] }
    return ids.map { Int32(clamping: $0) }
  }

  private static func next(_ lines: inout LineReader?) throws(TraceProblem) -> JSON? {
    guard try lines?.advance() == true else { return nil }
    guard let path = lines?.path, let number = lines?.number, let range = lines?.line,
      let bytes = lines?.buffer[range]
    else { return nil }
    do throws(JSONFailure) {
      return try JSON(Array(bytes).span)
    } catch {
      throw TraceProblem(
        file: path, line: number,
        message: "no JSON object: column \(error.position + 1): expected \(error.expected)")
    }
  }
}

extension TraceChunk {
  /// Within thirty years.
  private static let times: ClosedRange<Int64> = 0...1_000_000_000_000_000
  /// Fewer tokens than any model answers with.
  private static let counts: ClosedRange<Int64> = 0...1_000_000

  /// Why a line of `chunks.jsonl` cannot be parts of an answer.
  struct Fault: Error {
    var message: String
  }

  /// Of a line of `chunks.jsonl`; a count that is unknown is null.
  static func list(_ json: JSON) -> Result<[TraceChunk], Fault> {
    guard let times = json["at_us"]?.array else {
      return .failure(Fault(message: "at_us: no list of the times of parts"))
    }
    let tokens = (json["tokens"] ?? .null) == .null ? nil : json["tokens"]?.array ?? []
    guard tokens.map({ $0.count == times.count }) ?? true else {
      return .failure(
        Fault(
          message: """
            found \(tokens?.count ?? 0) tokens for \(times.count) times of at_us; each part has both
            """))
    }
    var parts: [TraceChunk] = []
    for (place, time) in times.enumerated() {
      let count = tokens?[place] ?? .null
      guard let at = time.integer, Self.times.contains(at),
        count == .null || count.integer.map(counts.contains) == true
      else {
        return .failure(
          Fault(
            message: """
              found a part of \(count.compact.prefix(40)) tokens at \(time.compact.prefix(40)) us; \
              allowed are \(counts.lowerBound) to \(counts.upperBound) tokens, from \
              \(Self.times.lowerBound) to \(Self.times.upperBound) us
              """))
      }
      parts.append(TraceChunk(at: at, tokens: count.integer))
    }
    return .success(parts)
  }

  /// A line of `chunks.jsonl`.
  static func json(_ chunks: [TraceChunk], of request: Int64) -> JSON {
    let counts = chunks.compactMap(\.tokens)
    let tokens: JSON =
      counts.count == chunks.count
      ? .integers(counts) : .array(chunks.map { $0.tokens.map { .integer($0) } ?? .null })
    return .object([
      .init("request_id", .integer(request)), .init("at_us", .integers(chunks.map(\.at))),
      .init("tokens", tokens),
    ])
  }
}

extension TraceEvent {
  init(_ json: JSON) {
    self.init(
      kind: json["kind"]?.text ?? "", at: json["at_us"]?.integer,
      duration: json["duration_us"]?.integer, name: json["name"]?.text,
      isError: json["is_error"]?.flag, extra: json["extra"]?.compact)
  }

  /// A line of `events.jsonl`.
  func json(of request: Int64) -> JSON {
    var json = JSON.object([
      .init("request_id", .integer(request)), .init("kind", .string(kind)),
    ])
    json["at_us"] = at.map { .integer($0) }
    json["duration_us"] = duration.map { .integer($0) }
    json["name"] = name.map { .string($0) }
    json["is_error"] = isError.map { .bool($0) }
    json["extra"] = extra.flatMap { JSON(text: $0) }
    return json
  }
}
