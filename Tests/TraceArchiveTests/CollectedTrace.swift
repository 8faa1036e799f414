import ServingTestSupport
import Foundation

@testable import TraceArchive
@testable import TextAndBytes

/// Keeps everything that is read.
final class CollectingSink: TraceSink {
  var header = TraceHeader()
  var records: [TraceRecord] = []
  var sessions: [TraceSession] = []

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    self.header = header
  }
  func take(_ record: TraceRecord) throws(FileProblem) { records.append(record) }
  func take(_ session: TraceSession) throws(FileProblem) { sessions.append(session) }
}

struct Collected {
  var reading: TraceReading
  var records: [TraceRecord]
  var sessions: [TraceSession]

  init(path: String, options: TraceReadOptions = TraceReadOptions()) throws {
    let sink = CollectingSink()
    reading = try TraceReading.read(path: path, options: options, into: sink)
    records = sink.records
    sessions = sink.sessions
  }

  func column(_ field: TraceField) -> [Int64?] { records.map { $0[field] } }
  func texts(_ field: TraceField) -> [String?] { records.map { $0[text: field] } }
}

func collect(
  _ text: String, name: String = "t.csv", options: TraceReadOptions = TraceReadOptions()
) throws -> Collected {
  try withFiles([name: Array(text.utf8)]) { try Collected(path: "\($0)/\(name)", options: options) }
}

/// A folder that is removed with all that is in it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    return "\(path)/\(name)"
  }
}

/// What a record says, in comparable form.
func facts(_ record: TraceRecord, without: [TraceField] = []) -> [String] {
  TraceField.allCases.filter { record.has($0) && !without.contains($0) }.map { field in
    switch field.kind {
    case .integer, .flag: "\(field.name)=\(record[field] ?? -1)"
    case .ids: "\(field.name)=\(record.dependsOn)"
    case .prefix: "\(field.name)=\(record.prefixIDs)"
    default: "\(field.name)=\(record[text: field] ?? "")"
    }
  } + ["ns=\(record.arrivalNanoseconds)", "in=\(record.inputIDs)", "out=\(record.outputIDs)"]
    + record.events.map { "\($0)" }
}
