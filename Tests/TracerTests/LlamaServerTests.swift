import NIOCore
import Testing
import TracerTestSupport

@testable import Tracer
import TraceArchive
import TextAndBytes

/// A server that others wrote, held against its own metrics.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: LlamaServer.isInstalled, Comment(rawValue: LlamaServer.absence)), .serialized)
struct LlamaServerTests {
  @Test func `tokens are those of the server's own metrics`() async throws {
    let server = try await LlamaServer()
    let scratch = try Scratch()
    let path = scratch.path + "/r"
    let outcome = try await record(
      server.url, requests: 20, input: 60, output: 12, to: path, concurrency: 4,
      engine: .llamaCpp)
    #expect(outcome.progress.failed == 0)
    let records = outcome.records
    #expect(records.allSatisfy { $0.promptTokens == 60 && $0.completionTokens == 12 })
    // A part is not a token, but all of them together bring each once.
    #expect(records.allSatisfy { $0.chunks.reduce(0) { $0 + ($1.tokens ?? 0) } == 12 })
    let cached = records.reduce(0) { $0 + ($1.cachedTokens ?? 0) }
    let computed = server.metric("llamacpp:prompt_tokens_total")
    #expect(computed == Double(20 * 60 - cached))
    #expect(server.metric("llamacpp:tokens_predicted_total") == 240.0)
    let samples = try RecordingFile.read(path: path).samples
    let last = samples.last { $0.name == "llamacpp:tokens_predicted_total" }
    #expect(last?.value == 240.0)
  }

  @Test func `what the server says of itself`() async throws {
    let server = try await LlamaServer(slots: 4)
    guard let origin = Origin(server.url) else { throw NoAddress() }
    let described = await Recorder.describe(
      ServerCheck(origin, security: nil, headers: []), engine: nil, models: []
    ).server
    #expect(described.engine == .llamaCpp)
    #expect(described.vocabulary == 963)
    #expect(described.models.count == 1)
    #expect((described.roundTrip ?? 0) > 0)
    let slots = described.settings.first { $0.name == "max_num_seqs" }
    #expect(slots?.value == .integer(4))
  }

  @Test(arguments: [PromptKind.text, .chat])
  func `text and chat are counted by the server`(kind: PromptKind) async throws {
    let server = try await LlamaServer()
    let scratch = try Scratch()
    let outcome = try await record(
      server.url, requests: 4, input: 10, output: 6, to: scratch.path + "/r", concurrency: 2,
      engine: .llamaCpp
    ) {
      $0.set.style.kind = kind;
      $0.set.style.writer = PromptWriter(kind: kind, vocabulary: 963, seed: 1)
    }
    #expect(outcome.progress.failed == 0)
    #expect(outcome.records.allSatisfy { ($0.promptTokens ?? 0) > 10 && $0.completionTokens == 6 })
  }

  @Test func `streams that the server breaks off inside HTTP 200 are failures`() async throws {
    let server = try await LlamaServer(model: LlamaServer.anyByteModel)
    let scratch = try Scratch()
    let path = scratch.path + "/r"
    let outcome = try await record(
      server.url, requests: 30, input: 20, output: 40, to: path, concurrency: 4,
      engine: .llamaCpp
    ) { $0.set.style.temperature = 1 }
    let failed = outcome.records.filter { !$0.isOK }
    #expect(!failed.isEmpty)
    for record in failed {
      guard case .inStream? = record.failure else {
        Issue.record("\(String(describing: record.failure))")
        continue
      }
      #expect(record.httpStatus == 200)
    }
    #expect(try rows(path).count { $0[text: .status] == "failed" } == failed.count)
  }

  @Test func `a server that dies in the middle leaves what was measured`() async throws {
    var server: LlamaServer? = try await LlamaServer()
    let url = server?.url ?? ""
    let scratch = try Scratch()
    let path = scratch.path + "/r"
    async let outcome = record(
      url, requests: 200, input: 50, output: 50, to: path, concurrency: 4, engine: .llamaCpp)
    try await Task.sleep(nanoseconds: 1_500_000_000)
    server = nil
    let failed = try await outcome.progress.failed
    #expect(failed > 0)
    let rows = try rows(path)
    #expect(rows.count == 200)
    #expect(rows.contains { $0[text: .status] == "ok" })
  }
}
