import TraceArchive

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes the files into a new directory, hands its path on, and removes all of it.
func withFiles<Result>(
  _ files: [String: [UInt8]], _ body: (_ directory: String) throws -> Result
) throws -> Result {
  var template = Array("\(P_tmpdir)/kavier-traces-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw ScratchError() }
  let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  defer {
    for name in files.keys { unlink("\(directory)/\(name)") }
    rmdir(directory)
  }
  for (name, bytes) in files {
    guard let file = fopen("\(directory)/\(name)", "w") else { throw ScratchError() }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
  return try body(directory)
}

struct ScratchError: Error {}

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
    do throws(TraceProblems) {
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
