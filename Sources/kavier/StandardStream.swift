import Glibc

/// Standard output for results, standard error for the rest.
struct StandardStream {
  let descriptor: Int32
  let name: String

  static let out = StandardStream(descriptor: STDOUT_FILENO, name: "standard output")

  /// Writes all of `text`, or throws why that failed (a full disk behind `>`).
  func write(_ text: String) throws(OutputError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        throw OutputError(.write, path: name, code: errno)
      }
    }
  }

  /// Tells the user about a problem. When even that fails, nobody is there to tell.
  static func problem(_ message: String) {
    try? StandardStream(descriptor: STDERR_FILENO, name: "standard error").write(message + "\n")
  }
}
