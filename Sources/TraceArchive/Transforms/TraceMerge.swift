package import TextAndBytes

/// Several traces as one.
package enum TraceMerge {
  /// Reads traces that start together and writes their requests in order of arrival. Sessions and
  /// block ids of different traces stay apart.
  package static func run(
    paths: [String], options: TraceReadOptions, to directory: String,
    encoding: LLMTraceWriter.Encoding = .csv, replaces: Bool = false
  ) throws(FileProblems) -> TraceReading {
    let writer = try LLMTraceWriter(
      directory: directory, encoding: encoding, replaces: replaces)
    let sorter = SortingSink(into: writer)
    let merger = MergeSink(into: sorter)
    var all: TraceReading?
    for (index, path) in paths.enumerated() {
      merger.start(index)
      let reading = try TraceReading.read(path: path, options: options, into: merger)
      if let problem = merger.conflict {
        throw FileProblems(FileProblem(file: path, message: problem))
      }
      var sum = all ?? TraceReading(format: .llmTrace, header: merger.header)
      sum.rowsRead += reading.rowsRead
      sum.rowsWritten += reading.rowsWritten
      for (reason, count) in reading.dropped { sum.dropped[reason, default: 0] += count }
      sum.notes += reading.notes.map { "\(path): \($0)" }
      all = sum
    }
    guard var reading = all else { preconditionFailure("a merge of no traces") }
    // A later trace may be the first with block ids.
    reading.header.hashing = merger.header.hashing
    try sorter.finish { merger.isTurnOfLast($0) }
    reading.header["name"] = .string(paths.map { TraceImport.stem(of: $0) }.joined(separator: "+"))
    reading.header.addTransform([
      .init("operation", .string("merge")),
      .init("traces", .array(paths.map { .string(TraceImport.name(of: $0)) })),
    ])
    reading.header = try writer.finish(reading)
    return reading
  }
}

/// Keeps the ids of several traces apart.
private final class MergeSink: TraceSink {
  private let sink: any TraceSink
  private(set) var header = TraceHeader()
  private(set) var conflict: String?
  private var index = 0
  private var nextID: Int64 = 0
  private var ids: [Int64: Int64] = [:]
  private var blockOffset: Int64 = 0
  private var nextBlock: Int64 = 0
  /// By trace: its first id here, and whether it knows parents.
  private var traces: [(first: Int64, hasParents: Bool)] = []

  init(into sink: any TraceSink) { self.sink = sink }

  func start(_ index: Int) {
    self.index = index
    ids = [:]
    blockOffset = nextBlock
    traces.append((nextID, false))
  }

  /// Whether a turn goes on from the one before it: in a trace that knows no parents, merged with one
  /// that does, which makes turns without one begin anew.
  func isTurnOfLast(_ record: TraceRecord) -> Bool {
    guard traces.contains(where: \.hasParents) else { return false }
    return traces.last { $0.first <= record.id }?.hasParents == false
  }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    if index == 0 {
      if let hashing = header.hashing { self.header.hashing = hashing }
      return try sink.begin(self.header, fields: TraceField.allCases)
    }
    guard let hashing = header.hashing else { return }
    if self.header.hashing == nil { self.header.hashing = hashing }
    if self.header.hashing != hashing {
      conflict = "its block ids are of another kind or size than those of the traces before"
    }
  }

  func take(_ session: TraceSession) throws(FileProblem) {
    var session = session
    session.id = "\(index)/\(session.id)"
    try sink.take(session)
  }

  func take(_ sample: TraceSample) throws(FileProblem) {
    var sample = sample
    sample.labels = (["trace=\(index)"] + (sample.labels.isEmpty ? [] : [sample.labels]))
      .joined(separator: ";")
    try sink.take(sample)
  }

  func take(_ record: TraceRecord) throws(FileProblem) {
    var record = record
    ids[record.id] = nextID
    record.id = nextID
    nextID += 1
    if record.has(.parentID) { traces[index].hasParents = true }
    record[.parentID] = record[.parentID].flatMap { ids[$0] }
    record.dependsOn = record.dependsOn.compactMap { ids[$0] }
    record.session = record.session.map { "\(index)/\($0)" }
    if record.has(.prefixIDs) {
      record.prefixIDs = record.prefixIDs.map { $0 &+ blockOffset }
      nextBlock = max(nextBlock, (record.prefixIDs.max() ?? 0) &+ 1)
    }
    try sink.take(record)
  }
}
