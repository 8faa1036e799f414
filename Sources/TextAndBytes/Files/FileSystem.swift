#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few calls that move and remove files.
package enum FileSystem {
  package static func move(_ from: String, to: String) throws(FileProblem) {
    guard rename(from, to) == 0 else { throw FileWriter.problem(.create, to, errno) }
  }

  package static func remove(_ path: String) { unlink(path) }

  package static func makeDirectory(_ path: String) throws(FileProblem) {
    var end = path.startIndex
    repeat {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      let code = mkdir(String(path[..<end]), 0o777) == 0 ? 0 : errno
      if end == path.endIndex, code != 0, !Folder.isDirectory(path) {
        throw FileWriter.problem(.create, path, code)
      }
    } while end < path.endIndex
  }

  /// Whether a symbolic link stands there, wherever it leads.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Bytes of a file; nil where it is none.
  package static func size(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }
}
