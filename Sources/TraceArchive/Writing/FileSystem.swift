#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few calls that move and remove files.
enum FileSystem {
  static func move(_ from: String, to: String) throws(TraceProblem) {
    guard rename(from, to) == 0 else { throw ByteSink.problem(.create, to, errno) }
  }

  static func remove(_ path: String) { unlink(path) }

  static func makeDirectory(_ path: String) throws(TraceProblem) {
    var end = path.startIndex
    repeat {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      let code = mkdir(String(path[..<end]), 0o777) == 0 ? 0 : errno
      if end == path.endIndex, code != 0, !ByteSource.isDirectory(path) {
        throw ByteSink.problem(.create, path, code)
      }
    } while end < path.endIndex
  }

  /// Whether a symbolic link stands there, wherever it leads.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Bytes of a file; nil where it is none.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }
}
