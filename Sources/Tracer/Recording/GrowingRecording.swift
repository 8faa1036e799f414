import TraceArchive
import TextAndBytes

/// A recording while it is made: an llm-trace directory to which rows are appended as requests end,
/// in that order, so that all but the last moment is there whatever becomes of the program.
/// `RecordingWriter.write` puts the whole, sorted one in its place in the end.
final class GrowingRecording {
  private let writer: RecordingWriter
  private var trace: LLMTraceWriter?
  /// How many were appended.
  private(set) var rows = 0
  private(set) var samples = 0
  /// Something was appended in part, so nothing is any more.
  private var isBroken = false

  init(_ writer: RecordingWriter) { self.writer = writer }

  /// Appends what came since the last time. Nothing is begun before a request has ended: until then
  /// an older recording stands.
  func append(_ records: [RequestRecord], _ samples: [TraceSample]) throws(FileProblems) {
    guard !isBroken, trace != nil || !records.isEmpty else { return }
    isBroken = true
    do throws(FileProblem) {
      if trace == nil { trace = try begin() }
      for record in records { try trace?.take(writer.row(record)) }
      for sample in samples { try trace?.take(writer.moved(sample)) }
      try trace?.handOver()
    } catch {
      throw FileProblems(error)
    }
    isBroken = false
    rows += records.count
    self.samples += samples.count
  }

  private func begin() throws(FileProblem) -> LLMTraceWriter {
    let made: LLMTraceWriter
    do throws(FileProblems) {
      made = try LLMTraceWriter(directory: writer.path, encoding: .growing, replaces: true)
    } catch {
      throw error.problems.first ?? FileProblem(file: writer.path, message: "cannot be written")
    }
    let header = writer.header([], [], LoadProgress(total: 0), cpuSeconds: 0)
    try made.begin(header, fields: RecordedRow.fields)
    for row in writer.before.rows { try made.take(row) }
    for sample in writer.before.samples { try made.take(sample) }
    try made.publish(header)
    return made
  }
}
