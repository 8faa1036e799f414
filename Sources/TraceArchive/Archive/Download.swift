#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Gets a file by curl. What has come so far stays in `NAME.part`, so that a download which was
/// interrupted goes on where it stopped.
package enum Download {
  /// Gets `file` into `directory`, unless it is there already, and checks its size and sum. Returns
  /// its path.
  package static func run(
    _ file: ArchiveEntry.File, into directory: String
  ) throws(TraceProblems) -> String {
    do throws(TraceProblem) {
      try FileSystem.makeDirectory(directory)
      let path = "\(directory)/\(file.name)"
      if ByteSource.exists(path), try fault(of: path, file) == nil { return path }
      let partial = path + ".part"
      // A part that is as long as the whole needs no server.
      if file.size == nil || FileSystem.size(partial) != file.size {
        try fetch(file.url, to: partial)
      }
      if let fault = try fault(of: partial, file) {
        FileSystem.remove(partial)
        throw TraceProblem(
          file: file.url,
          message: "\(fault); the download was removed. Try again; if it stays so, the file changed"
        )
      }
      try FileSystem.move(partial, to: path)
      return path
    } catch {
      throw TraceProblems(error)
    }
  }

  /// What is wrong with a downloaded file; nil: nothing that is known of it.
  private static func fault(
    of path: String, _ file: ArchiveEntry.File
  ) throws(TraceProblem) -> String? {
    if let size = file.size, let found = FileSystem.size(path), found != size {
      return "has \(found) bytes; \(size) were expected"
    }
    if let sum = file.sha256 {
      let found = try sha256(path)
      if found != sum { return "has the SHA-256 \(found); \(sum) was expected" }
    }
    return nil
  }

  /// The SHA-256 of a file's bytes as they lie there.
  static func sha256(_ path: String) throws(TraceProblem) -> String {
    guard let file = fopen(path, "rb") else {
      throw TraceProblem(
        file: path, message: "cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var sum = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return sum.finish() }
      sum.update(buffer[..<count])
    }
  }

  private static func fetch(_ url: String, to path: String) throws(TraceProblem) {
    var arguments = [
      "--fail", "--location", "--silent", "--show-error", "--retry", "3", "--connect-timeout",
      "30", "--speed-limit", "1", "--speed-time", "60", "--output", path,
    ]
    let isResumed = (FileSystem.size(path) ?? 0) > 0
    let code = try curl(arguments + (isResumed ? ["--continue-at", "-"] : []) + [url])
    // A server that cannot go on where a download stopped has it begin again.
    if isResumed, code == 33 || code == 36 || code == 22 {
      FileSystem.remove(path)
      return try check(curl(arguments + [url]), url, path)
    }
    arguments = []
    try check(code, url, path)
  }

  private static func check(_ code: Int32, _ url: String, _ path: String) throws(TraceProblem) {
    switch code {
    case 0: return
    case 23:
      throw TraceProblem(
        file: path, message: "cannot be written; is the disk full? What has come stays there",
        output: .write)
    case 6, 7:
      throw TraceProblem(file: url, message: "the server cannot be reached; check the network")
    case 22: throw TraceProblem(file: url, message: "the server does not have it")
    case 18, 28, 52, 56:
      throw TraceProblem(
        file: url, message: "the connection broke off; the same command goes on from there")
    default: throw TraceProblem(file: url, message: "curl ended with code \(code)")
    }
  }

  /// Runs curl to its end and returns its exit code.
  private static func curl(_ arguments: [String]) throws(TraceProblem) -> Int32 {
    var process = pid_t()
    let words = (["curl"] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    guard posix_spawnp(&process, "curl", nil, nil, words + [nil], environ) == 0 else {
      throw TraceProblem(file: "curl", message: "cannot be run; install it, or download by hand")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}
