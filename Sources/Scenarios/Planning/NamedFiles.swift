import Synchronization
import TextAndBytes
import TraceArchive

/// The files that a scenario names: which they are, and the traces among them, read once however often
/// the scenario is planned.
final class NamedFiles: Sendable {
  private let seen = Mutex<Set<String>>([])
  private let traces: Traces

  private final class Traces: Sendable {
    let read = Mutex<[String: RequestTrace]>([:])
  }

  init() { traces = Traces() }

  /// None yet, with the traces that `other` has read.
  init(sharing other: NamedFiles) { traces = other.traces }

  /// Sorted.
  var paths: [String] { seen.withLock { $0.sorted() } }

  func note(_ path: String) { seen.withLock { _ = $0.insert(path) } }

  func trace(_ path: String, _ options: TraceReadOptions) throws(FileProblems) -> RequestTrace {
    let key = "\(path) \(options)"
    // Whoever needs a trace that is being read waits for it.
    return try traces.read.withLock { read throws(FileProblems) in
      if let trace = read[key] { return trace }
      let trace = try RequestTrace.read(path: path, options: options)
      read[key] = trace
      return trace
    }
  }
}
