package import ServingSim
package import SimKernel

/// A fleet's replicas change while it runs: before anybody arrives at that instant.
package struct ReplicaChange: Sendable {
  package enum Kind: Sendable {
    /// Another one, which is up after `startUp`.
    case add(ReplicaPlan, startUp: SimDuration)
    /// The replica of that number gets no more requests.
    case drain(Int)
    /// It is taken away.
    case remove(Int)
  }

  package var time: SimTime
  package var kind: Kind

  package init(time: SimTime, kind: Kind) {
    self.time = time
    self.kind = kind
  }
}

/// A few changes of the fleet of `plan` within `length`, the last of them a replica that serves who
/// is left.
package func randomChanges(of plan: Plan, within length: SimDuration, seed: UInt64)
  -> [ReplicaChange]
{
  var random = RandomStream(seed: seed, .tests, index: 5)
  var count = plan.replicas.count
  var times = (0..<random.between(1, 5)).map { _ in
    Instant(random.uniform() * 1.1 * Double(length.picoseconds))
  }
  times.sort()
  var changes = times.map { time in
    let kind: ReplicaChange.Kind
    switch random.integer(below: 4) {
    case 0, 1:
      kind = .add(
        random.pick(plan.replicas),
        startUp: SimDuration(picoseconds: random.pick([0, 1, length.picoseconds / 9])))
      count += 1
    case 2: kind = .drain(random.integer(below: count))
    default: kind = .remove(random.integer(below: count))
    }
    return ReplicaChange(time: SimTime(picoseconds: time), kind: kind)
  }
  let end = max(.start + length, changes.last?.time ?? .start)
  changes.append(ReplicaChange(time: end, kind: .add(plan.replicas[0], startUp: .zero)))
  return changes
}
