import NIOCore
package import TraceArchive
package import TextAndBytes

/// A recording as it stands in its directory: rows and samples, and the parts it was recorded in.
package struct RecordingFile: Sendable {
  package var rows: [TraceRecord] = []
  package var samples: [TraceSample] = []
  package private(set) var header = TraceHeader()

  package init() {}

  /// Reads one to go on with: what was stopped or never sent is sent again.
  package static func read(path: String) throws(FileProblems) -> RecordingFile {
    let sink = RecordingSink()
    let reading = try TraceReading.read(
      path: path, options: TraceReadOptions(format: .llmTrace), into: sink)
    var file = RecordingFile()
    file.header = reading.header
    file.rows = sink.rows.filter { $0[text: .status] != "cancelled" }
    file.samples = sink.samples
    guard reading.header["collection", "load", "mode"] != nil else {
      throw FileProblems(
        FileProblem(file: path, message: "is no recording of kavier trace record"))
    }
    return file
  }

  package var workload: String? { header["collection", "workload"]?.text }

  /// What its prompts were drawn with.
  package var promptSeed: UInt64? {
    header["collection", "load", "prompt_seed"]?.integer.flatMap { UInt64(exactly: $0) }
  }

  /// Nanoseconds after all that it holds.
  package var end: Int64 {
    let ends = rows.map { row in
      (row[.arrival] ?? 0) + max(row[.endToEnd] ?? 0, row.chunks.last?.at ?? 0)
    }
    return ((ends + samples.map(\.at)).max() ?? 0) * 1000
  }

  /// Parts recorded before.
  var parts: [JSON] { header["collection", "parts"]?.array ?? [] }
}

private final class RecordingSink: TraceSink {
  var rows: [TraceRecord] = []
  var samples: [TraceSample] = []

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {}
  func take(_ record: TraceRecord) throws(FileProblem) { rows.append(record) }
  func take(_ sample: TraceSample) throws(FileProblem) { samples.append(sample) }
}
