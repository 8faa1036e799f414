import NIOCore
import Testing
import TraceArchive
import TracerTestSupport

@testable import Tracer

/// What servers do wrong, one way a test: each request ends for its reason, and those after it are
/// served.
@Suite struct MisbehavingServerTests {
  private typealias Step = ScriptedServer.Step
  private static let head = Step.send(ScriptedServer.head)
  private static let part = Step.send(ScriptedServer.part("a", tokens: 1))
  private static let good: [Step] = [
    head, part, .send(ScriptedServer.part("bc", tokens: 3)), .send(ScriptedServer.end(tokens: 3)),
    .close,
  ]

  /// A bad answer and then a good one.
  private func outcomes(
    _ bad: [Step], _ change: (inout Recorder) -> Void = { _ in }
  ) async throws -> [RequestRecord] {
    let server = try await ScriptedServer([bad, Self.good])
    let scratch = try Scratch()
    let outcome = try await record(
      server.url, requests: 2, to: scratch.path + "/r", change)
    await server.stop()
    let records = outcome.records.sorted { $0.number < $1.number }
    try #require(records.count == 2)
    #expect(records[1].failure == nil)
    #expect(records[1].completionTokens == 3)
    return records
  }

  @Test func `a reset in the middle`() async throws {
    let records = try await outcomes([Self.head, Self.part, .wait(milliseconds: 20), .reset])
    #expect(records[0].failure == .closed)
    #expect(records[0].chunks.map(\.tokens) == [1])
  }

  @Test func `a connection closed before any answer`() async throws {
    #expect(try await outcomes([.close])[0].failure == .closed)
  }

  @Test func `a stream cut short but closed in good order`() async throws {
    let failure = try await outcomes([Self.head, Self.part, .close])[0].failure
    #expect(failure?.status == "failed")
    #expect(failure?.reason.contains("without a finish_reason") == true)
  }

  @Test func `a stall before the first token, and one after it`() async throws {
    let stall = Step.wait(milliseconds: 60_000)
    let before = try await outcomes([Self.head, stall]) {
      $0.set.options.firstTokenTimeout = .seconds(2)
    }
    #expect(before[0].failure == .timeout(.firstToken))
    let after = try await outcomes([Self.head, Self.part, stall]) {
      $0.set.options.totalTimeout = .seconds(3)
    }
    #expect(after[0].failure == .timeout(.total))
    #expect(after[0].chunks.count == 1)
  }

  @Test func `an error inside HTTP 200, without DONE`() async throws {
    let error = "data: {\"error\":{\"code\":500,\"message\":\"does not match\"}}\n\n"
    let records = try await outcomes([Self.head, Self.part, .send(error), .close])
    #expect(records[0].failure == .inStream("500 does not match"))
    #expect(records[0].httpStatus == 200)
  }

  @Test func `a refusal, with what it says`() async throws {
    let body = #"{"error":{"message":"queue full"}}"#
    let records = try await outcomes([
      .send("HTTP/1.1 429 Too Many Requests\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
    ])
    #expect(records[0].failure == .status(429, "queue full"))
    #expect(records[0].failure?.status == "rejected")
  }

  @Test func `no HTTP at all, and no JSON in the stream`() async throws {
    let noHTTP = try await outcomes([.send("SSH-2.0-OpenSSH_9\r\n"), .close])
    #expect(noHTTP[0].failure?.status == "failed")
    let noJSON = try await outcomes([Self.head, .send("data: <html>\n\n"), .close])
    #expect(noJSON[0].failure?.reason.contains("<html>") == true)
  }

  @Test func `an event without end and a head without end are bounded`() async throws {
    let event = try await outcomes([Self.head, .send("data: "), .bytes(5 << 20), .close])
    #expect(event[0].failure?.reason.contains("4 MiB") == true)
    let head = try await outcomes([.send("HTTP/1.1 200 OK\r\nx: "), .bytes(1 << 20), .close])
    #expect(head[0].failure?.status == "failed")
  }

  @Test func `merged parts and parts in pieces are counted alike`() async throws {
    let all = [
      ScriptedServer.part("a", tokens: 1), ScriptedServer.part("bc", tokens: 3),
      ScriptedServer.end(tokens: 3),
    ].joined()
    let merged = try await outcomes([Self.head, .send(all), .close])[0]
    let pieces = try await outcomes(
      [Self.head] + all.utf8.map { Step.send(String(UnicodeScalar($0))) } + [.close])[0]
    for record in [merged, pieces] {
      #expect(record.failure == nil)
      #expect(record.chunks.map(\.tokens) == [1, 2])
      #expect(record.promptTokens == 5)
    }
  }

  @Test func `nobody there is a failure, and tried again only when asked to`() async throws {
    let scratch = try Scratch()
    let outcome = try await record("http://127.0.0.1:1", to: scratch.path + "/r")
    #expect(outcome.records.map(\.attempts) == [1])
    guard case .connect? = outcome.records.first?.failure else {
      Issue.record("\(String(describing: outcome.records.first?.failure))")
      return
    }
  }

  @Test func `a busy server is asked again, and the latency counts from the first time`()
    async throws
  {
    let busy = Step.send("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n")
    let server = try await ScriptedServer([[busy], [busy], Self.good])
    let scratch = try Scratch()
    let outcome = try await record(server.url, to: scratch.path + "/r") {
      $0.set.options.retries = 2
    }
    await server.stop()
    let record = try #require(outcome.records.first)
    #expect(record.failure == nil)
    #expect(record.attempts == 3)
    #expect((record.firstToken ?? 0) - record.scheduled > 700_000_000)
    #expect(try rows(scratch.path + "/r")[0][text: .extra] == #"{"attempts":3}"#)
  }
}
