import Foundation
import ServingTestSupport
import Testing

/// `kavier trace record` and a TLS server of another project: Python's.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"),
  .enabled(if: TLSServer.isPossible, "no python3 and openssl to make a TLS server of"))
struct RecordOverTLSTests {
  private let arguments = [
    "--lengths", "5:3", "--concurrency", "2", "--max-requests", "4", "--out", "r",
  ]

  @Test func `a certificate that is named is trusted`() throws {
    let server = try TLSServer()
    let result = try Program.run(
      ["trace", "record", "https://127.0.0.1:\(server.port)", "--cacert", server.certificate]
        + arguments, in: server.folder)
    #expect(result.code == 0, "\(result.problems)")
    #expect(result.out.contains("4 ended, 4 ok, 0 not"), "\(result.out)")
  }

  @Test func `one that nobody vouches for is told, and how to trust it`() throws {
    let server = try TLSServer()
    let result = try Program.run(
      ["trace", "record", "https://127.0.0.1:\(server.port)"] + arguments, in: server.folder)
    #expect(result.code == 69)
    #expect(result.problems.contains("certificate is not trusted; --cacert FILE"))
  }

  @Test func `one for another name is told`() throws {
    let server = try TLSServer(name: "DNS:gateway.example")
    let result = try Program.run(
      ["trace", "record", "https://localhost:\(server.port)", "--cacert", server.certificate]
        + arguments, in: server.folder)
    #expect(result.code == 69)
    #expect(
      result.problems.contains("certificate is for another name or address"), "\(result.problems)")
  }

  @Test func `a server without TLS is told`() throws {
    let server = try ServedProgram(["Examples/19-serve.yaml"])
    let scratch = try Scratch()
    let url = server.url.replacingOccurrences(of: "http:", with: "https:")
    let result = try Program.run(["trace", "record", url] + arguments, in: scratch.path)
    #expect(result.code == 69)
    #expect(result.problems.contains("TLS: "), "\(result.problems)")
  }
}

/// A server of Python's standard library with a certificate of its own, while the object lives.
private final class TLSServer {
  let port: String
  var folder: String { scratch.path }
  var certificate: String { folder + "/certificate.pem" }
  private let scratch: Scratch
  private let process = Process()
  /// Its end stops the server, even one that ignores signals as its parent does.
  private let input = Pipe()

  static let isPossible = ["python3", "openssl"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// `name` is whom the certificate is for.
  init(name: String = "IP:127.0.0.1") throws {
    scratch = try Scratch()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "\(SharedData.repository)/Tests/Counterparts/tls_server.py", scratch.path,
      name,
    ]
    let out = Pipe()
    process.standardInput = input
    process.standardOutput = out
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: out.fileHandleForReading.availableData, as: UTF8.self)
    port = line.trimmingCharacters(in: .newlines)
    try #require(Int(port) != nil, "the TLS server did not start")
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
