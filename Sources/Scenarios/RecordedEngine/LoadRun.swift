package import ServingModel
package import ServingSim
import SimKernel
package import TraceArchive
import TextAndBytes

/// A run of a recorded engine that is no micro-benchmark, and what it takes to simulate it.
package struct LoadRun: Sendable {
  package var run: ServedRun
  /// nil: it cannot be simulated.
  package var plan: Plan?
  /// Why not; else what was left out of it, or nothing.
  package var reason: String

  /// Those of the engine recorded in the directory `path`, or of the recordings in it.
  package static func all(
    path: String, calibration: LinearCalibration
  ) throws -> [LoadRun] {
    let servers = try RecordedServer.all(in: path)
    let runs = try ServedRuns.read(path: path, withSteps: false)
    return try runs.filter { !$0.isMicroBenchmark }.map { run in
      let stated = servers.first { $0.name == run.server }
      guard let server = stated ?? RecordedServer(run) else {
        return LoadRun(run: run, plan: nil, reason: RecordedServer.missing(in: run))
      }
      guard let calibrated = calibration[run.server] else {
        return LoadRun(
          run: run, plan: nil, reason: "server \(run.server) is not in the calibration")
      }
      guard !run.requests.isEmpty else {
        return LoadRun(
          run: run, plan: nil,
          reason: "no request of the run has a time of sending and its whole answer")
      }
      guard run.isWithinClock else {
        return LoadRun(
          run: run, plan: nil, reason: "its requests were sent over more than four years")
      }
      let longest = calibrated.stepTime.fullStep(
        sequences: server.maxNumSeqs, tokens: server.maxNumBatchedTokens,
        maxModelLen: server.maxModelLen, kvTokens: server.numGPUBlocks * server.blockSize)
      guard longest < LinearStepTime.Coefficients.longestStep else {
        return LoadRun(
          run: run, plan: nil,
          reason: "a full step of server \(run.server) could take \(Int(min(longest, 1e15))) s by "
            + "the calibration; steps up to "
            + "\(Int(LinearStepTime.Coefficients.longestStep)) s are simulated")
      }
      return LoadRun(
        run: run, plan: try run.plan(on: server, calibrated),
        reason: run.failed == 0 ? "" : "\(run.failed) requests without a whole answer left out")
    }
  }
}

extension ServedRun {
  /// Whether the clock holds the time from its first request to its last.
  fileprivate var isWithinClock: Bool {
    let sent = requests.map(\.request.arrival)
    guard let first = sent.min(), let last = sent.max() else { return true }
    let (span, overflows) = last.subtractingReportingOverflow(first)
    return !overflows && span < Int64(SimTime.last.picoseconds / 1000)
  }

  /// The same requests to a simulated server: when they were sent then, or by as many clients.
  func plan(
    on server: RecordedServer, _ calibrated: CalibratedServer
  ) throws(FileProblems) -> Plan {
    let sent = requests.map(\.request).sorted {
      // Clients of a closed loop take requests by number.
      (concurrency == nil ? $0.arrival : 0, $0.number)
        < (concurrency == nil ? $1.arrival : 0, $1.number)
    }
    let start = sent.map(\.arrival).min() ?? 0
    let span = (sent.map(\.arrival).max() ?? 0) - start
    guard concurrency != nil || span <= Int64(SimTime.last.picoseconds / 1000) else {
      throw FileProblems(
        FileProblem(
          file: "run \(name)",
          message: "its requests were sent over \(Double(span) / 1e9) s, more than the clock holds")
      )
    }
    var workload = Workload(
      arrivals: sent.map {
        concurrency == nil ? SimTime(picoseconds: Instant($0.arrival - start) * 1000) : .never
      },
      promptTokens: sent.map(\.promptTokens),
      outputTokens: sent.map { max(1, $0.completionTokens) },
      content: try sent.content(blockSize: server.blockSize, run: name),
      priorities: sent.map(\.priority), description: "recorded run \(name)")
    workload.closedLoop = concurrency.map {
      ClosedLoop(concurrency: $0, thinkTime: calibrated.thinkTime)
    }
    let replica = server.replica(
      stepTime: LinearStepTime(calibrated.stepTime), frontendLatency: calibrated.frontendLatency)
    return Plan(
      name: name, seed: 1, workload: workload, replicas: [replica], router: .roundRobin,
      objectives: ServiceLevelObjectives(), lines: [])
  }
}
