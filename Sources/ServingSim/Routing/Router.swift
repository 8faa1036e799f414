package import SimKernel

/// Chooses the replica of each request as it arrives.
package protocol Router {
  /// The number of a member of `fleet`, which has two at least.
  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int
}

/// What a policy may know of a replica.
package struct ReplicaView: Sendable {
  package var waiting: Int
  package var running: Int
  /// The most requests that it runs at once.
  package var maxNumSeqs: Int
  /// It was switched off for want of work: who is sent there waits until it is back.
  package var isOff: Bool

  /// Requests sent there that have not ended.
  package var outstanding: Int { waiting + running }
}

/// A pool as policies see it: its members; what these say of themselves, which is fresh or, to a
/// router, as old as the scenario says; and what routers count themselves, which is always fresh.
package struct FleetView {
  let replicas: UnsafeMutablePointer<Replica>
  let standings: UnsafeMutablePointer<ReplicaStanding>
  let members: UnsafeBufferPointer<Int32>
  let facts: UnsafePointer<FleetFacts>
  /// Of the request that is asked about.
  let number: Int
  let promptTokens: Int
  let now: SimTime
  /// The member with the fewest outstanding requests, the lowest number among equals.
  package internal(set) var leastOutstanding: Int

  /// Replicas that requests can be sent to.
  package var count: Int { members.count }

  /// The number of a member, by its place among them; they ascend.
  package func member(_ place: Int) -> Int { Int(members[place]) }

  /// Whether requests can be sent to the replica of that number, which was a member once.
  package func isMember(_ replica: Int) -> Bool { standings[replica].life.isMember }

  /// Changes whenever a replica becomes a member or ceases to be one.
  package var membership: Int { facts.pointee.membership }

  /// The instant that what replicas say of themselves is of.
  package var asOf: SimTime {
    facts.pointee.reports == nil ? now : SimTime(picoseconds: facts.pointee.reportTime)
  }

  package subscript(replica: Int) -> ReplicaView {
    let report = facts.pointee.reports?[replica]
    return ReplicaView(
      waiting: report?.waiting ?? waiting(at: replica),
      running: report?.running ?? replicas[replica].batch.running.count,
      maxNumSeqs: replicas[replica].settings.maxNumSeqs, isOff: standings[replica].life == .off)
  }

  @inline(__always)
  func waiting(at replica: Int) -> Int {
    replicas[replica].waitingCount &+ Int(standings[replica].expected)
  }
}
