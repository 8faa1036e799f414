import ServingTestSupport
import TextAndBytes
import TraceArchive

/// Reads a trace that consists of one file.
func readTrace(
  _ bytes: [UInt8], name: String = "trace.csv", options: TraceReadOptions = TraceReadOptions()
) throws -> RequestTrace {
  try withFiles([name: bytes]) { try RequestTrace.read(path: "\($0)/\(name)", options: options) }
}

func readTrace(
  _ text: String, name: String = "trace.csv", options: TraceReadOptions = TraceReadOptions()
) throws -> RequestTrace {
  try readTrace(Array(text.utf8), name: name, options: options)
}

/// What is said about a trace that consists of these files; without the directory's path. `path`
/// is within the directory.
func complaints(
  files: [String: [UInt8]], path: String, options: TraceReadOptions = TraceReadOptions()
) throws -> [String] {
  try withFiles(files) { directory in
    do throws(FileProblems) {
      _ = try RequestTrace.read(path: directory + path, options: options)
      return []
    } catch {
      return error.problems.map { problem in
        let text = problem.description
        return text.hasPrefix(directory) ? String(text.dropFirst(directory.count + 1)) : text
      }
    }
  }
}

func complaints(
  _ text: String, name: String = "t.csv", options: TraceReadOptions = TraceReadOptions()
) throws -> [String] {
  try complaints(files: [name: Array(text.utf8)], path: "/\(name)", options: options)
}
