import Glibc

/// The absolute path of this very program.
enum ProgramPath {
  static var own: String {
    get throws {
      guard let path = realpath("/proc/self/exe", nil) else {
        throw ClusterProblem("/proc/self/exe: \(String(cString: strerror(errno)))")
      }
      defer { free(path) }
      return String(cString: path)
    }
  }
}
