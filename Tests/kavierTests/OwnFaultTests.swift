import Foundation
import Glibc
import Testing

@testable import kavier

/// What a user sees when the program itself is wrong.
@Suite(.enabled(if: Program.isBuilt), .timeLimit(.minutes(30))) struct OwnFaultTests {
  /// Has the program fault, as a trap does, while it reads a scenario.
  private func fault(environment: [String: String]) throws -> (code: Int32, problems: String) {
    let process = Process()
    let (input, problems) = (Pipe(), Pipe())
    process.executableURL = Program.url
    process.arguments = ["plan", "/dev/stdin"]
    process.environment = environment
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = problems
    try process.run()
    input.fileHandleForWriting.write(Data("name: x\n".utf8))
    // Taken: it is past its first steps. Asked at the end that is still open here; the other is the
    // process's, and closed.
    var left: CInt = 1
    for _ in 0..<60_000 where left > 0 && process.isRunning {
      usleep(1000)
      try #require(ioctl(input.fileHandleForWriting.fileDescriptor, UInt(FIONREAD), &left) == 0)
    }
    kill(process.processIdentifier, SIGILL)
    process.waitUntilExit()
    let text = String(
      decoding: problems.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return (process.terminationStatus, text)
  }

  @Test func `a fault of its own is one sentence and exit code 70`() throws {
    let (code, problems) = try fault(environment: [:])
    #expect(code == 70)
    #expect(problems == OwnFault.text(version: Kavier.version))
    #expect(problems.split(separator: "\n").count == 1)
  }

  @Test func `who asks for a backtrace does not get the sentence instead`() throws {
    let (code, problems) = try fault(environment: ["SWIFT_BACKTRACE": "enable=no"])
    #expect(code == SIGILL && problems.isEmpty)
  }
}
