import Foundation

/// The machine's Python, as a second opinion: `KAVIER_PYTHON`, else `python3`. Tests that need a
/// module of it are skipped where it is absent.
package enum Python {
  package static func has(_ module: String) -> Bool { (try? run("import \(module)")) != nil }

  /// Why a test is skipped.
  package static func absence(_ module: String) -> String {
    "python3 has no \(module) here (KAVIER_PYTHON names another Python)"
  }

  package struct Failure: Error { package var text: String }

  /// What a program prints.
  @discardableResult
  package static func run(_ program: String, _ arguments: [String] = []) throws -> String {
    let process = Process()
    let python = ProcessInfo.processInfo.environment["KAVIER_PYTHON"] ?? "python3"
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, "-c", program] + arguments
    let (output, complaints) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = complaints
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(text: text + complaint) }
    return text
  }
}
