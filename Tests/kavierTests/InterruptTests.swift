import Foundation
import Glibc
import ServingTestSupport
import Testing

@testable import kavier

struct InterruptTests {
  @Test func `Ctrl-C while watched is noted and ends nothing`() {
    let seen = Interrupt.watched {
      let before = Interrupt.happened
      // To the process: the threads that run tests may block signals.
      kill(getpid(), SIGINT)
      for _ in 0..<5000 where !Interrupt.happened { usleep(1000) }
      return (before, Interrupt.happened)
    }
    #expect(seen == (false, true))
    #expect(Interrupt.watched { Interrupt.happened } == false)
  }

  /// The third file is a pipe that nobody reads, so that the program waits in the midst of writing.
  @Test(.enabled(if: Program.isBuilt))
  func `Ctrl-C while files are written leaves none of them half-written`() throws {
    let scratch = try Scratch()
    let out = scratch.path + "/out"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    #expect(mkfifo(out + "/.requests.csv.partial", 0o600) == 0)
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["simulate", "--set", "workload.synthetic.requests=20", "--out", out]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let written = out + "/.report.json.partial"
    for _ in 0..<20_000 where !FileManager.default.fileExists(atPath: written) { usleep(1000) }
    #expect(FileManager.default.fileExists(atPath: written))
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).isEmpty)
  }
}
