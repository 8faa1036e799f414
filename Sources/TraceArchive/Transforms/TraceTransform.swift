package import TextAndBytes

/// Changes a trace record by record.
package protocol RecordTransform: AnyObject {
  /// The word for it in `transforms` of trace.json.
  var name: String { get }
  /// What it was told, for `transforms`.
  var arguments: [JSON.Field] { get }
  /// Changes the record; false leaves it out.
  func apply(_ record: inout TraceRecord) -> Bool
  /// Changes what is known of the trace as a whole.
  func apply(_ header: inout TraceHeader)
  /// Changes a session; false leaves it out.
  func apply(_ session: inout TraceSession) -> Bool
}

extension RecordTransform {
  package func apply(_ header: inout TraceHeader) {}
  package func apply(_ session: inout TraceSession) -> Bool { true }
}

extension TraceImport {
  /// Reads the trace at `path`, changes it and writes it as llm-trace.
  package static func run(
    path: String, options: TraceReadOptions, applying transform: any RecordTransform,
    to directory: String, encoding: LLMTraceWriter.Encoding = .csv, replaces: Bool = false
  ) throws(FileProblems) -> TraceReading {
    let writer = try LLMTraceWriter(
      directory: directory, encoding: encoding, replaces: replaces)
    let sorter = SortingSink(into: writer)
    let filter = TransformSink(transform, into: options.sort ? sorter : writer)
    var reading = try TraceReading.read(path: path, options: options, into: filter)
    if options.sort {
      try sorter.finish()
      reading.disordered = 0
    }
    reading = filter.result(reading)
    guard reading.rowsWritten > 0 else {
      throw FileProblems(
        FileProblem(file: path, message: "\(transform.name) leaves no request of it"))
    }
    reading.header["name"] = .string(reading.header.name ?? stem(of: path))
    reading.header = try writer.finish(reading)
    return reading
  }
}

/// Applies a transform, and takes out what names requests that are left out.
final class TransformSink: TraceSink {
  private let transform: any RecordTransform
  private let sink: any TraceSink
  private var leftOut: Set<Int64> = []
  private var taken = 0
  private var given = 0

  init(_ transform: any RecordTransform, into sink: any TraceSink) {
    self.transform = transform
    self.sink = sink
  }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    var header = header
    transform.apply(&header)
    try sink.begin(header, fields: fields)
  }

  func take(_ session: TraceSession) throws(FileProblem) {
    var session = session
    if transform.apply(&session) { try sink.take(session) }
  }

  func take(_ sample: TraceSample) throws(FileProblem) { try sink.take(sample) }

  func take(_ record: TraceRecord) throws(FileProblem) {
    given += 1
    var record = record
    let waited = Self.waited(record)
    let lost = waited.filter { leftOut.contains($0) }
    // What goes on from a request that is left out, or waited for such only, goes with them.
    let hasLostContext = record[.parentID].map { leftOut.contains($0) } ?? false
    let isOrphan =
      record.arrival == nil && !waited.isEmpty && (hasLostContext || lost.count == waited.count)
    guard !isOrphan, transform.apply(&record) else {
      leftOut.insert(record.id)
      return
    }
    if !lost.isEmpty {
      record.dependsOn = record.dependsOn.filter { !leftOut.contains($0) }
      if let parent = record[.parentID], leftOut.contains(parent) { record.remove(.parentID) }
    }
    if let fault = record.outOfBounds {
      throw FileProblem(file: transform.name, message: "request \(record.id): \(fault)")
    }
    taken += 1
    try sink.take(record)
  }

  private static func waited(_ record: TraceRecord) -> [Int64] {
    var waited = record.dependsOn
    if let parent = record[.parentID], !waited.contains(parent) { waited.append(parent) }
    return waited
  }

  /// The reading with what was done to it.
  func result(_ reading: TraceReading) -> TraceReading {
    var reading = reading
    transform.apply(&reading.header)
    reading.header["stats"] = nil
    let operation = transform.name
    reading.header.addTransform(
      [.init("operation", .string(operation))] + transform.arguments
        + [
          .init("rows_before", .integer(Int64(given))), .init("rows_after", .integer(Int64(taken))),
        ])
    if given > taken { reading.dropped["\(operation)d away", default: 0] += given - taken }
    reading.rowsWritten = taken
    return reading
  }
}
