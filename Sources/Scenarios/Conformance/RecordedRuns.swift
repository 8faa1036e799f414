package import ServingSim
import SimKernel
package import TraceArchive
package import TextAndBytes

extension EngineRun {
  /// The run in the simulator's terms, on an engine with the settings of `server`.
  package func recorded(on server: RecordedServer) throws(FileProblems) -> RecordedRun {
    let requests = requests.sorted { ($0.arrival, $0.number) < ($1.arrival, $1.number) }
    try checkLengths(on: server)
    let clock = try clock()
    func time(_ nanoseconds: Int64) -> SimTime {
      SimTime(picoseconds: Instant(nanoseconds - clock) * 1000)
    }
    var workload = Workload(
      arrivals: requests.map { time($0.arrival) }, promptTokens: requests.map(\.promptTokens),
      // A request that was cut off before its first token is taken to have wanted one.
      outputTokens: requests.map { max(1, $0.completionTokens) },
      priorities: requests.map(\.priority), description: "recorded run \(name)")
    workload.content = try requests.content(blockSize: server.blockSize, run: name)
    let steps = steps.map { step in
      RecordedStep(
        start: time(step.start),
        batch: stride(from: 0, to: step.sequences.count, by: 3).map {
          ScheduledSequence(
            request: Int(step.sequences[$0]), tokens: Int(step.sequences[$0 + 1]),
            computed: Int(step.sequences[$0 + 2]))
        }, preempted: step.preempted.map { Int($0) }.sorted())
    }
    return RecordedRun(
      name: name, workload: workload, numbers: requests.map(\.number), steps: steps,
      replica: server.replica)
  }

  /// An engine with these settings never runs what it has no room for.
  private func checkLengths(on server: RecordedServer) throws(FileProblems) {
    let room = server.replica.maxModelLength
    let long = requests.filter {
      Int($0.promptTokens) + Int(max(1, $0.completionTokens)) - 1 > room
    }
    guard let first = long.first else { return }
    throw FileProblems(
      FileProblem(
        file: "run \(name)",
        message: """
          \(long.count) requests, the first of number \(first.number), have more than the \(room) \
          tokens that max_model_len, num_gpu_blocks and block_size of server \(server.name) allow
          """))
  }

  /// What to count times from: the clock's own start while its picoseconds fit, as differences are
  /// told by it, else the run's first event. Servers count from their machine's start or from 1970.
  private func clock() throws(FileProblems) -> Int64 {
    let times = requests.map(\.arrival) + steps.map(\.start)
    guard let first = times.min(), let last = times.max() else { return 0 }
    let longest = SimDuration.longest.picoseconds / 1000
    guard last - first <= longest else {
      throw FileProblems(
        FileProblem(
          file: "run \(name)",
          message: """
            its events lie \(Double(last - first) / 1e9) s apart; at most \
            \(longest / 1_000_000_000) s are replayed
            """))
    }
    return first >= 0 && last <= longest ? 0 : first
  }
}
