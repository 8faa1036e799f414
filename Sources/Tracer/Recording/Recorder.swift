package import NIOCore
import NIOPosix
package import NIOSSL
import TraceArchive

/// Sends a workload to a server, watches server and devices meanwhile, and writes the recording.
package struct Recorder: Sendable {
  package var set: RecordingSetUp
  /// The directory to write.
  package var path: String
  package var security: NIOSSLContext?
  /// Between values of server and devices.
  package var sampleInterval = TimeAmount.seconds(1)
  /// Tells of devices; nil: nobody is asked.
  package var deviceCommand: String?
  /// A page of Prometheus' text format that tells of devices, such as the DCGM exporter's.
  package var deviceOrigin: (origin: Origin, path: String)?
  /// How often what was measured until then is added to the directory.
  package var checkpoint = TimeAmount.seconds(1)
  /// Requests of the workload that a recording has already.
  package var before = RecordingFile()

  package init(_ set: RecordingSetUp, path: String) {
    self.set = set
    self.path = path
  }

  /// What the server at `origin` tells of itself, and what keeps it from being asked for `models`.
  package static func describe(
    _ check: ServerCheck, engine: ServerEngine?, models: [String]
  ) async -> (server: ServerDescription, problem: String?) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let fetcher = Fetcher(
      loop: loop, origin: check.origin, security: check.security, headers: check.headers)
    let server = await ServerDescription.ask(fetcher, engine: engine)
    fetcher.close()
    var problem = server.absence.map { "\(check.origin) does not answer: \($0.reason)" }
    if problem == nil { problem = await check.problem(of: server, models: models, on: loop) }
    try? await group.shutdownGracefully()
    return (server, problem)
  }

  package struct Outcome: Sendable {
    package var records: [RequestRecord]
    package var progress: LoadProgress
    package var wasStopped: Bool
    package var samples: Int
    /// Values of server and devices beyond what is kept.
    package var samplesLeftOut = 0
    /// Prompt tokens that the server looked for in its cache and found there meanwhile, by its
    /// metrics; nil: it has none.
    package var cacheLookups: (found: Int, asked: Int)?
    /// More parts of answers came than a recording keeps, so no more was sent.
    package var isFull = false
    package var cpuSeconds: Double
    /// From the load's start to the last end, in seconds.
    package var seconds: Double

    /// The share of requests, without those that the user stopped, that did not get their answer.
    package var failedShare: Double {
      let judged = records.filter { !$0.isCancelled }
      return judged.isEmpty ? 0 : Double(judged.count { !$0.isOK }) / Double(judged.count)
    }

    package var hasAnswer: Bool { records.contains(where: \.isOK) }
  }

  /// Runs the load to its end, or until `isStopped`.
  package func run(
    isStopped: @escaping @Sendable () -> Bool,
    report: @escaping @Sendable (LoadProgress) -> Void = { _ in }
  ) async throws -> Outcome {
    // One loop decides and watches; the others send and receive, undisturbed.
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1 + set.options.threads)
    do {
      let outcome = try await run(
        on: Array(group.makeIterator()), isStopped: isStopped, report: report)
      try await group.shutdownGracefully()
      return outcome
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private func run(
    on loops: [any EventLoop], isStopped: @escaping @Sendable () -> Bool,
    report: @escaping @Sendable (LoadProgress) -> Void
  ) async throws -> Outcome {
    var set = self.set
    let finished = finishedNumbers
    set.workload.startRemaining(without: finished)
    let cpu = RunClock.cpuSeconds
    let clock = RunClock(startingIn: .milliseconds(250))
    let writer = RecordingWriter(
      set, path: path, before: before, offset: before.rows.isEmpty ? 0 : before.end + 1_000_000_000,
      clock: clock)
    let series = SeriesRecorder(loop: loops[0], clock: clock)
    let fetchers = watch(series, loops[0])
    let generator = LoadGenerator(
      set.workload.requests, to: set.origin, security: security, style: set.style,
      options: set.options, clock: clock, loops: loops, finished: finished)
    let growing = Task {
      let recording = GrowingRecording(writer)
      while true {
        try await Task.sleep(nanoseconds: UInt64(checkpoint.nanoseconds))
        // What fails here fails at the end, too, and is told then.
        try? recording.append(
          try await generator.collected(from: recording.rows),
          try await series.collected(from: recording.samples))
      }
    }
    try await generator.run(isStopped: isStopped, report: report)
    await series.stop()
    for fetcher in fetchers { fetcher.close() }
    growing.cancel()
    _ = await growing.result
    let records = try await generator.collected()
    let progress = try await generator.currentProgress()
    let samples = try await series.collected()
    try writer.write(records, samples, progress, cpuSeconds: RunClock.cpuSeconds - cpu)
    return Outcome(
      records: records, progress: progress, wasStopped: isStopped(), samples: samples.count,
      samplesLeftOut: try await series.leftOut(), cacheLookups: Self.cacheLookups(samples),
      isFull: try await generator.wasFull(),
      cpuSeconds: RunClock.cpuSeconds - cpu,
      seconds: Double(records.map(\.end).max() ?? 0) / 1e9)
  }

  /// By the growth of vLLM's counters, all engines together.
  static func cacheLookups(_ samples: [TraceSample]) -> (found: Int, asked: Int)? {
    func growth(_ name: String) -> Int? {
      var ends: [String: (first: Double, last: Double)] = [:]
      for sample in samples where sample.name == name || sample.name == name + "_total" {
        ends[sample.labels, default: (sample.value, sample.value)].last = sample.value
      }
      guard !ends.isEmpty else { return nil }
      return Int(exactly: ends.values.reduce(0) { $0 + $1.last - $1.first }.rounded())
    }
    guard let found = growth("vllm:prefix_cache_hits"),
      let asked = growth("vllm:prefix_cache_queries")
    else { return nil }
    return (found, asked)
  }

  /// Places in the workload of what was recorded before.
  private var finishedNumbers: Set<Int> {
    let ids = Set(before.rows.map(\.id))
    return Set(set.workload.requests.filter { ids.contains($0.record.id) }.map(\.number))
  }

  private func watch(_ series: SeriesRecorder, _ loop: any EventLoop) -> [Fetcher] {
    var fetchers: [Fetcher] = []
    let engine = set.server.engine
    if engine.metricPrefix != nil {
      let fetcher = Fetcher(
        loop: loop, origin: set.origin, security: security, headers: set.style.headers)
      series.scrape(fetcher, source: "server", every: sampleInterval) {
        SeriesRecorder.isWanted($0, of: engine)
      }
      fetchers.append(fetcher)
    }
    if let deviceOrigin {
      let fetcher = Fetcher(
        loop: loop, origin: deviceOrigin.origin,
        security: deviceOrigin.origin.isSecure ? security : nil)
      series.scrape(
        fetcher, path: deviceOrigin.path, source: "device", every: sampleInterval
      ) { $0.hasPrefix("DCGM_") || $0.hasPrefix("amd_") || $0.hasPrefix("gpu_") }
      fetchers.append(fetcher)
    }
    if let deviceCommand {
      DeviceCommand(deviceCommand, loop: loop, recorder: series).start(every: sampleInterval)
    }
    return fetchers
  }
}

extension LoadWorkload {
  /// What is left of an open loop starts at once.
  fileprivate mutating func startRemaining(without finished: Set<Int>) {
    guard !finished.isEmpty else { return }
    let rest = requests.filter { !finished.contains($0.number) }
    guard let first = rest.compactMap(\.arrival).min() else { return }
    for request in rest {
      if let arrival = request.arrival { requests[request.number].arrival = arrival - first }
    }
  }
}
