import ServingSim
import SimKernel

/// How large a fleet is: replicas as a scenario counts them, and the engines that they consist of.
package struct FleetSize: Hashable, Sendable {
  /// All that there were.
  package var replicas: Int
  /// More than replicas where some of them are data parallel.
  package var engines: Int
  /// nil: all replicas were there throughout.
  package var changes: FleetChanges?
  /// nil: the plan tells of no nodes.
  package var nodes: NodeUse?

  init(_ numbers: [EngineNumber], _ recording: Recording, nodes: [NodeStay] = []) {
    replicas = (numbers.last?.replica ?? -1) + 1
    engines = numbers.count
    changes = FleetChanges(numbers, recording)
    self.nodes = NodeUse(nodes, end: recording.end.picoseconds)
  }

  package var isDataParallel: Bool { engines > replicas }

  /// `9 replicas`, `1 replica of 8 ranks`, `3 replicas with 17 engines`.
  package var text: String {
    let counted = Figures.count(replicas) + (replicas == 1 ? " replica" : " replicas")
    guard isDataParallel else { return counted }
    guard engines % replicas == 0 else {
      return "\(counted) with \(Figures.count(engines)) engines"
    }
    return "\(counted) of \(Figures.count(engines / replicas)) ranks"
  }
}

/// How many replicas a fleet had over time, those included that were starting or draining.
package struct FleetChanges: Hashable, Sendable {
  package var least: Int
  package var mean: Double
  package var most: Int
  /// How often a replica joined or was gone while the run went on.
  package var joined: Int
  package var gone: Int

  /// nil: all replicas were there throughout.
  init?(_ numbers: [EngineNumber], _ recording: Recording) {
    let end = recording.end.picoseconds
    guard recording.isFleetChanging, end > 0 else { return nil }
    self.init(Self.stays(numbers, recording), end: end)
  }

  /// Of those that were there at these times of a run that ended at `end`, above 0.
  init(_ stays: [Range<Instant>], end: Instant) {
    joined = stays.count { $0.lowerBound > 0 }
    gone = stays.count { $0.upperBound < end }
    mean = stays.reduce(0) { $0 + Double($1.upperBound - $1.lowerBound) } / Double(end)
    var steps: [Instant: Int] = [0: 0]
    for stay in stays where !stay.isEmpty {
      steps[stay.lowerBound, default: 0] += 1
      steps[stay.upperBound, default: 0] -= 1
    }
    var sizes: [Int] = []
    for time in steps.keys.sorted() where time < end {
      sizes.append((sizes.last ?? 0) + (steps[time] ?? 0))
    }
    least = sizes.min() ?? 0
    most = sizes.max() ?? 0
  }

  /// From when until when each replica was there, in picoseconds: as long as any of its ranks.
  private static func stays(_ numbers: [EngineNumber], _ recording: Recording) -> [Range<Instant>] {
    let end = recording.end.picoseconds
    var stays: [Range<Instant>] = []
    for (number, replica) in zip(numbers, recording.replicas) {
      let stay = replica.stay(until: end)
      if number.replica < stays.count {
        let known = stays[number.replica]
        stays[number.replica] =
          min(known.lowerBound, stay.lowerBound)..<max(known.upperBound, stay.upperBound)
      } else {
        stays.append(stay)
      }
    }
    return stays
  }

  /// `1 to 5 replicas, 2.31 on average; 6 joined, 4 went`.
  package var text: String { text(of: "replicas") }

  func text(of what: String) -> String {
    "\(Figures.count(least)) to \(Figures.count(most)) \(what), "
      + "\(Figures.significant(mean, digits: 3)) on average; "
      + "\(Figures.count(joined)) joined, \(Figures.count(gone)) went"
  }
}

/// The nodes of a run, and for how long they are paid for.
package struct NodeUse: Hashable, Sendable {
  package var changes: FleetChanges
  /// Of all nodes together, to the end of the run.
  package var rentedSeconds: Double

  /// nil: there are none.
  init?(_ nodes: [NodeStay], end: Instant) {
    guard !nodes.isEmpty, end > 0 else { return nil }
    changes = FleetChanges(nodes.map { $0.joined..<$0.gone }, end: end)
    rentedSeconds = nodes.reduce(0) { $0 + Double($1.paidUntil - $1.joined) * 1e-12 }
  }

  /// `1 to 3 nodes, 1.9 on average; 2 joined, 2 went; rented for 2.1 h`.
  package var text: String {
    "\(changes.text(of: "nodes")); rented for \(TimeUnit.text(rentedSeconds))"
  }
}
