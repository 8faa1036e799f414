import TextAndBytes

/// `sessions`: conversations as a whole.
enum LLMTraceSessions {
  static let columns = [
    "session_id", "arrival_us", "tenant_id", "app", "turns", "system_tokens", "tool_tokens",
    "models", "extra",
  ]

  static func read(directory: String, _ feed: TraceFeed) throws(FileProblems) {
    guard let path = LLMTraceReader.file("sessions", in: directory) else { return }
    var rows = try RecordReader.open(
      path: path, syntax: LLMTraceReader.isJSONLines(path) ? .jsonLines : .csv,
      kind: "llm-trace's sessions", required: ["session_id"],
      optional: Array(columns.dropFirst()))
    do throws(FileProblem) {
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
  private var tokens: LLMTraceSide?
  private var events: LLMTraceSide?
  private var chunks: LLMTraceSide?
  private var latest = Int64.min
  /// Whether ids only went up so far, as the writer has them.
  private var isAscending = true

  init(directory: String, leavesOutTorn: Bool) throws(FileProblem) {
    tokens = try LLMTraceSide("tokens", in: directory, leavesOutTorn)
    events = try LLMTraceSide("events", in: directory, leavesOutTorn)
    chunks = try LLMTraceSide("chunks", in: directory, leavesOutTorn)
  }

  /// Those whose last line is cut off.
  var tornFiles: [String] {
    [tokens, events, chunks].compactMap { $0 }.filter(\.isTorn).map(\.path)
  }

  /// Adds what stands there for the record's request.
  func fill(_ record: inout TraceRecord) throws(FileProblem) {
    guard record.has(.requestID) else { return }
    isAscending = isAscending && record.id > latest
    latest = record.id
    if let found = try tokens?.next(of: record.id, isAscending) {
      record.inputIDs = Self.ids(found["input_ids"])
      record.outputIDs = Self.ids(found["output_ids"])
    }
    if let found = try chunks?.next(of: record.id, isAscending) {
      switch TraceChunk.list(found) {
      case .success(let parts): record.chunks = parts
      case .failure(let fault):
        throw FileProblem(
          file: chunks?.path ?? "chunks", line: chunks?.line,
          message: "request \(record.id): \(fault.message)")
      }
    }
    while let found = try events?.next(of: record.id, isAscending) {
      record.events.append(TraceEvent(found))
    }
  }

  /// What belongs to no request, once all of them are read.
  func end() throws(FileProblem) -> [FileProblem] {
    var problems: [FileProblem] = []
    for side in [tokens, events, chunks] {
      if let problem = try side?.end(latest: isAscending ? latest : .max) {
        problems.append(problem)
      }
    }
    return problems
  }

  private static func ids(_ json: JSON?) -> [Int32] {
    guard case .integers(let ids) = json else { return [] }
    return ids.map { Int32(clamping: $0) }
  }
}

/// One of the files beside the requests.
private final class LLMTraceSide {
  private struct Line {
    var json: JSON
    var number: Int
    /// nil: it names no request.
    var owner: Int64?
  }

  let path: String
  /// That of the last line given.
  private(set) var line = 0
  private var lines: LineReader
  private var ahead: [Line] = []
  /// Lines of no request, and the first of them.
  private var strays = 0
  private var firstStray: Line?

  /// nil: there is none.
  init?(
    _ name: String, in directory: String, _ leavesOutTorn: Bool
  ) throws(FileProblem) {
    let paths = ["\(directory)/\(name).jsonl", "\(directory)/\(name).jsonl.gz"]
    guard let path = paths.first(where: Folder.exists) else { return nil }
    self.path = path
    lines = try LineReader.open(path: path)
    lines.leavesOutTorn = leavesOutTorn
  }

  /// Whether its last line is cut off.
  var isTorn: Bool { lines.hasTorn }

  /// The next line where it is of the request; nil where it is of a later one. One that cannot be of a
  /// later one, or after which one of an earlier request stands, is passed.
  func next(of id: Int64, _ isAscending: Bool) throws(FileProblem) -> JSON? {
    while let found = try peek(0) {
      if found.owner == id {
        line = found.number
        ahead.removeFirst()
        return found.json
      }
      guard isAscending else { return nil }
      if let owner = found.owner, owner > id {
        guard let following = try peek(1)?.owner, following < owner else { return nil }
      }
      pass()
    }
    return nil
  }

  /// What belongs to no request; those of requests after the latest are of a recording that grows.
  func end(latest: Int64) throws(FileProblem) -> FileProblem? {
    while let found = try peek(0) {
      if let owner = found.owner, owner > latest { ahead.removeFirst() } else { pass() }
    }
    guard let firstStray else { return nil }
    return FileProblem(
      file: path, line: firstStray.number,
      message: """
        request_id: found \((firstStray.json["request_id"] ?? .null).compact.prefix(40)), which is no \
        request of the trace, or not in this place: lines stand in the order of the requests \
        (\(strays) such lines in all)
        """)
  }

  private func pass() {
    let stray = ahead.removeFirst()
    strays += 1
    if firstStray == nil { firstStray = stray }
  }

  private func peek(_ place: Int) throws(FileProblem) -> Line? {
    while ahead.count <= place {
      guard let next = try read() else { return nil }
      ahead.append(next)
    }
    return ahead[place]
  }

  private func read() throws(FileProblem) -> Line? {
    repeat {
      guard try lines.advance() else { return nil }
    } while lines.line.isEmpty
    do throws(JSONFailure) {
      let json = try JSON(Array(lines.buffer[lines.line]).span)
      return Line(json: json, number: lines.number, owner: json["request_id"]?.integer)
    } catch {
      throw FileProblem(
        file: path, line: lines.number,
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
