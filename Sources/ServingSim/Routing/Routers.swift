import SimKernel

extension RouterPolicy {
  /// A router of this policy at the beginning of a run.
  func router(_ settings: RouterSettings, random: RandomStream) -> any Router {
    switch self {
    case .roundRobin: RoundRobin()
    case .weightedRoundRobin: WeightedRoundRobin()
    case .leastOutstanding: LeastOutstanding()
    case .leastOutstandingTokens: LeastOutstandingTokens()
    case .random: RandomRouter(random: random)
    case .powerOfTwo: PowerOfTwo(random: random)
    case .consistentHashing: ConsistentHashing(factor: settings.loadFactor)
    case .sessionAffinity: SessionAffinity()
    case .prefixAffinity: PrefixAffinity()
    case .cacheAware: CacheAware(settings)
    case .kvAware: KVAware(settings, random: random)
    case .scorers: Scoring(settings.scorers, settings.picker, random: random)
    case .consolidate: Consolidate()
    }
  }
}

/// One after the other.
struct RoundRobin: Router {
  private var next = 0

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    let place = next % fleet.count
    next = place + 1
    return fleet.member(place)
  }
}

/// To the replica with the fewest requests that have not ended.
struct LeastOutstanding: Router {
  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    fleet.leastOutstanding
  }
}

/// To any, each as likely.
struct RandomRouter: Router {
  var random: RandomStream

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    fleet.member(random.integer(below: fleet.count))
  }
}

/// A conversation stays where it began, which is the replica with the fewest outstanding requests
/// at that time; so do requests without a conversation.
struct SessionAffinity: Router {
  private var home: [Int: Int] = [:]

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    guard let session = request.session else { return fleet.leastOutstanding }
    if let replica = home[session], fleet.isMember(replica) { return replica }
    let replica = fleet.leastOutstanding
    home[session] = replica
    return replica
  }
}

/// To the replica whose KV memory holds most of the prompt's beginning, the least loaded among
/// equals, unless it is overloaded: more than `imbalance` requests above the least loaded one and
/// more than half as many again. Then, or when nobody holds anything, to the least loaded.
struct PrefixAffinity: Router {
  /// Requests above the least loaded replica that affinity is worth.
  static let imbalance = 8

  mutating func route(_ request: RequestView, in fleet: FleetView) -> Int {
    let idlest = fleet.leastOutstanding
    var best = idlest
    var most = 0
    for place in 0..<fleet.count {
      let replica = fleet.member(place)
      let cached = fleet.cachedTokens(on: replica)
      let lighter = fleet[replica].outstanding < fleet[best].outstanding
      if cached > most || (cached == most && cached > 0 && lighter) {
        best = replica
        most = cached
      }
    }
    let least = fleet[idlest].outstanding
    let load = fleet[best].outstanding
    let isOverloaded = load > least + Self.imbalance && load > least + least / 2
    return isOverloaded ? idlest : best
  }
}
