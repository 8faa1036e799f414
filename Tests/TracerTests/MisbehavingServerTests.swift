import NIOCore
import Testing
import TracerTestSupport

@testable import Tracer
import TextAndBytes
import TraceArchive

/// What servers do wrong, one way a test: each request ends for its reason, and those after it are
/// served.
@Suite(.timeLimit(.minutes(30))) struct MisbehavingServerTests {
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

  /// An answer of one part whose last event has this usage.
  private func counted(_ usage: String) -> [Step] {
    let end = #"{"choices":[{"text":"","finish_reason":"length"}]}"#
    return [
      Self.head, .send("data: {\"choices\":[{\"text\":\"a\"}]}\n\ndata: \(end)\n\n"),
      .send("data: {\"choices\":[],\"usage\":\(usage)}\n\ndata: [DONE]\n\n"), .close,
    ]
  }

  @Test(arguments: [
    (#"{"prompt_tokens":5,"completion_tokens":9223372036854775807}"#, "9223372036854775807"),
    (#"{"prompt_tokens":5,"completion_tokens":-5}"#, "completion_tokens is -5"),
    (#"{"prompt_tokens":5,"completion_tokens":1.5}"#, "completion_tokens is 1.5"),
    (#"{"prompt_tokens":5,"completion_tokens":"1"}"#, "completion_tokens is 1"),
    (#"{"prompt_tokens":5,"completion_tokens":0}"#, "0 tokens in 1 parts"),
    (#"{"prompt_tokens":5,"completion_tokens":1000}"#, "at most 3 were asked for"),
    (#"{"prompt_tokens":4000000,"completion_tokens":1}"#, "4000000 prompt tokens of 5"),
    (#"{"prompt_tokens":-1,"completion_tokens":1}"#, "prompt_tokens is -1"),
    (#"{"prompt_tokens":0,"completion_tokens":1}"#, "0 prompt tokens of 5"),
    (
      #"{"prompt_tokens":5,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":9}}"#,
      "9 cached tokens of a prompt of 5"
    ),
  ])
  func `counts that cannot be are a fault of the row`(usage: String, message: String) async throws {
    let record = try await outcomes(counted(usage))[0]
    #expect(record.failure?.status == "failed")
    #expect(record.failure?.reason.contains(message) == true, "\(record.failure?.reason ?? "")")
    #expect(record.completionTokens == nil && record.promptTokens == nil)
    #expect(record.chunks.map(\.tokens) == [nil])
  }

  @Test func `counts that go back, or end elsewhere than their parts, are one`() async throws {
    let back = try await outcomes([
      Self.head, .send(ScriptedServer.part("a", tokens: 3)),
      .send(ScriptedServer.part("b", tokens: 2)), .send(ScriptedServer.end(tokens: 2)), .close,
    ])[0]
    #expect(back.failure == .miscounted("2 tokens after 3 of them"))
    let more = try await outcomes([
      Self.head, Self.part,
      .send(#"data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":3}}"# + "\n\n"),
      .send("data: [DONE]\n\n"), .close,
    ])[0]
    #expect(more.failure == .miscounted("3 tokens in the end, 1 by its parts"))
  }

  @Test func `streams without end are cut, whatever they are made of`() async throws {
    let part = "data: {\"choices\":[{\"text\":\"a\"}]}\n\n"
    for flood in [
      String(repeating: part, count: 5000), String(repeating: ": x\n\n", count: 4 << 20),
    ] {
      let record = try await outcomes([Self.head, .send(flood), .wait(milliseconds: 60_000)])[0]
      #expect(record.failure?.kind == "a stream without end")
      #expect(record.chunks.count < 4200)
    }
    let error = try await outcomes([
      .send("HTTP/1.1 500 Oops\r\ncontent-type: text/html\r\n\r\n"), .bytes(1 << 20),
      .wait(milliseconds: 60_000),
    ])[0]
    #expect(error.failure?.kind == "HTTP 500")
  }

  @Test func `answers that are none: empty ones, other documents, other places, compressed ones`()
    async throws
  {
    func document(_ text: String, _ fields: String = "", status: String = "200 OK") -> [Step] {
      [.send("HTTP/1.1 \(status)\r\n\(fields)content-length: \(text.utf8.count)\r\n\r\n\(text)")]
    }
    for (answer, reason) in [
      (document(""), "no JSON object"), (document("{}"), "an answer without choices"),
      (document("<html>Sign in</html>", "content-type: text/html\r\n"), "<html>Sign in"),
      (document("", "location: https://x/v1\r\n", status: "302 Found"), "sends on to https://x/v1"),
      (document("x", "content-encoding: gzip\r\n"), "compressed answer"),
      (document(#"{"detail":"no such thing"}"#), "no such thing"),
      ([Self.head, .send("data: [DONE]\n\n"), .close], "an empty answer"),
    ] {
      let failure = try await outcomes(answer)[0].failure
      #expect(failure?.reason.contains(reason) == true, "\(failure?.reason ?? "ok")")
    }
  }

  @Test func `answers whose tokens nobody counts say so in their rows`() async throws {
    let end = #"data: {"choices":[{"text":"","finish_reason":"stop"}]}"# + "\n\n"
    let part = #"data: {"choices":[{"text":"a"}]}"# + "\n\n"
    let server = try await ScriptedServer([[Self.head, .send(part + part + end), .close]])
    let scratch = try Scratch()
    _ = try await record(server.url, to: scratch.path + "/r")
    await server.stop()
    let row = try rows(scratch.path + "/r")[0]
    #expect(row[text: .status] == "ok")
    #expect(row.outputTokens == 2)
    #expect(row[text: .extra]?.contains(#""output_tokens_are":"parts""#) == true)
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
