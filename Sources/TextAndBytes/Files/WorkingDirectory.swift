#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Folder {
  /// Where relative paths start from; `/` where it is gone.
  package static var working: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// `path` from the root of the file system.
  package static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : (working == "/" ? "" : working) + "/" + path
  }
}
