/// To the replica whose KV memory holds most of the prompt's beginning, the least loaded among
/// equals, unless it is overloaded: more than `imbalance` requests above the least loaded one and
/// more than half as many again. Then, or when nobody holds anything, to the least loaded.
struct PrefixAffinity: Router {
  /// Requests above the least loaded replica that affinity is worth.
  static let imbalance = 8
  private var holders: [Int32] = []

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    let idlest = fleet.leastOutstanding
    let best = mostCached(in: fleet) ?? idlest
    let least = fleet[idlest].outstanding
    let load = fleet[best].outstanding
    let isOverloaded = load > least + Self.imbalance && load > least + least / 2
    return isOverloaded ? idlest : best
  }

  /// Who holds most of the prompt, of equals the least loaded, of these the lowest number; nil: nobody
  /// holds any.
  ///
  /// Whoever holds more than a chain's beginning holds something of the chain. So the first chain, from
  /// the prompt's last one up, of which anybody has something usable tells: the others have less.
  private mutating func mostCached(in fleet: FleetView) -> Int? {
    let idlest = fleet.leastOutstanding
    let onIdlest = fleet.cachedTokens(on: idlest)
    var end = fleet.promptTokens - 1
    var chain = fleet.chain
    while let here = chain {
      let start = fleet.start(ofChain: here)
      if start < end {
        // Nobody has more than all full blocks, and nobody is less loaded.
        if onIdlest > start, onIdlest == fleet.fullBlocks(of: end) { return idlest }
        if let best = mostCached(ofChain: here, above: start, in: fleet) { return best }
        end = start
      }
      chain = fleet.parent(ofChain: here)
    }
    return nil
  }

  private mutating func mostCached(ofChain chain: Int, above start: Int, in fleet: FleetView) -> Int? {
    fleet.list(holdersOf: chain, into: &holders)
    var best: (cached: Int, load: Int, replica: Int)?
    for holder in holders where fleet.isMember(Int(holder)) {
      let replica = Int(holder)
      let found = (fleet.cachedTokens(on: replica), fleet[replica].outstanding, replica)
      guard found.0 > start else { continue }
      if let known = best, (-known.cached, known.load, known.replica) < (-found.0, found.1, replica) {
        continue
      }
      best = found
    }
    return best?.replica
  }
}
