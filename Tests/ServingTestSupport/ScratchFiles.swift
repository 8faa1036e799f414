#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes the files into a new directory, hands its path on, and removes all of it.
package func withFiles<Result>(
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

/// No file could be made.
package struct ScratchError: Error {
  package init() {}
}
