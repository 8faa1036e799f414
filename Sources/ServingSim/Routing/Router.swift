package import SimKernel

/// Chooses the replica of each request as it arrives.
package protocol Router {
  /// The number of a member of `fleet`.
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

/// The fleet as it is at this instant. Routers of real fleets see it some time later.
package struct FleetView {
  let replicas: UnsafeMutablePointer<Replica>
  let standings: UnsafeMutablePointer<ReplicaStanding>
  let members: UnsafeBufferPointer<Int32>
  /// Of the request that is asked about.
  let number: Int
  let promptTokens: Int
  /// The instant the figures are of.
  package let asOf: SimTime
  /// The member with the fewest outstanding requests, the lowest number among equals.
  package let leastOutstanding: Int

  /// Replicas that requests can be sent to.
  package var count: Int { members.count }

  /// The number of a member, by its place among them; they ascend.
  package func member(_ place: Int) -> Int { Int(members[place]) }

  /// Whether requests can be sent to the replica of that number, which was a member once.
  package func isMember(_ replica: Int) -> Bool { standings[replica].life.isMember }

  package subscript(replica: Int) -> ReplicaView {
    ReplicaView(
      waiting: replicas[replica].queue.count, running: replicas[replica].batch.running.count,
      maxNumSeqs: replicas[replica].settings.maxNumSeqs, isOff: standings[replica].life == .off)
  }

  /// Tokens at the beginning of the request's prompt that a replica's KV memory holds now.
  package func cachedTokens(on replica: Int) -> Int {
    replicas[replica].residentTokens(
      ofRequest: number, promptTokens: promptTokens, at: asOf.picoseconds)
  }
}
