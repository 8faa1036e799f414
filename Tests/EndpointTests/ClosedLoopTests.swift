import Endpoint
import Foundation
import ServingSim
import ServingTestSupport
import SimKernel
import Testing
import TraceArchive
import Tracer

/// What `kavier trace record` measures at `kavier serve` is what was simulated.
@Suite(.timeLimit(.minutes(30)), .serialized) struct ClosedLoopTests {
  /// A step of the engine takes a tenth of a second, against which a busy machine's delays are small.
  private static let speed = 0.01
  /// Times are recorded in whole microseconds, of which a difference of two is off by up to one.
  private static let resolution = 2e-6
  private static let requests = 12

  @Test func `recorded is what was simulated`() async throws {
    let (rows, outcomes) = try await recorded()
    #expect(rows.count == Self.requests)
    #expect(outcomes.count == Self.requests)
    var ratios: [Double] = []
    for row in rows {
      let input = try #require(row[.inputTokens])
      // No two prompts are of one length.
      let outcome = try #require(outcomes[input])
      #expect(row[text: .status] == "ok")
      #expect(row[text: .finishReason] == "length")
      #expect(row[.outputTokens] == Int64(outcome.outputTokens))
      #expect(row[.cachedInputTokens] == Int64(outcome.cachedTokens))
      #expect(row.chunks.compactMap(\.tokens).reduce(0, +) == Int64(outcome.outputTokens))
      #expect(row.chunks.map(\.at) == row.chunks.map(\.at).sorted())
      let first = try seconds(row, .ttft)
      let last = try seconds(row, .endToEnd)
      // Nothing is seen before the simulation has it; how much later depends on the machine.
      #expect(first + Self.resolution >= real(outcome.firstToken.since(outcome.arrival)))
      #expect(last + Self.resolution >= real(outcome.finish.since(outcome.arrival)))
      ratios.append((last - first) / real(outcome.finish.since(outcome.firstToken)))
    }
    #expect(outcomes.values.contains { $0.cachedTokens > 0 })
    let middle = ratios.sorted()[ratios.count / 2]
    #expect(abs(middle - 1) < 0.25, "\(ratios)")
  }

  /// Rows of the recording, and by the length of its prompt what became of each request.
  private func recorded() async throws -> ([TraceRecord], [Int64: Outcome]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let endpoint = try await TestEndpoint {
      $0.speed = Self.speed
      $0.keepsOutcomes = true
    }
    _ = try await recorder(port: endpoint.server.port, to: folder).run(isStopped: { false })
    let served = try await endpoint.server.stop()
    let outcomes = zip(served.plan.workload.promptTokens, served.recording.outcomes)
      .map { (Int64($0), $1) }
    return (
      try RecordingFile.read(path: folder).rows,
      Dictionary(outcomes, uniquingKeysWith: { _, last in last })
    )
  }

  private func recorder(port: Int, to path: String) throws -> Recorder {
    let origin = try #require(Origin("http://127.0.0.1:\(port)"))
    var style = RequestStyle(
      model: "test", writer: PromptWriter(kind: .ids, vocabulary: 900, seed: 1))
    style.engine = .vLLM
    style.ignoresEnd = true
    var options = LoadOptions()
    options.concurrency = Self.requests / 2
    // All begin alike, so that later ones find something in the prefix cache.
    var workload = try LoadWorkload.lengths(
      input: 1, output: 1, count: Self.requests, rate: nil, seed: 1)
    workload.requests = (0..<Self.requests).map { number in
      let ids = (0..<Int32(6 + number)).map { $0 < 6 ? $0 : Int32(100 * number) + $0 }
      return PlannedRequest(
        number: number, prompt: .ids(ids), inputTokens: Int64(ids.count),
        maxTokens: Int64(8 + number % 3))
    }
    return Recorder(
      RecordingSetUp(
        origin: origin, server: ServerDescription(engine: .vLLM), serverName: "kavier",
        model: "test", workload: workload, style: style, options: options, timeScale: 1), path: path
    )
  }

  /// From when a request was sent, not when it was due.
  private func seconds(_ row: TraceRecord, _ field: TraceField) throws -> Double {
    let time = try #require(row[field])
    let sent = try #require(row[.sent])
    return Double(time - sent) * 1e-6
  }

  private func real(_ time: SimDuration) -> Double { time.seconds / Self.speed }
}
