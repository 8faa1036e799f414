import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A real llama-server on loopback with a random-weight model, where `.ci/run` has installed one.
package final class LlamaServer {
  /// Where `.ci/run` puts what tests need from elsewhere.
  private static var home: String {
    ProcessInfo.processInfo.environment["KAVIER_COUNTERPARTS"]
      ?? NSHomeDirectory() + "/.cache/kavier-counterparts"
  }

  private static var program: String { home + "/llama/bin/llama-server-vulkan" }
  package static var model: String { home + "/random.gguf" }
  /// The same, answering with any bytes: streams that the server breaks off.
  package static var anyByteModel: String { home + "/any-byte.gguf" }

  package static var isInstalled: Bool {
    let files = FileManager.default
    return files.isExecutableFile(atPath: program) && files.fileExists(atPath: model)
      && files.fileExists(atPath: anyByteModel)
  }

  package static let absence = "no llama-server; .ci/run installs one"

  private var process = Process()
  package private(set) var port = 0

  /// Starts one with `slots` and waits until it answers. Where a port was taken it tries another one.
  package init(model: String = LlamaServer.model, slots: Int = 8) async throws {
    for _ in 0..<5 {
      try start(model, slots)
      while process.isRunning {
        if get("/health")?.contains("ok") == true { return }
        try await Task.sleep(nanoseconds: 100_000_000)
      }
    }
    throw NoAnswer()
  }

  private func start(_ model: String, _ slots: Int) throws {
    // Below those that systems give to connections.
    port = Int.random(in: 20_000..<32_000)
    process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = [
      "-m", model, "--host", "127.0.0.1", "--port", "\(port)", "-np", "\(slots)",
      "-c", "\(slots * 2048)", "-t", "1", "-tb", "1", "-b", "512", "-ub", "512", "--metrics",
      "--no-webui", "--device", "none",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    // Asked politely, it waits for connections that nobody closes.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  package struct NoAnswer: Error {}

  package var url: String { "http://127.0.0.1:\(port)" }

  /// What it answers to a GET, by a client that is not ours.
  package func get(_ path: String) -> String? {
    let curl = Process()
    let pipe = Pipe()
    curl.executableURL = URL(filePath: "/usr/bin/env")
    curl.arguments = ["curl", "-s", "-m", "5", url + path]
    curl.standardOutput = pipe
    curl.standardError = FileHandle.nullDevice
    guard (try? curl.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    curl.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// A value of its own metrics.
  package func metric(_ name: String) -> Double? {
    let lines = (get("/metrics") ?? "").split(separator: "\n")
    return lines.first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
  }
}
