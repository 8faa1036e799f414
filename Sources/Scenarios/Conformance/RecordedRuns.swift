package import ServingSim
import SimKernel
package import TraceArchive

extension EngineRun {
  /// The run in the simulator's terms, on an engine with the settings of `server`.
  package func recorded(on server: RecordedServer) throws(TraceProblems) -> RecordedRun {
    let requests = requests.sorted { ($0.arrival, $0.number) < ($1.arrival, $1.number) }
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

  private func time(_ nanoseconds: Int64) -> SimTime { SimTime(picoseconds: nanoseconds * 1000) }
}
