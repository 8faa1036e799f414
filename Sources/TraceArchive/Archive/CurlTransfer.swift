#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Synchronization
import TextAndBytes

/// One run of curl. It gets addresses as such and nothing from its own settings file, speaks HTTP
/// alone, and hands what comes to this program, which counts it: curl bounds only what a server
/// announces. It ends with this program.
struct CurlTransfer {
  /// What became of it.
  struct Outcome {
    /// curl's exit code.
    var code: Int32
    /// Of the last answer; 0: there was none.
    var status: Int
  }

  var url: String
  /// Where in the file to go on.
  var start: Int64

  private var arguments: [String] {
    let isSecure = url.lowercased().hasPrefix("https://")
    var words = [
      // First, or it is too late.
      "--disable", "--globoff", "--fail", "--location", "--max-redirs", "10", "--silent",
      "--proto", "=http,https", "--proto-redir", isSecure ? "=https" : "=http,https",
      "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "60",
      "--write-out", "%{stderr}%{http_code}",
    ]
    if start > 0 { words += ["--continue-at", "\(start)"] }
    return words + ["--url", url]
  }

  /// Runs it to its end; `take` gets the bytes as they come.
  func run(
    _ take: (ArraySlice<UInt8>) throws(FileProblem) -> Void
  ) throws(FileProblem) -> Outcome {
    let pipes = [try Pipe(), try Pipe()]
    defer { for pipe in pipes { pipe.closeBoth() } }
    let process = try spawn(output: pipes[0].write, report: pipes[1].write)
    var isReaped = false
    defer {
      if !isReaped {
        kill(process, SIGKILL)
        _ = Self.wait(for: process)
      }
      RunningChild.ended()
    }
    for pipe in pipes { pipe.closeWrite() }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while let count = pipes[0].read(into: &buffer) {
      try take(buffer[..<count])
    }
    let count = pipes[1].read(into: &buffer) ?? 0
    let code = Self.wait(for: process)
    isReaped = true
    let status = Int(String(decoding: buffer[..<count].suffix(3), as: UTF8.self)) ?? 0
    return Outcome(code: code, status: status)
  }

  private func spawn(output: Int32, report: Int32) throws(FileProblem) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, report, STDERR_FILENO)
    let words = (["curl"] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = RunningChild.started {
      posix_spawnp(&process, "curl", &actions, nil, words + [nil], environ) == 0 ? process : nil
    }
    guard code != nil else {
      throw FileProblem(file: "curl", message: "cannot be run; install it, or download by hand")
    }
    return process
  }

  /// Its exit code as a shell has it.
  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}

/// A pipe whose ends no other child inherits.
private final class Pipe {
  private var ends: [Int32] = [-1, -1]

  init() throws(FileProblem) {
    guard pipe(&ends) == 0 else {
      throw FileProblem(
        file: "curl", message: "cannot be run: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  var write: Int32 { ends[1] }

  /// nil: nothing more comes.
  func read(into buffer: inout [UInt8]) -> Int? {
    while true {
      let size = buffer.count
      let count = buffer.withUnsafeMutableBytes {
        #if canImport(Glibc)
          Glibc.read(ends[0], $0.baseAddress, size)
        #elseif canImport(Musl)
          Musl.read(ends[0], $0.baseAddress, size)
        #else
          Darwin.read(ends[0], $0.baseAddress, size)
        #endif
      }
      if count > 0 { return count }
      guard count < 0, errno == EINTR else { return nil }
    }
  }

  func closeWrite() {
    if ends[1] >= 0 { close(ends[1]) }
    ends[1] = -1
  }

  func closeBoth() {
    closeWrite()
    if ends[0] >= 0 { close(ends[0]) }
    ends[0] = -1
  }
}

/// The child that ends with this program when a signal ends it.
private enum RunningChild {
  private static let process = Atomic<pid_t>(0)
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Starts one with `start`, which gives its process; nil where it could not.
  static func started(_ start: () -> pid_t?) -> pid_t? {
    process.store(0, ordering: .relaxed)
    for number in signals {
      signal(number) { number in
        let child = RunningChild.process.load(ordering: .relaxed)
        if child > 0 { kill(child, SIGKILL) }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    let child = start()
    if let child { process.store(child, ordering: .relaxed) } else { ended() }
    return child
  }

  static func ended() {
    process.store(0, ordering: .relaxed)
    for number in signals { signal(number, SIG_DFL) }
  }
}
