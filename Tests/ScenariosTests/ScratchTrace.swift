import TraceArchive

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

private struct ScratchError: Error {}

/// Reads an llm-trace from its requests and what trace.json says about hashing.
func scratchTrace(_ requests: String, hashing: String = "{}") throws -> RequestTrace {
  var template = Array("\(P_tmpdir)/kavier-replay-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw ScratchError() }
  let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  let files = ["trace.json": "{\"hashing\": \(hashing)}", "requests.csv": requests]
  defer {
    for name in files.keys { unlink("\(directory)/\(name)") }
    rmdir(directory)
  }
  for (name, text) in files {
    guard let file = fopen("\(directory)/\(name)", "w") else { throw ScratchError() }
    fputs(text, file)
    fclose(file)
  }
  return try RequestTrace.read(path: directory)
}
