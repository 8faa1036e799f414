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
    workload.content =
      requests.contains { $0.blockIDs != nil }
      ? try blockContent(of: requests, blockSize: server.blockSize) : groupContent(of: requests)
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

  /// Chains from the ids of blocks.
  private func blockContent(
    of requests: [EngineRequest], blockSize: Int
  ) throws(TraceProblems) -> ContentTable {
    var blocks = PrefixBlocks(blockSize: blockSize, hasPartialBlocks: false)
    for request in requests {
      blocks.ids += request.blockIDs ?? []
      blocks.endRow()
    }
    var chains = BlockChains(blocks, sessions: nil)
    return try chains.table(
      rows: requests.indices.map { Int32($0) },
      tokens: requests.map { $0.promptTokens + max(1, $0.completionTokens) },
      answersExtendChain: true, file: "requests of run \(name)")
  }

  /// A chain a group, and on it one for each of its requests; nil when no request is in a group.
  private func groupContent(of requests: [EngineRequest]) -> ContentTable? {
    let groups = Set(requests.compactMap(\.group)).sorted()
    guard !groups.isEmpty else { return nil }
    let chains = Dictionary(groups.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    var table = ContentTable(
      chainOfRequest: [], answersExtendChain: false,
      parents: groups.map { _ in -1 }, offsets: groups.map { _ in 0 })
    for request in requests {
      guard let group = request.group, let parent = chains[group] else {
        table.chainOfRequest.append(-1)
        continue
      }
      table.chainOfRequest.append(Int32(table.parents.count))
      table.parents.append(parent)
      table.offsets.append(min(request.sharedTokens, request.promptTokens))
    }
    return table
  }
}
