/// What a run takes of memory, in bytes, reckoned from counts before any of it is taken. It is
/// meant to be right by a factor of two: enough to refuse what no machine of that size can hold.
package enum PlanMemory {
  /// What makes requests larger.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Prompts share beginnings.
    package static let sharing = Traits(rawValue: 1)
    /// Requests are turns of conversations.
    package static let turns = Traits(rawValue: 2)
    package static let deadlines = Traits(rawValue: 4)
    /// A bill is made of them.
    package static let billing = Traits(rawValue: 8)
    /// Their clients may give up.
    package static let patience = Traits(rawValue: 16)
  }

  /// Of one request: its columns, its outcome, and what reports sort.
  package static func request(_ traits: Traits) -> Double {
    let column = 4.0
    // Arrival, two lengths, conversation and its group; two lists of latencies.
    var bytes = 8 + 4 * column + Double(MemoryLayout<Outcome>.stride) + 16
    // A chain, with its parent and what it shares with that, here and in the engine.
    if !traits.isDisjoint(with: [.sharing, .turns]) { bytes += 6 * column }
    // What waits for what, and how long.
    if traits.contains(.turns) { bytes += 4 * column + 8 }
    if traits.contains(.deadlines) { bytes += 8 }
    // A time, and the event of it.
    if traits.contains(.patience) { bytes += 8 + 2 * Double(MemoryLayout<FleetEvent>.stride) }
    // Energy, carbon and cost.
    if traits.contains(.billing) { bytes += 24 }
    return bytes
  }

  /// Of one group of prompts that begin alike.
  package static let group = 8.0 + 6 * 4

  /// Of what the replicas like `plan` share.
  package static func tables(of plan: ReplicaPlan) -> Double {
    Double(StepTables.bytes(sequences: plan.maxNumSeqs, plan.meter))
  }

  /// Of one replica like `plan` in a fleet of `fleet`, of which a bill is made by `powerModels`
  /// models; 0: none is.
  package static func replica(_ plan: ReplicaPlan, fleet: Int, powerModels: Int) -> Double {
    let windows = Double(ReplicaRecorder.windowLimit(replicas: fleet))
    // While it runs, and in the recording.
    var bytes = 2 * windows * Double(MemoryLayout<WindowTotals>.stride)
    // Three phases of all measures, and the draw by each model.
    if powerModels > 0 { bytes += windows * (3 * 128 + 96 * Double(powerModels)) }
    bytes += Double(plan.blockSize) * 4
    // The calendar of its requests, and the plan itself.
    return bytes + 8192 + 2 * Double(MemoryLayout<ReplicaPlan>.stride)
  }
}
