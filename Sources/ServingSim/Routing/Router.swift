package import SimKernel

/// Chooses the replica of each request as it arrives.
package protocol Router {
  /// The number of a replica in `fleet`.
  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int
}

/// What a policy may know of a request: not how long its answer will be.
package struct RequestView: Sendable {
  package var number: Int
  package var arrival: SimTime
  package var promptTokens: Int
  /// The conversation it belongs to; nil: none.
  package var session: Int?
  package var priority: Int
}

/// What a policy may know of a replica.
package struct ReplicaView: Sendable {
  package var waiting: Int32 = 0
  package var running: Int32 = 0

  /// Requests sent there that have not ended.
  package var outstanding: Int32 { waiting + running }
}

/// The replicas as they are at this instant. Routers of real fleets see them some time later.
package struct FleetView {
  let views: UnsafePointer<ReplicaView>
  let replicas: UnsafeMutablePointer<Replica>
  let request: RequestView
  /// The instant the figures are of.
  package let asOf: SimTime
  package let count: Int

  package subscript(replica: Int) -> ReplicaView { views[replica] }

  /// Tokens at the beginning of the request's prompt that a replica's KV memory holds now.
  package func cachedTokens(on replica: Int) -> Int {
    replicas[replica].residentTokens(
      ofRequest: request.number, promptTokens: request.promptTokens, at: asOf.picoseconds)
  }

  /// The replica with the fewest outstanding requests, the lowest number among equals.
  package var leastOutstanding: Int {
    var best = 0
    var fewest = views[0].outstanding
    for replica in 1..<max(count, 1) where views[replica].outstanding < fewest {
      best = replica
      fewest = views[replica].outstanding
    }
    return best
  }
}
