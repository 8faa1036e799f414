package import TextAndBytes

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
  /// Bytes of a file whose size nobody states.
  static let mostBytes: Int64 = 100 << 30
  /// How often a connection that breaks off is made again.
  private static let retries = 2

  /// Gets `file` into `directory` under `name`, unless it is there already, and checks its size and
  /// sum. Returns its path.
  package static func run(
    _ file: ArchiveEntry.File, as name: String, into directory: String
  ) throws(FileProblems) -> String {
    do throws(FileProblem) {
      try FileSystem.makeDirectory(directory)
      let path = "\(directory)/\(name)"
      if Folder.exists(path), try fault(of: path, file) == nil { return path }
      let partial = path + ".part"
      // A part that is as long as the whole needs no server.
      if file.size == nil || FileSystem.size(partial) != file.size { try fetch(file, to: partial) }
      if let fault = try fault(of: partial, file) {
        FileSystem.remove(partial)
        throw FileProblem(
          file: file.url,
          message: "\(fault); the download was removed. Try again; if it stays so, the file changed"
        )
      }
      try FileSystem.move(partial, to: path)
      return path
    } catch {
      throw FileProblems(error)
    }
  }

  /// What is wrong with a downloaded file; nil: nothing that is known of it.
  private static func fault(
    of path: String, _ file: ArchiveEntry.File
  ) throws(FileProblem) -> String? {
    if let size = file.size, let found = FileSystem.size(path), found != size {
      return "has \(found) bytes; \(size) were expected"
    }
    if let sum = file.sha256 {
      let found = try sha256(path)
      if found != sum.lowercased() { return "has the SHA-256 \(found); \(sum) was expected" }
    }
    return nil
  }

  /// The SHA-256 of a file's bytes as they lie there.
  static func sha256(_ path: String) throws(FileProblem) -> String {
    guard let file = fopen(path, "rb") else {
      throw FileProblem(
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

  private static func fetch(
    _ file: ArchiveEntry.File, to path: String
  ) throws(FileProblem) {
    let part = try PartFile(path, of: file)
    for attempt in 0... {
      let before = part.size
      var outcome = try transfer(file, into: part, from: before)
      // A server that cannot go on where a download stopped has it begin again.
      if before > 0, part.size == before, [22, 33, 36].contains(outcome.code) {
        outcome = try transfer(file, into: part, from: 0)
      }
      guard outcome.code != 0 else { return }
      let isBroken = [18, 28, 52, 56].contains(outcome.code)
      guard isBroken, attempt < retries, part.size > before else {
        throw problem(outcome, file.url)
      }
    }
  }

  private static func transfer(
    _ file: ArchiveEntry.File, into part: PartFile, from start: Int64
  ) throws(FileProblem) -> CurlTransfer.Outcome {
    // What is there stays until something comes in its place.
    var isFresh = start == 0
    return try CurlTransfer(url: file.url, start: start).run { bytes throws(FileProblem) in
      if isFresh { try part.empty() }
      isFresh = false
      try part.append(bytes)
    }
  }

  private static func problem(_ outcome: CurlTransfer.Outcome, _ url: String) -> FileProblem {
    let message =
      switch outcome.code {
      case 1: "sends on to an address that is not allowed: only https where it began so, else http"
      case 3: "is no address that can be asked"
      case 5, 6, 7: "the server cannot be reached; check the network"
      case 22: "the server does not have it (HTTP \(outcome.status))"
      case 35, 60: "the server cannot be trusted: its TLS certificate or handshake is no good"
      case 47: "sends on without end"
      case 18, 28, 52, 56: "the connection broke off; the same command goes on from there"
      default: "curl ended with code \(outcome.code)"
      }
    return FileProblem(file: url, message: message, output: .fetch)
  }
}

/// What has come of a file, never longer than the whole one may be.
final class PartFile {
  private let path: String
  private let limit: Int64
  private let isStated: Bool
  private let url: String
  private let descriptor: Int32
  private(set) var size: Int64

  /// Goes on with what is at `path`. A link is not followed: it leads out of the download's folder.
  init(_ path: String, of file: ArchiveEntry.File) throws(FileProblem) {
    self.path = path
    url = file.url
    limit = file.size ?? Download.mostBytes
    isStated = file.size != nil
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == ELOOP {
        throw FileProblem(
          file: path, message: "is a link, which no download follows; remove it", output: .create)
      }
      throw FileWriter.problem(.create, path, errno)
    }
    size = FileSystem.size(path) ?? 0
    if size > limit { try empty() }
  }

  deinit { close(descriptor) }

  func empty() throws(FileProblem) {
    // A device has no length to change, and needs none.
    guard ftruncate(descriptor, 0) == 0 || size == 0 else {
      throw FileWriter.problem(.write, path, errno)
    }
    size = 0
  }

  func append(_ bytes: ArraySlice<UInt8>) throws(FileProblem) {
    guard size + Int64(bytes.count) <= limit else {
      FileSystem.remove(path)
      throw FileProblem(
        file: url,
        message: "sends more than \(isStated ? "its" : "the most of") \(limit) bytes; the download "
          + "was stopped and removed. The file changed, or it is not the one that was meant")
    }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw FileProblem(
          file: path, message: "cannot be written; is the disk full? What has come stays there",
          output: .write)
      }
      done += count
      size += Int64(count)
    }
  }
}
