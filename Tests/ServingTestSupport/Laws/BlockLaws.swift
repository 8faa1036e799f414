import ServingModel
import ServingSim

extension Law {
  static let blocksSuffice = Law("KV blocks in use are needed and are there") { plan, recording in
    for (i, replica) in recording.replicas.enumerated() {
      let size = plan.replicas[i].blockSize
      // The last token's entry is never written.
      let longest =
        recording.finished(on: i).map {
          Int(plan.workload.promptTokens[$0]) + Int(recording.outcomes[$0].outputTokens) - 1
        }.max() ?? 0
      let peak = replica.peakUsedBlocks
      guard peak <= replica.usableBlocks, replica.usableBlocks == plan.replicas[i].usableBlocks,
        peak >= (longest + size - 1) / size
      else { return "replica \(i): \(peak) of \(replica.usableBlocks) blocks" }
    }
    return nil
  }

  static let cacheHitsAreWholeBlocks = Law("hits are whole blocks short of the last token") {
    plan, recording in
    for (i, replica) in recording.replicas.enumerated() {
      let numbers = recording.finished(on: i)
      for number in numbers {
        let cached = Int(recording.outcomes[number].cachedTokens)
        let prompt = Int(plan.workload.promptTokens[number])
        let limit = plan.replicas[i].enablePrefixCaching ? prompt - 1 : 0
        guard cached <= limit, cached % plan.replicas[i].blockSize == 0 else {
          return "request \(number) found \(cached) tokens of \(prompt)"
        }
      }
      let lookedUp = numbers.reduce(0) { $0 + Int(plan.workload.promptTokens[$1]) }
      let cached = numbers.reduce(0) { $0 + Int(recording.outcomes[$1].cachedTokens) }
      let totals = replica.totals
      guard [replica.lookedUpTokens, totals.lookedUpTokens] == [lookedUp, lookedUp],
        [replica.cachedTokens, totals.cachedTokens] == [cached, cached]
      else { return "replica \(i): \(replica.cachedTokens) of \(replica.lookedUpTokens) found" }
    }
    return nil
  }
}
