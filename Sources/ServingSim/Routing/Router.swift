package import SimKernel

/// Chooses the replica of each request as it arrives.
package protocol Router {
  /// The number of a replica in `fleet`.
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

/// The replicas as they are at this instant. Routers of real fleets see them some time later.
package struct FleetView {
  let replicas: UnsafeMutablePointer<Replica>
  /// Of the request that is sent.
  let number: Int
  let promptTokens: Int
  /// The instant the figures are of.
  package let asOf: SimTime
  package let count: Int
  /// The replica with the fewest outstanding requests, the lowest number among equals.
  package let leastOutstanding: Int

  package subscript(replica: Int) -> ReplicaView {
    ReplicaView(
      waiting: replicas[replica].queued, running: replicas[replica].running.count,
      maxNumSeqs: replicas[replica].maxNumSeqs,
      isOff: replicas[replica].isOff(at: asOf.picoseconds))
  }

  /// Tokens at the beginning of the request's prompt that a replica's KV memory holds now.
  package func cachedTokens(on replica: Int) -> Int {
    replicas[replica].residentTokens(
      ofRequest: number, promptTokens: promptTokens, at: asOf.picoseconds)
  }
}
