import NIOCore
import NIOPosix
import Tracer

/// Measures how late an endpoint's tokens come:
/// `kavier-load --port N [--streams N] [--tokens N] [--prompt N] [--ramp S] [--speed F] [--pid N]`.
///
/// Each stream is a connection and a request for `--tokens` tokens; they begin evenly over `--ramp`
/// seconds. A token is late by the time from when the simulation says that its client sees it to
/// when it is read here: both clocks are the machine's monotonic one.
@main
struct Main {
  static func main() async throws {
    var options = Options()
    guard options.read(CommandLine.arguments.dropFirst()) else {
      print(
        "usage: kavier-load --port N [--streams N] [--tokens N] [--prompt N] [--ramp S] "
          + "[--speed F] [--pid N]")
      return
    }
    OpenFiles.makeRoom(for: options.streams + 100)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads)
    let server = options.pid.flatMap(ProcessTime.of)
    let own = ProcessTime.own()
    let begin = NIODeadline.now()
    let results = try await Load(options, group).run()
    var report = LoadReport(options, results, seconds: (NIODeadline.now() - begin).seconds)
    report.ownSeconds = ProcessTime.own() - own
    if let pid = options.pid, let server, let now = ProcessTime.of(pid) {
      report.serverSeconds = now - server
    }
    print(report.text)
    try await group.shutdownGracefully()
  }
}

struct Options: Sendable {
  var port = 8000
  var streams = 5000
  var tokens = 100
  var prompt = 16
  /// Seconds.
  var ramp = 10.0
  var speed = 1.0
  var threads = 1
  /// The server's process, to read its CPU time.
  var pid: Int?

  /// False: not understood.
  mutating func read(_ arguments: ArraySlice<String>) -> Bool {
    var rest = arguments
    while let name = rest.popFirst() {
      guard let value = rest.popFirst(), let number = Double(value), number >= 0 else {
        return false
      }
      switch name {
      case "--port": port = Int(number)
      case "--streams": streams = Int(number)
      case "--tokens": tokens = Int(number)
      case "--prompt": prompt = Int(number)
      case "--ramp": ramp = number
      case "--speed": speed = number
      case "--threads": threads = max(1, Int(number))
      case "--pid": pid = Int(number)
      default: return false
      }
    }
    return streams > 0
  }
}

extension TimeAmount {
  var seconds: Double { Double(nanoseconds) * 1e-9 }
}
