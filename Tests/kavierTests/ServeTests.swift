import Foundation
import ServingTestSupport
import Testing

@Suite(.timeLimit(.minutes(30))) struct ServeTests {
  @Test(.enabled(if: Program.isBuilt), .enabled(if: Clients.arePresent, Clients.absence))
  func `the openai client finds what it knows`() throws {
    let server = try ServedProgram(["Examples/19-serve.yaml", "--speed", "20"])
    let seen = try Clients.run("openai_client.py", [server.url, "llama-3.1-8b"])
    let answers = try #require(
      JSONSerialization.jsonObject(with: Data(seen.utf8)) as? [String: NSObject])
    let expected = try JSONSerialization.jsonObject(
      with: Data(
        """
        {"models": ["llama-3.1-8b"], "completion": [4, 7, "length"], "chat": ["assistant", 9],
         "stream": [true, 9, true], "unknown model": 404, "refused": [400, "logit_bias"],
         "tool": ["tool_calls", "weather", true], "streamed tool": ["weather", true],
         "after the tool": [null, true], "schema": true,
         "logprobs": [2, [true, true], [3, 3, 3, 3, 3, 3], 12], "stop": [true, "stop"],
         "several": [[0, 1, 2, 3], true], "response": ["message", true],
         "response tool": ["function_call", true], "response stream": true}
        """.utf8))
    #expect(answers == expected as? [String: NSObject])
    #expect(server.stop() == 0)
  }

  @Test(.enabled(if: Program.isBuilt))
  func `stopped by a signal it leaves a report of what it served`() throws {
    let scratch = try Scratch()
    let server = try ServedProgram(["Examples/19-serve.yaml", "--out", scratch.path + "/out"])
    #expect(server.stop() == 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")
    #expect(
      files.sorted()
        .filter {
          ["plan.yaml", "report.json", "report.txt", "requests.csv", "timeline.csv"].contains($0)
        }
        .count == 5)
  }

  @Test(.enabled(if: Program.isBuilt))
  func `a folder that cannot be written to is found before anything is served`() throws {
    let scratch = try Scratch()
    try "".write(toFile: scratch.path + "/out", atomically: true, encoding: .utf8)
    try expectNoRoom(scratch.path + "/out")
    try expectNoRoom("/proc/kavier")
    try expectNoRoom("/proc")
  }

  private func expectNoRoom(_ path: String) throws {
    let result = try Program.run(
      ["serve", "Examples/19-serve.yaml", "--port", "0", "--out", path], in: SharedData.repository)
    #expect(result.code == 73)
    #expect(result.out.isEmpty && result.problems.contains("cannot create \(path)"))
  }

  @Test(
    .enabled(if: Program.isBuilt),
    arguments: [
      (["--bytes-per-token", "9"], "from 1 to 7"),
      (["--bytes-per-token", "3", "--tokenizer", "x"], "only one says"),
      (["--host", "0.0.0.0"], "--allow-remote"), (["--speed", "0"], "0.001 to 1000"),
      (["--fault", "boredom=1"], "error, stall or reset"),
      (["--fault", "error=0.7", "--fault", "stall=0.7"], "more than 1"),
      (["--port", "70000"], "0 to 65535"),
    ])
  func `a wrong option is told what is allowed`(options: [String], allowed: String) throws {
    let result = try Program.run(["serve"] + options, in: SharedData.repository)
    #expect(result.code == 64)
    #expect(result.problems.contains(allowed))
  }
}

/// `kavier serve` on a free port, while the object lives.
final class ServedProgram {
  let url: String
  private let process: Process

  init(_ arguments: [String]) throws {
    process = Process()
    process.executableURL = Program.url
    process.arguments = ["serve", "--port", "0", "--drain-time", "5"] + arguments
    process.currentDirectoryURL = URL(filePath: SharedData.repository)
    let out = Pipe()
    process.standardOutput = out
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: out.fileHandleForReading.availableData, as: UTF8.self)
    url = String(line.split(separator: " ").last ?? "").trimmingCharacters(in: .newlines)
    try #require(url.hasPrefix("http://127.0.0.1:"))
  }

  deinit { if process.isRunning { process.terminate() } }

  /// Sends SIGTERM and returns the exit code.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Clients of other projects, in a Python environment that `.ci/run` makes outside the checkout.
enum Clients {
  static let absence: Comment = "no Python environment with the clients; .ci/run makes it"

  private static var python: String {
    let environment = ProcessInfo.processInfo.environment
    let folder = environment["KAVIER_CLIENTS"] ?? "\(NSHomeDirectory())/.cache/kavier/clients"
    return folder + "/bin/python"
  }

  static let arePresent = FileManager.default.isExecutableFile(atPath: python)

  /// Runs a script of Tests/Clients and returns what it prints.
  static func run(_ script: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["\(SharedData.repository)/Tests/Clients/\(script)"] + arguments
    let out = Pipe()
    process.standardOutput = out
    try process.run()
    let text = out.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
