package import TextAndBytes

/// Brings a trace into the llm-trace format.
package enum TraceImport {
  /// Reads the trace at `path` and writes it as a directory.
  package static func run(
    path: String, options: TraceReadOptions, to directory: String,
    encoding: LLMTraceWriter.Encoding = .csv, replaces: Bool = false,
    describe: (inout TraceHeader) -> Void = { _ in }
  ) throws(FileProblems) -> TraceReading {
    let writer = try LLMTraceWriter(
      directory: directory, encoding: encoding, replaces: replaces)
    let sorter = options.sort ? SortingSink(into: writer) : nil
    var reading = try TraceReading.read(path: path, options: options, into: sorter ?? writer)
    if let sorter {
      try sorter.finish()
      reading.disordered = 0
    }
    if reading.format != .llmTrace {
      reading.header["source", "path"] = .string(Self.name(of: path))
      if reading.header.name == nil { reading.header["name"] = .string(Self.stem(of: path)) }
    }
    describe(&reading.header)
    reading.header = try writer.finish(reading)
    return reading
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "trace")
  }

  /// A name for the trace of a file: the file's, without its endings.
  package static func stem(of path: String) -> String {
    var name = name(of: path)
    for ending in [".gz", ".csv", ".jsonl", ".json", ".parquet"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }
}

/// Holds all records and hands them on in order of arrival; those without one stay behind what they
/// stood behind.
final class SortingSink: TraceSink {
  private let sink: any TraceSink
  private var records: [(key: Int64, record: TraceRecord)] = []
  private var latest = Int64.min

  init(into sink: any TraceSink) { self.sink = sink }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    try sink.begin(header, fields: fields)
  }

  func take(_ session: TraceSession) throws(FileProblem) { try sink.take(session) }
  func take(_ sample: TraceSample) throws(FileProblem) { try sink.take(sample) }

  func take(_ record: TraceRecord) throws(FileProblem) {
    if let arrival = record.arrival { latest = max(latest, arrival) }
    records.append((record.arrival ?? latest, record))
  }

  /// `isTurnOfLast`: whether a record of a session goes on from the one before, which it does not say.
  func finish(
    isTurnOfLast: (TraceRecord) -> Bool = { _ in false }
  ) throws(FileProblems) {
    let order = records.indices.sorted { (records[$0].key, $0) < (records[$1].key, $1) }
    var lastOfSession: [String: Int64] = [:]
    do throws(FileProblem) {
      for index in order {
        if let session = records[index].record.session, isTurnOfLast(records[index].record) {
          records[index].record[.parentID] = lastOfSession[session]
          lastOfSession[session] = records[index].record.id
        }
        try sink.take(records[index].record)
      }
    } catch {
      throw FileProblems(error)
    }
  }
}
