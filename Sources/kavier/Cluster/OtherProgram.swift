import Explore
import Glibc

/// A program of others, with its arguments.
struct OtherProgram {
  let words: [String]

  init(_ words: String...) { self.words = words }

  /// As a shell takes it.
  var text: String { words.map(Quoted.shell).joined(separator: " ") }

  static func isThere(_ name: String) -> Bool {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  /// Runs it with this program's own streams; its exit code, or 128 and the signal that ended it.
  func run() throws -> Int32 { try end(of: start(output: nil)) }

  /// Runs it; what it wrote to its standard output, too.
  func output() throws -> (code: Int32, text: String) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try start(output: ends[1])
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return (try end(of: process), String(decoding: bytes, as: UTF8.self))
  }

  private func start(output: Int32?) throws -> pid_t {
    var words: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    var process: pid_t = 0
    let code = posix_spawnp(&process, self.words[0], &actions, nil, words, environ)
    guard code == 0 else { throw failure(code) }
    return process
  }

  private func end(of process: pid_t) throws -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw failure(errno) }
    }
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  private func failure(_ code: Int32) -> ClusterProblem {
    ClusterProblem("cannot run \(words[0]): \(String(cString: strerror(code)))")
  }
}
