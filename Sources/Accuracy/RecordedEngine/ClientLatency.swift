package import TraceArchive

/// What lies between clients and the engine, in seconds: medians over the requests of lone clients,
/// which never wait for another request.
package struct ClientLatency: Sendable {
  /// From sending to the scheduler, and from the engine's first token to the client's.
  package var inbound: Double?
  package var outbound: Double?
  /// From the last part of an answer to the same client's next request.
  package var think: Double?

  /// Of an answer that costs the server no work.
  package var roundTrip: Double?

  /// Both ways together; nil where nothing tells.
  package var frontend: Double? {
    inbound == nil && outbound == nil ? roundTrip : (inbound ?? 0) + (outbound ?? 0)
  }

  package init(_ runs: [ServedRun]) {
    let alone = runs.filter { $0.concurrency == 1 }
    let requests = alone.flatMap(\.requests)
    inbound = Self.median(requests) { request in
      request.engineArrival.map { $0 - request.request.arrival }
    }
    outbound = Self.median(requests) { request in
      request.engineFirstToken.map { request.firstToken - $0 }
    }
    think = alone.flatMap(Self.pauses).median
    roundTrip = runs.compactMap(\.roundTrip).map { Double($0) / 1e9 }.median
  }

  private static func median(
    _ requests: [ServedRequest], _ nanoseconds: (ServedRequest) -> Int64?
  ) -> Double? {
    requests.compactMap(nanoseconds).map { max(0, Double($0) / 1e9) }.median
  }

  private static func pauses(_ run: ServedRun) -> [Double] {
    let ordered = run.requests.sorted { $0.request.arrival < $1.request.arrival }
    return zip(ordered, ordered.dropFirst()).map { one, next in
      max(0, Double(next.request.arrival - one.lastToken) / 1e9)
    }
  }
}
