package import TextAndBytes

/// Writes records as an llm-trace directory, one after the other in constant memory but for what
/// shortens block ids.
package final class LLMTraceWriter: TraceSink {
  package enum Encoding: String, CaseIterable, Sendable {
    case csv = "csv.gz"
    case plainCSV = "csv"
    case jsonLines = "jsonl.gz"
    case plainJSONLines = "jsonl"
    case parquet

    /// As above, and what lies beside the requests as plain text, too: a trace that grows.
    case growing

    var isCSV: Bool { self == .csv || self == .plainCSV || self == .growing }
    var isCompressed: Bool { self != .growing }
    var fileEnding: String { self == .growing ? "csv" : rawValue }
  }

  private let directory: StagedDirectory
  /// It stands in its place already.
  private var isPublished = false
  private let encoding: Encoding
  private var requests: FileWriter?
  /// Of Parquet: rows that are not written yet.
  private var table: RequestTable?
  private var sessions: FileWriter?
  private var tokens: FileWriter?
  private var events: FileWriter?
  private var chunks: FileWriter?
  private var series: FileWriter?
  private var columns: [TraceField] = []
  private var seen: UInt64 = 0
  private var hasPrefixes = false
  private var prefixes = PrefixShortener()
  private var firstArrival = Int64.max
  private var lastArrival = Int64.min
  private var inputSum: Int64 = 0
  private var outputSum: Int64 = 0

  package init(
    directory path: String, encoding: Encoding = .csv, replaces: Bool = false
  ) throws(FileProblems) {
    self.encoding = encoding
    do throws(FileProblem) {
      directory = try StagedDirectory(ofTrace: path, replaces: replaces)
    } catch {
      throw FileProblems(error)
    }
  }

  package var path: String { directory.path }

  package func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    let wanted = Set(fields)
    columns = TraceField.allCases.filter {
      $0.isRequired || $0 == .arrival || $0 == .extra || wanted.contains($0)
    }
    hasPrefixes = columns.contains(.prefixIDs)
    let sink = try FileWriter(
      path: "\(directory.partial)/requests.\(encoding.fileEnding)", isUnfinished: true)
    if encoding.isCSV { try sink.append(columns.map(\.name).joined(separator: ",") + "\n") }
    if encoding == .parquet { table = RequestTable(columns) }
    requests = sink
  }

  package func take(_ record: TraceRecord) throws(FileProblem) {
    var record = record
    if record.arrivalNanoseconds > 0 { keepNanoseconds(&record) }
    seen |= record.present
    if hasPrefixes, !record.has(.prefixIDs) { prefixes.pass(record) }
    inputSum += record.inputTokens
    outputSum += record.outputTokens
    if let arrival = record[.arrival] {
      firstArrival = min(firstArrival, arrival)
      lastArrival = max(lastArrival, arrival)
    }
    try requests?.append { bytes in
      if encoding == .parquet {
        bytes += table?.append(record) ?? []
      } else if encoding.isCSV {
        appendCSV(record, to: &bytes)
      } else {
        appendJSON(record, to: &bytes)
      }
    }
    if !record.inputIDs.isEmpty || !record.outputIDs.isEmpty { try writeTokens(record) }
    for event in record.events { try writeEvent(event, record.id) }
    if !record.chunks.isEmpty { try writeChunks(record) }
  }

  /// Arrivals are whole microseconds here; what goes beyond them is kept beside them.
  private func keepNanoseconds(_ record: inout TraceRecord) {
    var extra = record[text: .extra].flatMap { JSON(text: $0) } ?? .object([])
    extra["arrival_ns"] = .integer(record.arrivalNanoseconds)
    record[text: .extra] = extra.compact
  }

  private func appendCSV(_ record: TraceRecord, to bytes: inout [UInt8]) {
    var isFirst = true
    for field in columns {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      guard record.has(field) else { continue }
      switch field.kind {
      case .integer, .flag: bytes.append(decimal: record[field] ?? 0)
      case .text, .choice, .json: bytes.append(field: record[text: field] ?? "")
      case .ids: bytes.append(field: record.dependsOn.map { String($0) }.joined(separator: ";"))
      case .prefix: bytes.append(field: prefixes.text(of: record))
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private func appendJSON(_ record: TraceRecord, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for field in TraceField.allCases where record.has(field) {
      bytes.append(contentsOf: (isFirst ? "\"" : ",\"").utf8)
      isFirst = false
      bytes.append(contentsOf: field.name.utf8)
      bytes.append(contentsOf: "\":".utf8)
      switch field.kind {
      case .integer: bytes.append(decimal: record[field] ?? 0)
      case .flag: bytes.append(contentsOf: (record[field] == 1 ? "true" : "false").utf8)
      case .text, .choice: bytes.append(json: record[text: field] ?? "")
      case .json: bytes.append(contentsOf: (record[text: field] ?? "null").utf8)
      case .ids: bytes.append(contentsOf: JSON.integers(record.dependsOn).compact.utf8)
      case .prefix: bytes.append(json: prefixes.text(of: record))
      }
    }
    bytes.append(contentsOf: "}\n".utf8)
  }

  /// The file of that name, made when the first thing is to be written to it.
  private func opened(
    _ sink: inout FileWriter?, _ name: String
  ) throws(FileProblem) -> FileWriter {
    if let sink { return sink }
    let place = isPublished ? directory.path : directory.partial
    let made = try FileWriter(
      path: "\(place)/\(name)\(encoding.isCompressed ? ".gz" : "")", isUnfinished: !isPublished)
    sink = made
    return made
  }

  private func writeTokens(_ record: TraceRecord) throws(FileProblem) {
    let sink = try opened(&tokens, "tokens.jsonl")
    let line = JSON.object([
      .init("request_id", .integer(record.id)),
      .init("input_ids", .integers(record.inputIDs.map { Int64($0) })),
      .init("output_ids", .integers(record.outputIDs.map { Int64($0) })),
    ])
    try sink.append(line.compact + "\n")
  }

  private func writeEvent(_ event: TraceEvent, _ request: Int64) throws(FileProblem) {
    let sink = try opened(&events, "events.jsonl")
    try sink.append(event.json(of: request).compact + "\n")
  }

  private func writeChunks(_ record: TraceRecord) throws(FileProblem) {
    let sink = try opened(&chunks, "chunks.jsonl")
    try sink.append(TraceChunk.json(record.chunks, of: record.id).compact + "\n")
  }

  package func take(_ sample: TraceSample) throws(FileProblem) {
    let isFirst = series == nil
    let sink = try opened(&series, "series.csv")
    if isFirst { try sink.append(LLMTraceSeries.columns.joined(separator: ",") + "\n") }
    try sink.append { LLMTraceSeries.append(sample, to: &$0) }
  }

  package func take(_ session: TraceSession) throws(FileProblem) {
    let isFirst = sessions == nil
    let sink = try opened(&sessions, "sessions.csv")
    if isFirst { try sink.append(LLMTraceSessions.columns.joined(separator: ",") + "\n") }
    let models = session.models.isEmpty ? nil : JSON.array(session.models.map { .string($0) })
    let values: [String?] = [
      session.id, session.arrival.map { String($0) }, session.tenant, session.app,
      session.turns.map { String($0) }, session.systemTokens.map { String($0) },
      session.toolTokens.map { String($0) }, models?.compact, session.extra,
    ]
    try sink.append { bytes in
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(field: value ?? "")
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// Moves the directory to its place while rows are still to come: whoever reads it has those that
  /// were handed over.
  package func publish(_ header: TraceHeader) throws(FileProblem) {
    let sink = try FileWriter(path: directory.partial + "/trace.json", isUnfinished: true)
    var json = TraceHeader(.object([.init("format_version", .integer(1))]))
    for field in header.json.fields ?? [] where field.key != "format_version" {
      json[field.key] = field.value
    }
    try sink.append(json.json.document)
    try sink.finish()
    try handOver()
    try directory.commit()
    isPublished = true
  }

  /// Hands all rows until now to the system. What lies beside a row comes before it.
  package func handOver() throws(FileProblem) {
    for sink in [sessions, tokens, events, chunks, series, requests] { try sink?.handOver() }
  }

  /// Writes the header and moves the directory to its place. Returns the header as written.
  @discardableResult
  package func finish(_ reading: TraceReading) throws(FileProblems) -> TraceHeader {
    do throws(FileProblem) {
      try requests?.append { $0 += table?.finish() ?? [] }
      for sink in [requests, sessions, tokens, events, chunks, series] { try sink?.finish() }
      let header = finished(reading)
      let sink = try FileWriter(path: directory.partial + "/trace.json", isUnfinished: true)
      try sink.append(header.json.document)
      try sink.finish()
      try directory.commit()
      return header
    } catch {
      throw FileProblems(error)
    }
  }

  private func finished(_ reading: TraceReading) -> TraceHeader {
    var header = TraceHeader(.object([.init("format_version", .integer(1))]))
    for field in reading.header.json.fields ?? [] where field.key != "format_version" {
      header[field.key] = field.value
    }
    header["rows", "read"] = .integer(Int64(reading.rowsRead))
    header["rows", "written"] = .integer(Int64(reading.rowsWritten))
    header["rows", "dropped"] = .object(
      reading.dropped.sorted { $0.key < $1.key }.map { .init($0.key, .integer(Int64($0.value))) })
    header["columns"] = .array(
      TraceField.allCases.filter { seen & (1 << UInt64($0.rawValue)) != 0 }
        .map { .string($0.name) })
    header["stats", "input_tokens_sum"] = .integer(inputSum)
    header["stats", "output_tokens_sum"] = .integer(outputSum)
    if lastArrival >= firstArrival {
      header["time", "span_us"] = .integer(lastArrival - firstArrival)
    }
    if reading.disordered > 0 {
      header.addIssue("\(reading.disordered) requests arrive before one above them")
    }
    return header
  }
}

/// Shortens the block ids of a row by those of the row it goes on from.
struct PrefixShortener {
  private var byAgent: [String: BlockRuns] = [:]
  private var lastID: [String: Int64] = [:]

  /// Takes note of a row without ids.
  mutating func pass(_ record: TraceRecord) {
    if record.has(.sessionID) { _ = text(of: record) }
  }

  /// The row's ids in short form. Only the last row of each agent is kept, so a row whose parent is
  /// another one is written in full.
  mutating func text(of record: TraceRecord) -> String {
    guard let session = record.session else {
      return PrefixRuns.text(record.prefixRuns, inherited: BlockRuns())
    }
    let key = "\(session)\u{0}\(record.agent ?? "")"
    let isNext = record[.parentID].map { $0 == lastID[key] } ?? true
    let inherited = isNext ? byAgent[key] ?? BlockRuns() : BlockRuns()
    let text = PrefixRuns.text(record.prefixRuns, inherited: inherited)
    byAgent[key] = record.prefixRuns
    lastID[key] = record.id
    return text
  }
}
