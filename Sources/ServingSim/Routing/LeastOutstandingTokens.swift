/// To the replica with the fewest tokens in requests that wait and run, the lowest number among equals:
/// of their prompts, and of their answers so far. How long answers will be nobody knows.
struct LeastOutstandingTokens: Router {
  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    var best = fleet.member(0)
    var least = fleet.outstandingTokens(on: best)
    for place in 1..<fleet.count {
      let replica = fleet.member(place)
      let tokens = fleet.outstandingTokens(on: replica)
      if tokens < least { (best, least) = (replica, tokens) }
    }
    return best
  }
}
