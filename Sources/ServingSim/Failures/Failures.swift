import SimKernel

/// What is to go wrong in a fleet, and with whom.
///
/// Invariant: `places` has an entry for each replica of the fleet, where anything can go wrong at all.
struct Failures {
  private let rules: [FailureRule]
  private let seed: UInt64
  private(set) var sources: [FailureSource] = []
  private var places: [Place] = []
  /// Engines of each group so far.
  private var counts: [String: Int] = [:]

  /// Where an engine stands: the place of its replica in the group.
  private struct Place {
    var group: String
    var replica: Int
    var zone: String?
  }

  init(_ rules: [FailureRule], seed: UInt64) {
    self.rules = rules
    self.seed = seed
  }

  /// What strikes all targets of a rule together.
  mutating func start(_ agenda: inout Agenda) {
    for (index, rule) in rules.enumerated() where rule.isShared {
      add(FailureSource(rule, index: index, replica: nil, seed: seed), from: 0, &agenda)
    }
  }

  /// Engine `i`, the last of the fleet, joins: from now on it can fail.
  mutating func join(_ i: Int, _ plan: ReplicaPlan, at now: Instant, _ agenda: inout Agenda) {
    guard !rules.isEmpty else { return }
    let engine = counts[plan.group, default: 0]
    counts[plan.group] = engine + 1
    let place = Place(
      group: plan.group, replica: engine / plan.dataParallelSize, zone: plan.zone)
    places.append(place)
    // The ranks of a data parallel replica fail together.
    guard engine.isMultiple(of: plan.dataParallelSize) else { return }
    for (index, rule) in rules.enumerated() where !rule.isShared && isHit(place, by: rule) {
      add(FailureSource(rule, index: index, replica: Int32(i), seed: seed), from: now, &agenda)
    }
  }

  private mutating func add(
    _ source: FailureSource, from start: Instant, _ agenda: inout Agenda
  ) {
    sources.append(source)
    agenda.add(.failure, sources.count - 1, at: sources[sources.count - 1].first(from: start))
  }

  /// See `FailureSource.strike`.
  mutating func strike(_ source: Int, at now: Instant) -> (next: Instant, repair: Instant) {
    sources[source].strike(at: now)
  }

  /// The engines that a source's failure hits, ascending.
  func targets(of source: Int) -> [Int] {
    guard let first = sources[source].replica.map(Int.init) else {
      return places.indices.filter { isHit(places[$0], by: sources[source].rule) }
    }
    var end = first
    while end < places.count, places[end].group == places[first].group,
      places[end].replica == places[first].replica
    { end += 1 }
    return Array(first..<end)
  }

  private func isHit(_ place: Place, by rule: FailureRule) -> Bool {
    switch rule.target {
    case .all: true
    case .group(let group): place.group == group
    case .replica(let group, let number): place.group == group && place.replica == number
    case .zone(let zone): place.zone == zone
    }
  }
}
