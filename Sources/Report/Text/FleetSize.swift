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

  init(_ numbers: [EngineNumber], _ recording: Recording) {
    replicas = (numbers.last?.replica ?? -1) + 1
    engines = numbers.count
    changes = FleetChanges(numbers, recording)
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
    let stays = Self.stays(numbers, recording)
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
      let first = min(replica.joined.picoseconds, end)
      let stay = first..<max(first, min(replica.gone.picoseconds, end))
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
  package var text: String {
    "\(Figures.count(least)) to \(Figures.count(most)) replicas, "
      + "\(Figures.significant(mean, digits: 3)) on average; "
      + "\(Figures.count(joined)) joined, \(Figures.count(gone)) went"
  }
}
