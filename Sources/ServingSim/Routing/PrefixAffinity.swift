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
        if let best = mostCached(ofChain: here, start..<end, in: fleet) { return best }
        end = start
      }
      chain = fleet.parent(ofChain: here)
    }
    return nil
  }

  /// The same among those who hold something of `chain`, and all of the text before it; `stretch`: the
  /// tokens of the prompt that lie on it.
  private mutating func mostCached(
    ofChain chain: Int, _ stretch: Range<Int>, in fleet: FleetView
  ) -> Int? {
    fleet.list(holdersOf: chain, into: &holders)
    holders.removeAll { !fleet.isMember(Int($0)) }
    let loads = holders.lazy.map { (fleet[Int($0)].outstanding, Int($0)) }
    guard let lightest = loads.min(by: { $0 < $1 })?.1 else { return nil }
    // Mostly the least loaded of them has all that anybody can have.
    let cached = fleet.cachedTokens(on: lightest)
    if cached > stretch.lowerBound, cached == fleet.fullBlocks(of: stretch.upperBound) {
      return lightest
    }
    let found = loads.map { (-fleet.cachedTokens(on: $0.1), $0.0, $0.1) }
    guard let best = found.min(by: { $0 < $1 }), -best.0 > stretch.lowerBound else { return nil }
    return best.2
  }
}
