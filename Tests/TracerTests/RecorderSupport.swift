import NIOCore
import Synchronization
import TraceArchive

@testable import Tracer

/// Records requests of fixed lengths.
func record(
  _ url: String, requests: Int = 1, input: Int = 5, output: Int = 3, to path: String,
  concurrency: Int? = 1, rate: Double? = nil, engine: ServerEngine = .vLLM,
  _ change: (inout Recorder) -> Void = { _ in },
  isStopped: @escaping @Sendable () -> Bool = { false }
) async throws -> Recorder.Outcome {
  let workload = try LoadWorkload.lengths(
    input: input, output: output, count: requests, rate: rate, seed: 1)
  guard let origin = Origin(url) else { throw NoAddress() }
  let writer = PromptWriter(kind: .ids, vocabulary: 900, seed: 1)
  var style = RequestStyle(model: "m", writer: writer)
  style.engine = engine
  style.ignoresEnd = true
  var options = LoadOptions()
  options.concurrency = concurrency
  let set = RecordingSetUp(
    origin: origin, server: ServerDescription(engine: engine), serverName: "s", model: "m",
    workload: workload, style: style, options: options, timeScale: 1)
  var recorder = Recorder(set, path: path)
  change(&recorder)
  return try await recorder.run(isStopped: isStopped)
}

struct NoAddress: Error {}

/// The rows of a recording.
func rows(_ path: String) throws -> [TraceRecord] { try RecordingFile.read(path: path).rows }
