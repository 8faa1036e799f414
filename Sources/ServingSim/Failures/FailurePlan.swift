package import SimKernel

/// What goes wrong with a replica, and for how long.
package struct Failure: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Its requests are lost, and so is what its KV memory held.
    case crash
    /// It gets no more requests; those it still has after `notice` are lost, as a spot machine's are.
    case reclaim(notice: SimDuration)
    /// Its steps take `factor` times as long.
    case slow(factor: Double)
    /// Nobody reaches it: what it has is lost to the clients, and so is what is sent there until it is
    /// known, after `detection`.
    case partition(detection: SimDuration)
  }

  /// How long it takes until the replica is as before.
  package enum Repair: Hashable, Sendable {
    case after(SimDuration)
    /// Exponentially distributed.
    case mean(SimDuration)
    case never
  }

  package var kind: Kind
  package var repair: Repair

  package init(_ kind: Kind, repair: Repair) {
    self.kind = kind
    self.repair = repair
  }
}

/// Failures of some replicas.
package struct FailureRule: Hashable, Sendable {
  package enum Time: Hashable, Sendable {
    /// Once.
    case at(SimTime)
    /// Again and again: after exponentially distributed times of so many seconds on average, each from
    /// the end of the repair before.
    case every(seconds: Double)
  }

  /// Whom it hits; replicas that join a group while the run goes on are among them.
  package enum Target: Hashable, Sendable {
    case all
    case group(String)
    /// The replica of a group by its place in it; of a data parallel one, all ranks.
    case replica(group: String, place: Int)
    /// All replicas of a zone at once.
    case zone(String)
  }

  package var time: Time
  package var target: Target
  package var failure: Failure

  package init(_ time: Time, _ target: Target, _ failure: Failure) {
    self.time = time
    self.target = target
    self.failure = failure
  }

  /// Whether its targets fail together and not each by itself.
  var isShared: Bool {
    if case .at = time { return true }
    if case .zone = target { return true }
    return false
  }
}
