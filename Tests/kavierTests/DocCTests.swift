import Foundation
import ServingTestSupport
import Testing

/// `make docs`.
struct DocCTests {
  private static let isThere = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/docc") }

  @Test(.enabled(if: isThere, "the toolchain's docc is not on the path"))
  func `the pages make a DocC archive`() throws {
    let scratch = try Scratch()
    let told = try scratch.file("told", "")
    let process = Process()
    process.executableURL = URL(filePath: SharedData.repository + "/Docs/build")
    process.arguments = [scratch.path + "/Kavier.doccarchive"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: told)
    try process.run()
    process.waitUntilExit()
    let problems = try String(contentsOfFile: told, encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(problems)")
  }
}
