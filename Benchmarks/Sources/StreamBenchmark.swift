import NIOCore
import SimKernel
import Tracer
import TracerTestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the client of `kavier trace record` costs: 2,000 streams at once from a server on loopback
/// that sends each a token every 50 ms.
enum StreamBenchmark {
  static let name = "streams"
  private static let streams = 2000
  private static let tokens = 100
  private static let rounds = 2

  static func line(scale: Double) async throws -> String {
    let streams = max(1, Int(Double(streams) * scale))
    OpenFiles.makeRoom(for: 2 * streams + 100)
    let server = try await StubServer(tokens: tokens, every: .milliseconds(50))
    let path = "\(P_tmpdir)/kavier-bench-\(getpid())"
    let before = try await server.cpuSeconds()
    let outcome = try await record(server.url, streams: streams, to: path)
    let served = try await server.cpuSeconds() - before
    await server.stop()
    remove(path)
    let client = outcome.cpuSeconds - served
    let parts = outcome.records.reduce(0) { $0 + $1.chunks.count }
    let cores = client / max(1e-9, outcome.seconds)
    let late = (outcome.progress.interTokenLatency.quantile(0.99) ?? 0) / 1e9
    return """
      \(name): \(streams) streams, \(outcome.records.count) requests, \
      \(outcome.progress.failed) failed, \(parts) parts of answers in \
      \(figure(outcome.seconds)) s; client \(figure(client)) CPU s (\(figure(cores)) cores, \
      \(figure(client / Double(max(1, parts)) * 1e6)) us a part); gap p99 \(figure(late)) ms
      """
  }

  private static func figure(_ value: Double) -> String { RecordingSummary.figure(value) }

  private static func record(
    _ url: String, streams: Int, to path: String
  ) async throws -> Recorder.Outcome {
    let workload = try LoadWorkload.lengths(
      input: 512, output: tokens, count: streams * rounds, rate: nil, seed: 1)
    guard let origin = Origin(url) else { preconditionFailure("a stub without an address") }
    var style = RequestStyle(
      model: "m", writer: PromptWriter(kind: .ids, vocabulary: 32_000, seed: 1))
    style.engine = .vLLM
    var options = LoadOptions()
    options.concurrency = streams
    let set = RecordingSetUp(
      origin: origin, server: ServerDescription(engine: .openAI), serverName: "stub", model: "m",
      workload: workload, style: style, options: options, timeScale: 1)
    return try await Recorder(set, path: path).run(isStopped: { false })
  }

  private static func remove(_ path: String) {
    for name in ["trace.json", "requests.csv.gz", "chunks.jsonl.gz", "series.csv.gz"] {
      unlink("\(path)/\(name)")
    }
    rmdir(path)
  }
}
