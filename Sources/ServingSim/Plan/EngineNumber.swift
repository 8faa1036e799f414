/// Which engine of a fleet one is. A replica with data parallelism runs one engine for each of its
/// ranks, as vLLM does (`EngineCoreProc` in vllm/v1/engine/core.py, version 0.11), and these schedule
/// for themselves: what is recorded is an engine's, while a user counts replicas.
package struct EngineNumber: Hashable, Sendable {
  /// From 0 in the order of the fleet.
  package var replica: Int
  /// vLLM's data parallel rank, from 0; nil: the replica is one engine.
  package var rank: Int?

  package init(replica: Int, rank: Int? = nil) {
    self.replica = replica
    self.rank = rank
  }

  /// `0`, or `0 dp3`.
  package var text: String { rank.map { "\(replica) dp\($0)" } ?? "\(replica)" }

  /// Those of a fleet whose engines belong to replicas of so many ranks each.
  package static func all(ranks: [Int]) -> [EngineNumber] {
    var numbers: [EngineNumber] = []
    numbers.reserveCapacity(ranks.count)
    for size in ranks {
      if let last = numbers.last, let rank = last.rank, rank + 1 < ranks[numbers.count - 1] {
        numbers.append(EngineNumber(replica: last.replica, rank: rank + 1))
      } else {
        let next = (numbers.last?.replica ?? -1) + 1
        numbers.append(EngineNumber(replica: next, rank: size > 1 ? 0 : nil))
      }
    }
    return numbers
  }
}

extension FinishedRun {
  /// One an engine.
  package var engineNumbers: [EngineNumber] {
    EngineNumber.all(ranks: replicas.map(\.dataParallelSize))
  }
}

extension Plan {
  /// One an engine, those included that joined as the recording says.
  package func engineNumbers(_ recording: Recording) -> [EngineNumber] {
    EngineNumber.all(ranks: (replicas + recording.joined).map(\.dataParallelSize))
  }
}
