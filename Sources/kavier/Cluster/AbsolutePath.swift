import Glibc

/// Paths that mean the same from every folder.
enum AbsolutePath {
  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  static func of(_ path: String) -> String {
    path.hasPrefix("/") ? path : workingDirectory + "/" + path
  }

  /// Of this very program.
  static var program: String {
    get throws {
      guard let path = realpath("/proc/self/exe", nil) else {
        throw ClusterProblem("/proc/self/exe: \(String(cString: strerror(errno)))")
      }
      defer { free(path) }
      return String(cString: path)
    }
  }
}
