package import SimKernel

/// Decides how many replicas a pool has. It looks at the pool when the run starts and then whenever
/// it said it would.
package protocol Scaler: Sendable {
  mutating func look(at pool: PoolView) -> ScalingDecision
}

/// What a scaler sees of its pool: replicas of one kind. Counts of replicas leave out those that are
/// draining or gone.
package struct PoolView: Sendable {
  package var asOf: SimTime
  /// Replicas that requests can be sent to.
  package var ready: Int
  /// Replicas that are not up yet.
  package var starting: Int
  /// Requests of these replicas that wait, and that run.
  package var waiting: Int
  package var running: Int
  /// Requests that wait because the fleet has no replica to send them to, or are on their way to the
  /// pool.
  package var unsent: Int
  /// The most requests that one replica runs at once.
  package var maxNumSeqs: Int
  /// The share of the KV blocks of these replicas that requests have in use.
  package var kvUse: Double
  /// Since the scaler last looked.
  package var traffic = PoolTraffic()

  package init(
    asOf: SimTime, ready: Int, starting: Int, waiting: Int, running: Int, unsent: Int,
    maxNumSeqs: Int, kvUse: Double = 0
  ) {
    self.asOf = asOf
    self.ready = ready
    self.starting = starting
    self.waiting = waiting
    self.running = running
    self.unsent = unsent
    self.maxNumSeqs = maxNumSeqs
    self.kvUse = kvUse
  }
}

package struct ScalingDecision: Hashable, Sendable {
  /// How many replicas the pool is to have, within the bounds of its plan. Missing ones are started;
  /// those too many drain, the youngest first.
  package var replicas: Int
  /// When the scaler looks again, later than now; `.never`: it does not. It does so earlier while the
  /// pool is short of nodes.
  package var next: SimTime

  package init(replicas: Int, next: SimTime) {
    self.replicas = replicas
    self.next = next
  }
}

/// A pool that grows and shrinks.
package struct ScalingPlan: Sendable {
  /// The group that the pool begins with, and what a further replica of it is.
  package var group: String
  package var replica: ReplicaPlan
  /// The least and the most replicas, those that are starting included.
  package var bounds: ClosedRange<Int>
  /// From the decision to start a replica to when it is up, on a node that is there.
  package var startUp: SimDuration
  package var scaler: any Scaler

  package init(
    group: String, replica: ReplicaPlan, bounds: ClosedRange<Int>, startUp: SimDuration,
    scaler: any Scaler
  ) {
    precondition(bounds.lowerBound >= 0, "a pool of fewer than no replicas")
    self.group = group
    self.replica = replica
    self.bounds = bounds
    self.startUp = startUp
    self.scaler = scaler
  }
}
